using System.Globalization;
using System.Text;
using LogDelivery.Patterns;
using LogDelivery.Records;

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

    public void Add(string file, LogEventEntry entry)
    {
        var isMatch = pattern.Matches(entry);
        matches += isMatch ? 1 : 0;
        if (style == MatchStyle.Count || (!isMatch && style != MatchStyle.Verdicts))
        {
            return;
        }

        var extracted = isMatch ? Extract(entry.Message) : [];
        output.WriteLine(style switch
        {
            MatchStyle.Verdicts => JsonLine.From(new { Match = isMatch, Extracted = extracted }),
            MatchStyle.Json => JsonLine.From(new
            {
                File = file,
                entry.Number,
                entry.Offset,
                entry.LogGroup,
                entry.LogStream,
                entry.Timestamp,
                Message = Encoding.UTF8.GetString(entry.Message),
                Extracted = extracted,
            }),
            _ when selectors.Count > 0 => Values(entry.Message),
            _ => Encoding.UTF8.GetString(entry.Message),
        });
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

    private Dictionary<string, string?> Extract(ReadOnlySpan<byte> message)
    {
        var values = pattern.Extract(message).ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        foreach (var selector in selectors)
        {
            values[selector.ToString()] = selector.Read(message, pattern);
        }

        return values;
    }

    private string Values(ReadOnlySpan<byte> message)
    {
        var line = new StringBuilder();
        foreach (var selector in selectors)
        {
            line.Append(line.Length > 0 || selector != selectors[0] ? "\t" : "").Append(selector.Read(message, pattern));
        }

        return line.ToString();
    }
}
