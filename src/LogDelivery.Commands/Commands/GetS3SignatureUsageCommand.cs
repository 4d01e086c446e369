using System.Management.Automation;
using LogDelivery.Logs.Access;
using LogDelivery.Logs.Files;

namespace LogDelivery.Commands;

/// <summary><c>Get-S3SignatureUsage</c>: who still signs requests to S3 with which signature version?</summary>
[Cmdlet(VerbsCommon.Get, "S3SignatureUsage", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(S3SignatureUsage))]
public sealed class GetS3SignatureUsageCommand : LogFindingsCommand<S3SignatureUsage, S3SignatureUsage>
{
    private readonly SignatureSummary summary = new();
    private SignatureScan? scan;

    /// <summary>The signature versions.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Version { get; set; }

    /// <summary>The earliest time.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>The time before which the requests were made.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <summary>The buckets.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? BucketName { get; set; }

    private protected override bool AddsUp => true;

    private protected override LogKeyRange KeyRange => new(After?.ToUniversalTime(), Before?.ToUniversalTime());

    private protected override bool Prepare()
    {
        scan = new(
            new()
            {
                Versions = Version ?? [],
                BucketNames = BucketName ?? [],
                After = After?.ToUniversalTime(),
                Before = Before?.ToUniversalTime(),
            },
            Tally);
        return true;
    }

    private protected override IEnumerable<S3SignatureUsage> Scan(IEnumerable<LogObject> logs, CancellationToken cancellationToken)
        => scan!.Run(logs, null, cancellationToken);

    private protected override void AddUp(S3SignatureUsage finding) => summary.Add(finding);

    private protected override IReadOnlyList<S3SignatureUsage> Groups() => summary.Finish();
}
