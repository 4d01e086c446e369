using System.Globalization;
using System.Management.Automation;
using LogDelivery.Logs.Access;
using LogDelivery.Logs.Files;

namespace LogDelivery.Commands;

/// <summary><c>Get-S3ObjectAccess</c>: who read or wrote which objects, from where, and how much?</summary>
[Cmdlet(VerbsCommon.Get, "S3ObjectAccess", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(S3ObjectAccess), typeof(S3ObjectAccessSummary))]
public sealed class GetS3ObjectAccessCommand : LogFindingsCommand<S3ObjectAccess, S3ObjectAccessSummary>
{
    private AccessScan? scan;
    private AccessSummarizer? summarizer;

    /// <summary>The known callers that are left out.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Exclude { get; set; }

    /// <summary>What was done with the objects.</summary>
    [Parameter]
    public S3AccessKind[]? Access { get; set; }

    /// <summary>From where the callers came.</summary>
    [Parameter]
    public S3CallerKind[]? Caller { get; set; }

    /// <summary>The buckets.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? BucketName { get; set; }

    /// <summary>What the keys begin with.</summary>
    [Parameter]
    [Alias("S3KeyPrefix")]
    public string? KeyPrefix { get; set; }

    /// <summary>The least bytes that were transferred one way.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MinimumBytes { get; set; }

    /// <summary>The earliest time.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>The time before which the requests were made.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <summary>Whether to add up what each caller did.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    private protected override bool AddsUp => Summary;

    private protected override LogKeyRange KeyRange => new(After?.ToUniversalTime(), Before?.ToUniversalTime());

    private protected override bool Prepare()
    {
        var filter = new AccessFilter
        {
            After = After?.ToUniversalTime(),
            Before = Before?.ToUniversalTime(),
            BucketNames = BucketName ?? [],
            KeyPrefix = OrNull(KeyPrefix),
            Access = Access ?? [],
            Callers = Caller ?? [],
            MinimumBytes = MinimumBytes,
            Exclude = ReadCallers(),
        };
        summarizer = Summary ? new() : null;
        scan = new(filter, Tally);
        return true;
    }

    private protected override IEnumerable<S3ObjectAccess> Scan(IEnumerable<LogObject> logs, CancellationToken cancellationToken)
        => scan!.Run(logs, null, cancellationToken);

    private protected override void AddUp(S3ObjectAccess finding) => summarizer!.Add(finding);

    private protected override IReadOnlyList<S3ObjectAccessSummary> Groups() => summarizer!.Finish();

    private protected override void Finish()
    {
        base.Finish();

        foreach (var finding in scan!.Findings)
        {
            WriteWarning($"{finding} {finding.Remedy}");
        }
    }

    private protected override string Count()
        => string.Create(CultureInfo.InvariantCulture, $"{Found} accesses, {scan!.LeftOutCount} left out, in {base.Count()}");

    private KnownCallers ReadCallers()
    {
        try
        {
            return new(Exclude ?? []);
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(new(exception, "InvalidCaller", ErrorCategory.InvalidArgument, Exclude)
            {
                ErrorDetails = new(exception.Message) { RecommendedAction = "Give ARNs, addresses or ranges such as 192.0.2.0/24, VPC endpoints, accounts, services, or kinds of callers such as Athena or Lambda:NAME." },
            });
            throw;
        }
    }
}
