using System.Management.Automation;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;
using LogDelivery.Requests;

namespace LogDelivery.Commands;

/// <summary><c>Get-LogDeliveryFailure</c>: which deliveries failed, as CloudTrail events and S3 access logs have it?</summary>
[Cmdlet(VerbsCommon.Get, "LogDeliveryFailure", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(DeliveryFailure), typeof(DeliveryFailureSummary))]
public sealed class GetLogDeliveryFailureCommand : LogFindingsCommand<DeliveryFailure, DeliveryFailureSummary>
{
    private FailureScan? scan;
    private FailureSummarizer? summarizer;

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

    private protected override bool Prepare()
    {
        var sources = SourceNames.Find(Source);
        Report(sources.Problems);
        if (sources.IsRefused)
        {
            return false;
        }

        var filter = new FailureFilter
        {
            After = AfterUtc,
            Before = BeforeUtc,
            BucketNames = BucketName ?? [],
            Sources = [.. sources.Items.Select(s => s.Id)],
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
