using System.Globalization;
using System.Text;
using LogDelivery.Logs.Events;
using LogDelivery.Logs.Files;
using LogDelivery.Patterns;

namespace LogDelivery.Cli;

internal enum MatchStyle
{
    /// <summary>The messages that match, or the values asked for.</summary>
    Lines,

    /// <summary>A JSON object for each event that matches.</summary>
    Json,

    /// <summary>A JSON object for each event.</summary>
    Verdicts,

    /// <summary>One number.</summary>
    Count,
}

/// <summary>Matches events as they come and prints what was asked for.</summary>
internal sealed class MatchReport(FilterPattern pattern, IReadOnlyList<EventSelector> selectors, MatchStyle style, TextWriter output, TextWriter error)
{
    private long matches;
    private int problems;

    /// <summary>Matches the events of files.</summary>
    public int ReadFiles(LogInput input, CancellationToken cancel)
    {
        var tally = new ReadTally();
        var progress = new ReadReport(tally, error);
        var sources = input.Find(tally, cancel);
        var scan = new PatternScan(pattern, tally);
        var isStopped = false;
        try
        {
            Read(sources, scan, tally, progress, cancel);
        }
        catch (OperationCanceledException)
        {
            isStopped = true;
            matches = style == MatchStyle.Count ? scan.MatchCount : matches;
        }

        progress.Update();
        progress.Clear();
        problems = tally.Damages.Count;
        if (tally.FilesFound == 0 && problems == 0)
        {
            AddProblem("No file was found.");
        }

        var exitCode = End();
        if (isStopped)
        {
            error.WriteLine($"Stopped. {progress.Count()}");
        }

        return isStopped ? ExitCode.Interrupted : exitCode;
    }

    /// <summary>Matches one event.</summary>
    public void Add(LogEvent entry)
    {
        var isMatch = pattern.Matches(entry.Message);
        matches += isMatch ? 1 : 0;
        if (style == MatchStyle.Verdicts)
        {
            output.WriteLine(JsonLine.From(new { Match = isMatch, Extracted = isMatch ? Extract(entry) : [] }));
        }
        else if (isMatch && style != MatchStyle.Count)
        {
            Write(entry);
        }
    }

    /// <summary>An event that cannot be read keeps its line among the verdicts.</summary>
    public void AddUnreadable(string problem)
    {
        if (style == MatchStyle.Verdicts)
        {
            output.WriteLine(JsonLine.From(new { Match = (bool?)null, Extracted = new Dictionary<string, string>(), Error = problem }));
        }

        AddProblem(problem);
    }

    public void AddProblem(string problem)
    {
        problems++;
        error.WriteLine(problem);
    }

    public int End()
    {
        if (style == MatchStyle.Count)
        {
            output.WriteLine(matches.ToString(CultureInfo.InvariantCulture));
        }

        if (problems > 0)
        {
            error.WriteLine($"{problems} {(problems == 1 ? "problem" : "problems")} while reading; events may be missing.");
        }

        return problems > 0 ? ExitCode.Unknown : ExitCode.Ok;
    }

    private void Read(IEnumerable<LogObject> sources, PatternScan scan, ReadTally tally, ReadReport progress, CancellationToken cancel)
    {
        switch (style)
        {
            case MatchStyle.Count:
                matches = scan.Count(sources, progress.Update, cancel);
                break;
            case MatchStyle.Verdicts:
                Judge(sources, tally, progress, cancel);
                break;
            default:
                foreach (var entry in scan.Find(sources, progress.Update, cancel))
                {
                    progress.Clear();
                    Write(entry);
                }

                break;
        }
    }

    // Every event has its line, so they are read one after another.
    private void Judge(IEnumerable<LogObject> sources, ReadTally tally, ReadReport progress, CancellationToken cancel)
    {
        foreach (var source in sources)
        {
            using var reader = LogEventReader.Open(source, tally);
            while (reader?.TryRead(out var entry) == true)
            {
                cancel.ThrowIfCancellationRequested();
                progress.Clear();
                Add(LogEvent.From(source.Name, entry));
            }

            progress.Update();
        }
    }

    private void Write(LogEvent entry) => output.WriteLine(style switch
    {
        MatchStyle.Json => JsonLine.From(entry with { Extracted = Extract(entry) }),
        _ when selectors.Count > 0 => string.Join('\t', selectors.Select(selector => selector.Read(Encoding.UTF8.GetBytes(entry.Message), pattern))),
        _ => entry.Message,
    });

    private Dictionary<string, string?> Extract(LogEvent entry)
    {
        var values = pattern.Extract(entry.Message).ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        foreach (var selector in selectors)
        {
            values[selector.ToString()] = selector.Read(Encoding.UTF8.GetBytes(entry.Message), pattern);
        }

        return values;
    }
}
