using System.Management.Automation;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;

namespace LogDelivery.Commands;

/// <summary><c>Get-LogDeliveryFailure</c>: which deliveries failed, as CloudTrail events and S3 access logs have it?</summary>
[Cmdlet(VerbsCommon.Get, "LogDeliveryFailure", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(DeliveryFailure), typeof(DeliveryFailureSummary))]
public sealed class GetLogDeliveryFailureCommand : LogFindingsCommand<DeliveryFailure, DeliveryFailureSummary>
{
    private FailureScan? scan;
    private FailureSummarizer? summarizer;

    /// <summary>The earliest time.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>The time before which the attempts were made.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <summary>The destination buckets.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? BucketName { get; set; }

    /// <summary>The delivery sources; wildcards are fine.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string[]? Source { get; set; }

    /// <summary>Whether noise and refusals of people and roles are given, too.</summary>
    [Parameter]
    public SwitchParameter IncludeAll { get; set; }

    /// <summary>Whether to group by bucket, source and error.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    private protected override bool AddsUp => Summary;

    private protected override LogKeyRange KeyRange => new(After?.ToUniversalTime(), Before?.ToUniversalTime());

    private protected override bool Prepare()
    {
        var sources = SourceFinder.Find(Source ?? [], this);
        if (Source is not null && sources.Length == 0)
        {
            return false;
        }

        var filter = new FailureFilter
        {
            After = After?.ToUniversalTime(),
            Before = Before?.ToUniversalTime(),
            BucketNames = BucketName ?? [],
            Sources = [.. sources.Select(s => s.Id)],
            IncludeAll = IncludeAll,
        };
        var successes = Summary ? new DeliverySuccesses() : null;
        summarizer = successes is null ? null : new(successes);
        scan = new(filter, Tally, successes);
        return true;
    }

    private protected override IEnumerable<DeliveryFailure> Scan(IEnumerable<LogObject> logs, CancellationToken cancellationToken)
        => scan!.Run(logs, null, cancellationToken);

    private protected override void AddUp(DeliveryFailure finding) => summarizer!.Add(finding);

    private protected override IReadOnlyList<DeliveryFailureSummary> Groups() => summarizer!.Finish();

    private protected override string Count()
        => $"{Found} failed attempts in {base.Count()} {scan!.NoiseCount} refused calls are noise.";
}
