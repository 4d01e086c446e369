using System.Management.Automation;
using LogDelivery.Logs.Files;
using LogDelivery.Patterns;

namespace LogDelivery.Commands;

/// <summary><c>Select-LogEvent</c>: the events of log files, of S3 or of the pipeline that a filter pattern selects.</summary>
[Cmdlet(VerbsCommon.Select, "LogEvent", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(LogEvent), typeof(long), typeof(PSObject))]
public sealed class SelectLogEventCommand : S3LogsCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string ObjectSet = "InputObject";

    private readonly ReadTally tally = new();
    private readonly List<string> paths = [];
    private FilterPattern pattern = null!;
    private List<EventSelector> selectors = [];
    private LogFinder finder = null!;
    private LogReadReport report = null!;
    private long count;
    private bool hasScanned;

    /// <summary>The pattern as CloudWatch Logs takes it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public string FilterPattern { get; set; } = string.Empty;

    /// <summary>Files, folders with all below them, wildcards, or places in S3.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders whose names are taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Events from the pipeline, or files of <c>Get-ChildItem</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether to give only how many events are selected.</summary>
    [Parameter]
    public SwitchParameter Count { get; set; }

    /// <summary>Values to give in place of the events: <c>$.a.b</c> of JSON, <c>$name</c> or <c>$3</c> of space-delimited events.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Extract { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        pattern = FilterPatternParameter.Parse(this, FilterPattern);
        foreach (var notice in pattern.Notices)
        {
            WriteVerbose($"{pattern}, {notice}");
        }

        selectors = [.. (Extract ?? []).Select(ParseSelector)];
        finder = new(this, new(tally), url => Open(OptionsFor(Region)).Logs.Find(url, new(), tally, Pump.Token));
        report = new(this, tally);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                Scan(Path, isLiteral: false);
                break;
            case LiteralPathSet:
                Scan(LiteralPath, isLiteral: true);
                break;
            default:
                Take(InputObject);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (paths.Count > 0)
        {
            Scan(paths, isLiteral: true);
        }

        if (Count)
        {
            WriteObject(count);
        }

        if (hasScanned)
        {
            report.Finish();
            WriteVerbose(report.Count());
        }
    }

    private EventSelector ParseSelector(string text)
    {
        try
        {
            return EventSelector.Parse(text);
        }
        catch (FilterPatternException error)
        {
            ThrowTerminatingError(new(error, "InvalidSelector", ErrorCategory.InvalidArgument, text)
            {
                ErrorDetails = new($"'{text}' names no value of an event, at column {error.Column}: {error.Problem}") { RecommendedAction = "Give $.property of a JSON event, or $name or $1 of a space-delimited one." },
            });
            throw;
        }
    }

    private void Take(PSObject? item)
    {
        switch (item?.BaseObject)
        {
            case null:
                return;
            case FileSystemInfo file:
                paths.Add(file.FullName);
                return;
        }

        var message = PipelineEvent.TextOf(item);
        if (pattern.Matches(message))
        {
            Give(item, message);
        }
    }

    // What is named is resolved before, on this thread: those that read may not write errors or open sessions.
    private void Scan(IEnumerable<string> named, bool isLiteral)
    {
        hasScanned = true;
        (bool IsInS3, IEnumerable<LogObject> Logs)[] found = [.. finder.Find(named, isLiteral)];
        var sources = found.SelectMany(f => f.Logs);
        var scan = new PatternScan(pattern, tally);
        try
        {
            if (Count && selectors.Count == 0)
            {
                count += scan.Count(sources, report.Update, Pump.Token);
            }
            else
            {
                foreach (var entry in scan.Find(sources, report.Update, Pump.Token))
                {
                    Give(PSObject.AsPSObject(entry), entry.Message);
                    report.Update();
                }
            }
        }
        catch (OperationCanceledException) when (Pump.Token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        report.Update();
    }

    private void Give(PSObject item, string message)
    {
        count++;
        if (Count)
        {
            return;
        }

        if (selectors.Count == 0)
        {
            WriteObject(item);
            return;
        }

        var values = new PSObject();
        var utf8 = System.Text.Encoding.UTF8.GetBytes(message);
        foreach (var selector in selectors)
        {
            values.Properties.Add(new PSNoteProperty(selector.ToString().TrimStart('$').TrimStart('.'), selector.Read(utf8, pattern)), preValidated: true);
        }

        WriteObject(values);
    }
}
