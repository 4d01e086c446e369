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
internal sealed class MatchReport(FilterPattern pattern, IReadOnlyList<EventSelector> selectors, MatchStyle style, Screen output, Screen error)
{
    private long matches;
    private int problems;

    /// <summary>Matches the events of files.</summary>
    public int ReadFiles(LogRun run, CancellationToken cancel)
    {
        var scan = new PatternScan(pattern, run.Tally);
        switch (style)
        {
            case MatchStyle.Count:
                run.Read<long>(sources => [scan.Count(sources, run.Report.Update, cancel)], _ => { }, cancel);
                matches = scan.MatchCount;
                break;
            case MatchStyle.Verdicts:
                run.Read(sources => sources.SelectMany(s => Events(s, run.Tally)), Judge, cancel);
                break;
            default:
                run.Read(sources => scan.Find(sources, run.Report.Update, cancel), Print, cancel);
                break;
        }

        problems = run.Tally.Damages.Count;
        var exitCode = run.Finish();
        End();
        if (run.IsStopped)
        {
            error.WriteLine($"Stopped. {run.Report.Count()}");
        }

        return exitCode;

        void Judge(LogEvent entry)
        {
            cancel.ThrowIfCancellationRequested();
            run.Report.Update();
            run.Report.Clear();
            Add(entry);
        }

        void Print(LogEvent entry)
        {
            run.Report.Clear();
            Write(entry);
        }
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

    // Every event has its line, so they are read one after another.
    private static IEnumerable<LogEvent> Events(LogObject source, ReadTally tally)
    {
        using var reader = LogEventReader.Open(source, tally);
        while (reader?.TryRead(out var entry) == true)
        {
            yield return LogEvent.From(source.Name, entry);
        }
    }

    private void Write(LogEvent entry)
    {
        if (style == MatchStyle.Json)
        {
            output.WriteLine(JsonLine.From(entry with { Extracted = Extract(entry) }));
        }
        else
        {
            var message = Encoding.UTF8.GetBytes(entry.Message);
            output.WriteTextLine(selectors.Count > 0 ? string.Join('\t', selectors.Select(selector => selector.Read(message, pattern))) : entry.Message);
        }
    }

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
