using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Logs.Files;
using LogDelivery.Patterns;

namespace LogDelivery.Commands;

/// <summary><c>Select-LogEvent</c>: the events of log files, of S3 or of the pipeline that a filter pattern selects.</summary>
[Cmdlet(VerbsCommon.Select, "LogEvent", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(LogEvent), typeof(long), typeof(PSObject))]
public sealed class SelectLogEventCommand : AwsCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string ObjectSet = "InputObject";
    private static readonly TimeSpan BeforeProgress = TimeSpan.FromSeconds(1);

    private readonly System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
    private readonly ReadTally tally = new();
    private readonly List<string> paths = [];
    private FilterPattern pattern = null!;
    private List<EventSelector> selectors = [];
    private LogFiles files = null!;
    private long count;
    private int damagesTold;
    private bool showsProgress;

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

    /// <summary>The Region to ask for objects of S3.</summary>
    [Parameter]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        pattern = FilterPatternParameter.Parse(this, FilterPattern);
        foreach (var notice in pattern.Notices)
        {
            WriteVerbose($"{pattern}, {notice}");
        }

        selectors = [.. (Extract ?? []).Select(ParseSelector)];
        files = new(tally);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                Scan([.. Path.Select(path => Find(path, literal: false))]);
                break;
            case LiteralPathSet:
                Scan([.. LiteralPath.Select(path => Find(path, literal: true))]);
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
            Scan([.. paths.Select(path => Find(path, literal: true))]);
        }

        if (Count)
        {
            WriteObject(count);
        }

        if (tally.FilesFound > 0)
        {
            WriteVerbose($"{tally.FilesRead} files read, {tally.Records} events, {tally.FilesSkipped} files skipped, {tally.FilesDamaged} damaged.");
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

    private IEnumerable<LogObject> Find(string path, bool literal)
    {
        if (S3Url.TryParse(path, out var url))
        {
            return Open(OptionsFor(Region)).Logs.Find(url, new LogKeyRange(), tally, Pump.Token);
        }

        try
        {
            // The shell's place is not the process's.
            var provider = default(ProviderInfo);
            IReadOnlyList<string> found = literal
                ? [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)]
                : SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
            if (provider.Name != "FileSystem")
            {
                Report("NotAFile", ErrorCategory.InvalidArgument, path, $"'{path}' is no file, but of the provider {provider.Name}.", "Give a file, a folder or s3://bucket/prefix.");
                return [];
            }

            return found.SelectMany(one => files.Find(one, literal: true));
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException)
        {
            Report("FileNotFound", ErrorCategory.ObjectNotFound, path, $"There is no file or folder '{path}'.", "Check the path; a path with [ or ] in it is given by LiteralPath.", exception);
            return [];
        }
    }

    // What was named is resolved before, on this thread: those that read may not write errors or open sessions.
    private void Scan(List<IEnumerable<LogObject>> named)
    {
        var sources = named.SelectMany(objects => objects);
        var scan = new PatternScan(pattern, tally);
        try
        {
            if (Count && selectors.Count == 0)
            {
                count += scan.Count(sources, Update, Pump.Token);
            }
            else
            {
                foreach (var entry in scan.Find(sources, Update, Pump.Token))
                {
                    Give(PSObject.AsPSObject(entry), entry.Message);
                    Update();
                }
            }
        }
        catch (OperationCanceledException) when (Pump.Token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        Update();
        if (showsProgress)
        {
            WriteProgress(new(0, "Select-LogEvent", "Reading") { RecordType = ProgressRecordType.Completed });
            showsProgress = false;
        }
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

    /// <summary>Tells damage as it is found, and progress past the first second.</summary>
    private void Update()
    {
        foreach (var damage in tally.DamagesAfter(damagesTold))
        {
            damagesTold++;
            Report($"Log{damage.Kind}", LogDamage.CategoryOf(damage.Kind), damage.File, damage.ToString(), LogDamage.ActionOf(damage.Kind), new InvalidDataException(damage.ToString()));
        }

        if (watch.Elapsed > BeforeProgress && tally.FilesFound > 0)
        {
            showsProgress = true;
            WriteProgress(new(0, "Select-LogEvent", $"{tally.FilesRead} of {tally.FilesFound} files, {tally.TextBytes >> 20} MB of text") { PercentComplete = (int)(100 * tally.FilesRead / tally.FilesFound) });
        }
    }
}
