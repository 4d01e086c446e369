using System.Text.RegularExpressions;

namespace LogDelivery.Tests.Records.AccessLogs;

/// <summary>
/// What the documentation says of a line, as one pattern for each form and every way to place its quotes tried one by one. Slow,
/// and written without a look at the parser that it checks.
/// </summary>
internal static partial class PlainAccessLogReader
{
    public sealed record Reading(string Uri, string Status, string Error, string Sent, string Size, string Total, string TurnAround, string Referer, string Agent);

    /// <summary>Every reading of the form that S3 writes today: all of the client's fields quoted, or none.</summary>
    public static IReadOnlyList<Reading> ReadUniform(string line)
    {
        line = line.TrimEnd(' ', '\r', '\n');
        var head = Head().Match(line);
        if (!head.Success)
        {
            return [];
        }

        var rest = line[head.Length..];
        if (Bare().Match(rest) is { Success: true } bare)
        {
            return [Of("-", bare, "-", "-")];
        }

        var readings = new List<Reading>();
        for (var uriEnd = 1; uriEnd < rest.Length && rest[0] == '"'; uriEnd++)
        {
            if (rest[uriEnd] != '"' || Outcome().Match(rest, uriEnd + 1, rest.Length - uriEnd - 1) is not { Success: true } outcome || outcome.Index != uriEnd + 1)
            {
                continue;
            }

            var refererStart = uriEnd + 1 + outcome.Length + 1;
            for (var refererEnd = refererStart; refererEnd < rest.Length; refererEnd++)
            {
                if (rest[refererEnd] != '"' || string.CompareOrdinal(rest, refererEnd, "\" \"", 0, 3) != 0)
                {
                    continue;
                }

                var agentEnd = rest.LastIndexOf('"');
                if (agentEnd >= refererEnd + 3 && Tail().IsMatch(rest[(agentEnd + 1)..]))
                {
                    readings.Add(Of(rest[1..uriEnd], outcome, rest[refererStart..refererEnd], rest[(refererEnd + 3)..agentEnd]));
                }
            }
        }

        return readings;
    }

    private static Reading Of(string uri, Match outcome, string referer, string agent)
    {
        string Group(string name) => outcome.Groups[name].Value;
        return new(uri, Group("status"), Group("error"), Group("sent"), Group("size"), Group("total"), Group("turn"), referer, agent);
    }

    private const string OutcomePattern = @"(?<status>-|[0-9]{3}) (?<error>-|[A-Za-z][A-Za-z0-9._-]{0,79}) (?<sent>-|[0-9]{1,19}) (?<size>-|[0-9]{1,19}) (?<total>-|[0-9]{1,19}) (?<turn>-|[0-9]{1,19}) ";

    private const string TailPattern = @" [^ ""]+ [^ ""]+ (-|Sig[^ ""]*) [^ ""]+ (-|[A-Za-z]+) [^ ""]+ (-|(TLS|SSL)[^ ""]*)( (-|arn:[^ ""]*)( (-|[A-Za-z]+)( [a-z0-9-]+( [^ ""]+)*)?)?)?$";

    [GeneratedRegex(@"^[^ ]+ [^ ]+ \[[0-9]{2}/(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}\] (-|[0-9A-Fa-f.:]+) [^ ]+ [^ ]+ [A-Za-z0-9._-]+ [^ ]+ ", RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex($"^- {OutcomePattern}- -{TailPattern}", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();

    [GeneratedRegex($@"\G {OutcomePattern}(?="")", RegexOptions.CultureInvariant)]
    private static partial Regex Outcome();

    [GeneratedRegex($"^{TailPattern}", RegexOptions.CultureInvariant)]
    private static partial Regex Tail();
}
