using System.CommandLine;
using LogDelivery.Gateways;
using LogDelivery.Logs.Files;

namespace LogDelivery.Cli;

/// <summary>One run over logs: opens them, tells of damage and progress while they are read, and finds the exit code.</summary>
internal sealed class LogRun : IDisposable
{
    private readonly LogInput input;
    private readonly TextWriter error;
    private bool isStopped;

    private LogRun(LogInput input, TextWriter error)
    {
        this.input = input;
        this.error = error;
        Report = new(Tally, error);
    }

    public ReadTally Tally { get; } = new();

    public ReadReport Report { get; }

    /// <summary>Opens the logs that are named, and does a job with them.</summary>
    public static async Task<int> RunAsync(LogInput.Options options, ParseResult result, Func<LogRun, int> job, CancellationToken cancel)
    {
        var error = result.InvocationConfiguration.Error;
        try
        {
            using var run = new LogRun(await options.OpenAsync(result, cancel).ConfigureAwait(false), error);
            return job(run);
        }
        catch (AwsCallException exception)
        {
            error.WriteLine(exception.Message);
            return exception.Kind == AwsErrorKind.Invalid ? ExitCode.Usage : ExitCode.Unknown;
        }
    }

    public void Dispose() => input.Dispose();

    /// <summary>Reads, and hands over what is found; stopping ends it early and keeps what came before.</summary>
    public void Read<T>(Func<IEnumerable<LogObject>, IEnumerable<T>> scan, Action<T> take, CancellationToken cancel)
    {
        try
        {
            foreach (var found in scan(input.Find(Tally, cancel)))
            {
                take(found);
            }
        }
        catch (OperationCanceledException)
        {
            isStopped = true;
        }

        Report.Update();
        Report.Clear();
    }

    /// <summary>What was read, for the end of the output.</summary>
    public string Summary(string found) => $"{(isStopped ? "Stopped. " : string.Empty)}{found} in {Report.Count()}";

    /// <summary>The exit code, if all that matters is whether something was found.</summary>
    public int ExitCodeOf(bool isWrong)
    {
        if (isStopped)
        {
            return ExitCode.Interrupted;
        }

        if (Tally.FilesDamaged > 0)
        {
            return ExitCode.Unknown;
        }

        if (Tally.FilesFound == 0)
        {
            error.WriteLine("No file was found, so nothing can be told.");
            return ExitCode.Unknown;
        }

        if (Tally.FilesRead == 0 && Tally.FilesSkipped > 0)
        {
            error.WriteLine("Every file was skipped: none holds what is looked for, so nothing can be told.");
            return ExitCode.Unknown;
        }

        return isWrong ? ExitCode.Wrong : ExitCode.Ok;
    }
}
