namespace LogDelivery.Logs.AccessLogs;

/// <summary>
/// All ways to read a line whose head has been read. The client cannot influence how S3 quotes and how many fields it
/// writes, so readings in today's form take precedence over unusual and old ones; only readings of the same rank make a
/// line ambiguous.
/// </summary>
internal sealed class AccessLogAlternatives
{
    private readonly List<AccessLogMiddle> found = [];

    private string problem = "Expected a status, an error code and four numbers behind a request line.";
    private int problemOffset;

    // Request lines are tried from short to long, so the place of the next split only ever grows.
    private int split = -2;
    private int splitAfter = -2;

    private AccessLogAlternatives(int start) => problemOffset = start;

    /// <summary>The readings of the highest rank that has any.</summary>
    public IReadOnlyList<AccessLogMiddle> Best
    {
        get
        {
            IReadOnlyList<AccessLogMiddle> best = [.. found.Where(m => m is { IsCurrent: true, IsUniform: true })];
            if (best.Count == 0)
            {
                best = [.. found.Where(m => m.IsCurrent)];
            }

            return best.Count > 0 ? best : found;
        }
    }

    public static AccessLogAlternatives Find(ReadOnlySpan<byte> line, int start, int last, long ticks)
    {
        var alternatives = new AccessLogAlternatives(start);
        if (line[start] == (byte)'"')
        {
            alternatives.FindQuoted(line, start, last, ticks);
        }
        else if (line[start] == (byte)'-' && start + 1 < line.Length && line[start + 1] == (byte)' ')
        {
            alternatives.Add(line, (start, start + 1), start + 2, last, ticks, isQuoted: false);
        }

        return alternatives;
    }

    public AccessLogReading Apply(ReadOnlySpan<byte> line, ref AccessLogLine result)
    {
        var best = Best;
        if (best.Count == 0)
        {
            result.Problem = problem;
            result.ProblemOffset = problemOffset;
            return AccessLogReading.Damaged;
        }

        best[0].Apply(line, ref result);
        return best.Count == 1 ? AccessLogReading.Clear : AccessLogReading.Ambiguous;
    }

    private void FindQuoted(ReadOnlySpan<byte> line, int start, int last, long ticks)
    {
        if (last <= start)
        {
            problem = "The quotes of the request line are never closed; the line was cut off.";
            problemOffset = line.Length;
            return;
        }

        for (var end = AccessLogParser.NextQuote(line, start + 1, last + 1); end >= 0; end = AccessLogParser.NextQuote(line, end + 1, last + 1))
        {
            if (end + 1 < line.Length && line[end + 1] == (byte)' ')
            {
                Add(line, (start + 1, end), end + 2, last, ticks, isQuoted: true);
            }
        }
    }

    private void Add(ReadOnlySpan<byte> line, (int Start, int End) uri, int outcome, int last, long ticks, bool isQuoted)
    {
        Span<int> ends = stackalloc int[AccessLogMiddle.OutcomeFields];
        var referer = AccessLogParser.ReadOutcome(line, outcome, ends);
        if (referer < 0 || referer >= line.Length)
        {
            return;
        }

        if (line[referer] == (byte)'"')
        {
            MoveSplits(line, referer + 1, last);
            foreach (var at in (ReadOnlySpan<int>)[split, splitAfter])
            {
                if (at >= 0)
                {
                    AddIfComplete(line, new(uri, outcome, (referer + 1, at), (at + 3, last), last + 1) { IsUniform = isQuoted }, ticks);
                }
            }

            if (last > referer && IsDashField(line, last + 2))
            {
                AddIfComplete(line, new(uri, outcome, (referer + 1, last), (last + 2, last + 3), last + 3), ticks);
            }
        }
        else if (IsDashField(line, referer))
        {
            var agent = referer + 2;
            if (agent < line.Length && line[agent] == (byte)'"' && last > agent)
            {
                AddIfComplete(line, new(uri, outcome, (referer, referer + 1), (agent + 1, last), last + 1), ticks);
            }
            else if (last < agent && IsDashField(line, agent))
            {
                AddIfComplete(line, new(uri, outcome, (referer, referer + 1), (agent, agent + 1), agent + 1) { IsUniform = !isQuoted }, ticks);
            }
        }
    }

    private void MoveSplits(ReadOnlySpan<byte> line, int from, int last)
    {
        if (split == -1 || split >= from)
        {
            return;
        }

        split = AccessLogParser.NextSplit(line, from, last);
        splitAfter = split < 0 ? -1 : AccessLogParser.NextSplit(line, split + 1, last);
    }

    private void AddIfComplete(ReadOnlySpan<byte> line, AccessLogMiddle middle, long ticks)
    {
        var tail = default(AccessLogLine);
        tail.Begin(line);
        tail.Ticks = ticks;
        if (AccessLogTail.Read(line, middle.Tail, ref tail))
        {
            found.Add(middle with { IsCurrent = tail.FieldCount >= AccessLogTail.FewestFields });
        }
        else if (found.Count == 0)
        {
            problem = tail.Problem!;
            problemOffset = tail.ProblemOffset;
        }
    }

    // A field that says nothing, with a blank or the end of the line behind it.
    private static bool IsDashField(ReadOnlySpan<byte> line, int start)
        => start < line.Length && line[start] == (byte)'-' && (start + 1 == line.Length || line[start + 1] == (byte)' ');
}
