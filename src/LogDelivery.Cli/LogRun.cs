using System.CommandLine;
using LogDelivery.Logs.Files;
using LogDelivery.Requests;

namespace LogDelivery.Cli;

/// <summary>One run over logs: opens them, tells of damage and progress while they are read, and finds the exit code.</summary>
internal sealed class LogRun : IDisposable
{
    private readonly LogInput input;
    private readonly Screen error;

    private LogRun(LogInput input, Screen error)
    {
        this.input = input;
        this.error = error;
        Report = new(Tally, error);
    }

    public ReadTally Tally { get; } = new();

    /// <summary>Whether it was stopped before its end.</summary>
    public bool IsStopped { get; private set; }

    public ReadReport Report { get; }

    /// <summary>What the run comes to, as far as it is known.</summary>
    public Conclusion Conclusion { get; } = new();

    /// <summary>Opens the logs that are named, and does a job with them.</summary>
    public static async Task<int> RunAsync(LogInput.Options options, ParseResult result, Func<LogRun, int> job, CancellationToken cancel)
    {
        using var run = new LogRun(await options.OpenAsync(result, cancel).ConfigureAwait(false), result.InvocationConfiguration.Error.AsScreen());
        run.Tell(run.input.Paths.Problems);
        return job(run);
    }

    public void Dispose() => input.Dispose();

    /// <summary>Prints what of the request cannot be answered.</summary>
    public void Tell(IEnumerable<RequestProblem> problems) => RequestReport.Tell(problems, Conclusion, error);

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
            IsStopped = true;
        }

        Report.Update();
        Report.Clear();
    }

    /// <summary>What was read, for the end of the output.</summary>
    public string Summary(string found) => $"{(IsStopped ? "Stopped. " : string.Empty)}{found} in {Report.Count()}";

    /// <summary>The exit code, at the end.</summary>
    public int Finish()
    {
        if (IsStopped)
        {
            return ExitCode.Interrupted;
        }

        if (Conclusion.Add(Tally) is { } sentence)
        {
            error.WriteLine(sentence);
        }

        return ExitCode.Of(Conclusion.Outcome);
    }
}
