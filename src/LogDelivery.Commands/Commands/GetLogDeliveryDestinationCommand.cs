using System.Globalization;
using System.Management.Automation;
using LogDelivery.Logs.Destinations;
using LogDelivery.Logs.Files;

namespace LogDelivery.Commands;

/// <summary><c>Get-LogDeliveryDestination</c>: where were log sources pointed, by whom and when, as CloudTrail events have it?</summary>
[Cmdlet(VerbsCommon.Get, "LogDeliveryDestination", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(LogDeliveryDestination))]
public sealed class GetLogDeliveryDestinationCommand : LogFilesCommand<LogDeliveryDestination>
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

    /// <summary>The earliest time.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>The time from which calls are taken as not made.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <summary>Whether each call is given that set a destination.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    private protected override LogKeyRange KeyRange => new(After?.ToUniversalTime(), Before?.ToUniversalTime());

    private protected override bool Prepare()
    {
        var sources = SourceFinder.Find(Source ?? [], this);
        if (Source is not null && sources.Length == 0)
        {
            return false;
        }

        var filter = new DestinationFilter
        {
            After = After?.ToUniversalTime(),
            Before = Before?.ToUniversalTime(),
            Sources = [.. sources.Select(s => s.Id)],
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
