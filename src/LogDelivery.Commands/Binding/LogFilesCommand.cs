using System.Diagnostics;
using System.Management.Automation;
using LogDelivery.Logs.Files;

namespace LogDelivery.Commands;

/// <summary>
/// What cmdlets share that read logs: the paths, reading in the background while the pipeline brings more of them, progress, and
/// one error for each thing that cannot be read.
/// </summary>
/// <typeparam name="T">What is found in the logs.</typeparam>
public abstract class LogFilesCommand<T> : S3LogsCommand
{
    private const int MostLines = 20;
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    private readonly LogReadReport report;
    private LogFinder? finder;
    private BackgroundScan<T>? reading;

    private protected LogFilesCommand()
    {
        // Errors are written where the pipeline allows it; the tally keeps them until then.
        Tally = new();
        report = new(this, Tally);
    }

    /// <summary>Files and folders; wildcards are fine.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Path)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Files and folders by their exact names.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>What has been read.</summary>
    private protected ReadTally Tally { get; }

    /// <summary>Which objects of S3 can hold what is looked for.</summary>
    private protected virtual LogKeyRange KeyRange => new();

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        if (!Prepare())
        {
            return;
        }

        finder = new(this, new(Tally), url => Open(OptionsFor(Region)).Logs.Find(url, KeyRange, Tally, Pump.Token));
        reading = new(Scan, Pump.Token);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (finder is null)
        {
            return;
        }

        var isLiteral = ParameterSetName == ParameterSets.LiteralPath;
        foreach (var (isInS3, logs) in finder.Find(isLiteral ? LiteralPath : Path, isLiteral))
        {
            // A folder is listed here, where it means something; what was found already is written meanwhile.
            foreach (var some in isInS3 ? [logs] : logs.Select(l => (IEnumerable<LogObject>)[l]))
            {
                reading!.Add(some);
                WriteWaiting();
            }
        }

        WriteWaiting();
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        if (reading is null)
        {
            return;
        }

        reading.CompleteAdding();
        while (!reading.IsCompleted)
        {
            if (reading.TryTake(BetweenUpdates, out var result))
            {
                WriteResult(result);
            }

            Update();
            if (Pump.Token.IsCancellationRequested)
            {
                TellPartialSummary();
                throw new PipelineStoppedException();
            }
        }

        reading.Rethrow();
        Update();
        report.Finish();
        Finish();
        WriteVerbose(Count());
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();

        // A stopped pipeline takes no objects any more; whoever sits in front of it still learns how far it came.
        if (reading is not null)
        {
            Host?.UI?.WriteLine($"Stopped. {Count()}");
        }
    }

    /// <summary>What is to be done before the first file.</summary>
    /// <returns>Whether there is anything to do.</returns>
    private protected virtual bool Prepare() => true;

    /// <summary>Reads logs on a thread of its own.</summary>
    private protected abstract IEnumerable<T> Scan(IEnumerable<LogObject> logs, CancellationToken cancellationToken);

    /// <summary>Takes one result.</summary>
    private protected abstract void WriteResult(T result);

    /// <summary>Whether results are only added up, and written by <see cref="Finish"/>.</summary>
    private protected virtual bool AddsUp => false;

    /// <summary>What remains to be done after the last file.</summary>
    private protected virtual void Finish()
    {
    }

    /// <summary>What has been added up so far, a line each, for the case that it never comes to <see cref="Finish"/>.</summary>
    private protected virtual IEnumerable<string> PartialSummary() => [];

    /// <summary>What was read, in a sentence.</summary>
    private protected virtual string Count() => report.Count();

    // What is added up comes to nothing when the pipeline is stopped; it is shown instead, as far as it has come.
    private void TellPartialSummary()
    {
        if (!AddsUp || Host?.UI is not { } screen)
        {
            return;
        }

        var watch = Stopwatch.StartNew();
        while (!reading!.IsCompleted && watch.Elapsed < Patience)
        {
            if (reading.TryTake(BetweenUpdates, out var result))
            {
                WriteResult(result);
            }
        }

        string[] lines = [.. PartialSummary()];
        foreach (var line in lines.Take(MostLines))
        {
            screen.WriteLine(line);
        }

        if (lines.Length > MostLines)
        {
            screen.WriteLine($"... and {lines.Length - MostLines} more.");
        }
    }

    private void WriteWaiting()
    {
        while (reading!.TryTake(TimeSpan.Zero, out var result))
        {
            WriteResult(result);
        }

        Update();
    }

    private void Update()
    {
        Pump.DoPosts();
        report.Update();
    }
}
