using System.Globalization;
using System.Management.Automation;
using LogDelivery.Logs.Destinations;
using LogDelivery.Logs.Files;
using LogDelivery.Requests;

namespace LogDelivery.Commands;

/// <summary><c>Get-LogDeliveryDestination</c>: where were log sources pointed, by whom and when, as CloudTrail events have it?</summary>
[Cmdlet(VerbsCommon.Get, "LogDeliveryDestination", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(LogDeliveryDestination))]
public sealed class GetLogDeliveryDestinationCommand : TimedLogsCommand<LogDeliveryDestination>
{
    private DestinationScan? scan;
    private long count;

    /// <summary>The buckets that logs should go to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ExpectedBucketName { get; set; }

    /// <summary>The delivery sources; wildcards are fine.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string[]? Source { get; set; }

    /// <summary>Whether each call is given that set a destination.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    private protected override bool Prepare()
    {
        var sources = SourceNames.Find(Source);
        Report(sources.Problems);
        if (sources.IsRefused)
        {
            return false;
        }

        var filter = new DestinationFilter
        {
            After = AfterUtc,
            Before = BeforeUtc,
            Sources = [.. sources.Items.Select(s => s.Id)],
            ExpectedBucketNames = ExpectedBucketName ?? [],
            IncludeAll = All,
        };
        scan = new(filter, Tally);
        return true;
    }

    private protected override IEnumerable<LogDeliveryDestination> Scan(IEnumerable<LogObject> logs, CancellationToken cancellationToken)
        => scan!.Run(logs, null, cancellationToken);

    private protected override void WriteResult(LogDeliveryDestination result)
    {
        count++;
        WriteObject(result);
    }

    private protected override string Count() => string.Create(CultureInfo.InvariantCulture, $"{count} destinations in {base.Count()}");
}
