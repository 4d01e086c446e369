using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Logs.Files;

namespace LogDelivery.Commands;

/// <summary>
/// What cmdlets share that read logs: the paths, reading in the background while the pipeline brings more of them, progress, and
/// one error for each thing that cannot be read.
/// </summary>
/// <typeparam name="T">What is found in the logs.</typeparam>
public abstract class LogFilesCommand<T> : AwsCommand
{
    private const int MostWaiting = 4096;
    private const int MostLines = 20;
    private static readonly TimeSpan BeforeProgress = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    // Files are found here, where relative paths and drives mean something; objects of S3 are listed while others are read.
    private readonly BlockingCollection<IEnumerable<LogObject>> sources = [];
    private readonly BlockingCollection<T> results = new(MostWaiting);
    private readonly Stopwatch watch = new();
    private LogFiles? files;
    private Task? reading;
    private TimeSpan nextProgress = BeforeProgress;
    private int damages;

    private protected LogFilesCommand()
    {
        // Errors are written where the pipeline allows it; the tally keeps them until then.
        Tally = new();
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

    /// <summary>The Region that is asked first for places in S3.</summary>
    [Parameter]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

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

        files = new(Tally);
        watch.Start();
        reading = Task.Run(Read);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (files is null)
        {
            return;
        }

        var isLiteral = ParameterSetName == ParameterSets.LiteralPath;
        foreach (var path in (isLiteral ? LiteralPath : Path) ?? [])
        {
            AddPath(path, isLiteral);
        }

        WriteWaiting();
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        sources.CompleteAdding();
        if (reading is null)
        {
            return;
        }

        try
        {
            while (!results.IsCompleted)
            {
                if (results.TryTake(out var result, BetweenProgress.Milliseconds, Pump.Token))
                {
                    WriteResult(result);
                }

                Update();
            }
        }
        catch (OperationCanceledException) when (Pump.Token.IsCancellationRequested)
        {
            TellPartialSummary();
            throw new PipelineStoppedException();
        }

        reading.GetAwaiter().GetResult();
        Update();
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
    private protected virtual string Count() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Tally.FilesRead} files read ({Tally.StoredBytes} bytes, {Tally.TextBytes} of text, {Tally.Records} records), {Tally.FilesSkipped} skipped, {Tally.FilesDamaged} damaged.");

    private void Read()
    {
        try
        {
            foreach (var result in Scan(sources.GetConsumingEnumerable(Pump.Token).SelectMany(s => s), Pump.Token))
            {
                while (!results.TryAdd(result, Patience))
                {
                    if (Pump.Token.IsCancellationRequested)
                    {
                        return;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (Pump.Token.IsCancellationRequested)
        {
            // The pipeline was stopped.
        }
        finally
        {
            results.CompleteAdding();
        }
    }

    // What is added up comes to nothing when the pipeline is stopped; it is shown instead, as far as it has come.
    private void TellPartialSummary()
    {
        if (!AddsUp || Host?.UI is not { } screen)
        {
            return;
        }

        var since = watch.Elapsed;
        while (!results.IsCompleted && watch.Elapsed - since < Patience)
        {
            if (results.TryTake(out var result, BetweenProgress.Milliseconds))
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

    private void AddPath(string path, bool isLiteral)
    {
        if (S3Url.IsOne(path))
        {
            AddUrl(path);
            return;
        }

        foreach (var resolved in Resolve(path, isLiteral))
        {
            foreach (var file in files!.Find(resolved, literal: true))
            {
                sources.Add([file]);
                WriteWaiting();
            }
        }
    }

    private void AddUrl(string path)
    {
        if (S3Url.TryParse(path, out var url))
        {
            sources.Add(Open(OptionsFor(Region)).Logs.Find(url, KeyRange, Tally, Pump.Token));
            return;
        }

        Report("InvalidS3Url", ErrorCategory.InvalidArgument, path, $"'{path}' is no place in S3.", "Give s3://bucket/prefix.");
    }

    private List<string> Resolve(string path, bool isLiteral)
    {
        try
        {
            if (isLiteral)
            {
                var literal = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
                return IsFileSystem(path, provider) ? [literal] : [];
            }

            var resolved = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var providerOfPath);
            if (resolved.Count == 0)
            {
                ReportMissing(path, null);
            }

            return IsFileSystem(path, providerOfPath) ? [.. resolved] : [];
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException)
        {
            ReportMissing(path, exception);
            return [];
        }
    }

    private bool IsFileSystem(string path, ProviderInfo provider)
    {
        if (provider.Name == "FileSystem")
        {
            return true;
        }

        Report("NotAFile", ErrorCategory.InvalidArgument, path, $"'{path}' is no file, but of the provider {provider.Name}.", "Give the path of a file or folder.");
        return false;
    }

    private void ReportMissing(string path, Exception? exception)
        => Report("FileNotFound", ErrorCategory.ObjectNotFound, path, $"There is no file or folder '{path}'.", "Check the path; a path with [ or ] in it is given by LiteralPath.", exception);

    private void WriteWaiting()
    {
        while (results.TryTake(out var result))
        {
            WriteResult(result);
        }

        Update();
    }

    private void Update()
    {
        Pump.DoPosts();
        foreach (var damage in Tally.DamagesAfter(damages))
        {
            damages++;
            Report($"Log{damage.Kind}", LogDamage.CategoryOf(damage.Kind), damage.File, damage.ToString(), LogDamage.ActionOf(damage.Kind), new InvalidDataException(damage.ToString()));
        }

        if (watch.Elapsed >= nextProgress)
        {
            nextProgress = watch.Elapsed + BetweenProgress;
            var rate = Tally.TextBytes / watch.Elapsed.TotalSeconds / 1e6;
            WriteProgress(new(0, "Reading logs", string.Create(CultureInfo.InvariantCulture, $"{Tally.FilesRead} of {Tally.FilesFound} files, {Tally.TextBytes / 1e6:0} MB of text, {rate:0} MB/s")));
        }
    }
}
