namespace LogDelivery.Logs.AccessLogs;

/// <summary>
/// Reads lines of S3 server access logs. The fields at both ends of the line come from S3 and are typed; those between come
/// from clients, with unescaped quotes. So a line is read from both ends, and a middle part that can be split in two ways
/// is reported as ambiguous. Time is linear in the length of the line. Source: S3 user guide, LogFormat.
/// </summary>
internal static class AccessLogParser
{
    private const int HeadFields = (int)AccessLogField.RequestUri;
    private static ReadOnlySpan<byte> Split => "\" \""u8;

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line; blanks and a carriage return at its end do not matter.</param>
    /// <param name="result">The reading with the shortest request line; the position and the problem when there is none.</param>
    /// <returns>Whether there is one reading, several, or none.</returns>
    public static AccessLogReading Parse(ReadOnlySpan<byte> line, out AccessLogLine result)
    {
        result = default;
        line = TrimEnd(line);
        result.Begin(line);
        var outline = default(AccessLogOutline);
        if (outline.TryRead(line) && outline.Length == line.Length)
        {
            outline.Apply(ref result);
            return AccessLogReading.Clear;
        }

        return ReadStepwise(line, ref result);
    }

    /// <summary>Reads a line of any form.</summary>
    internal static AccessLogReading ReadStepwise(ReadOnlySpan<byte> line, ref AccessLogLine result)
    {
        if (!ReadHead(line, ref result, out var start))
        {
            return AccessLogReading.Damaged;
        }

        var last = line.LastIndexOf((byte)'"');
        if (last > start && line[start] == (byte)'"'
            && AccessLogTail.Read(line, last + 1, ref result)
            && result.FieldCount >= AccessLogTail.FewestFields
            && ReadQuoted(line, start, last, ref result) is var reading and not AccessLogReading.Damaged)
        {
            return reading;
        }

        return AccessLogAlternatives.Find(line, start, last, result.Ticks).Apply(line, ref result);
    }

    /// <summary>Returns every reading of a line, the one of <see cref="Parse"/> first.</summary>
    /// <param name="line">The line.</param>
    /// <returns>No reading when the line is damaged. Of those that differ in Referer and User-Agent alone, at most two.</returns>
    public static IReadOnlyList<AccessLogRecord> ReadAll(ReadOnlySpan<byte> line)
    {
        line = TrimEnd(line);
        var result = default(AccessLogLine);
        result.Begin(line);
        if (!ReadHead(line, ref result, out var start))
        {
            return [];
        }

        var records = new List<AccessLogRecord>();
        foreach (var middle in AccessLogAlternatives.Find(line, start, line.LastIndexOf((byte)'"'), result.Ticks).Best)
        {
            middle.Apply(line, ref result);
            records.Add(AccessLogRecord.From(result));
        }

        return records;
    }

    /// <summary>Reads the fields before the request line, which no client can write quotes into.</summary>
    internal static bool ReadHead(ReadOnlySpan<byte> line, ref AccessLogLine result, out int next)
    {
        next = 0;
        for (var field = AccessLogField.BucketOwner; (int)field < HeadFields; field++)
        {
            var length = field == AccessLogField.Time ? TimeLength(line, next) : line[next..].IndexOf((byte)' ');
            if (length <= 0 || !IsValid(field, line.Slice(next, length), ref result))
            {
                result.Problem = ProblemOf(field);
                result.ProblemOffset = next;
                return false;
            }

            result.Set(field, next, next + length);
            next += length + 1;
            if (next >= line.Length)
            {
                result.Problem = "The line ends here; the request line is missing.";
                result.ProblemOffset = line.Length;
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads status, error code and four numbers.</summary>
    /// <returns>The offset of the next field; -1 when these are not found here.</returns>
    internal static int ReadOutcome(ReadOnlySpan<byte> line, int start, scoped Span<int> ends)
    {
        var end = AccessLogText.StatusEnd(line, start);
        for (var i = 0; end >= 0; i++)
        {
            ends[i] = end;
            if (i == ends.Length - 1)
            {
                return end + 1;
            }

            end = i == 0 ? AccessLogText.ErrorCodeEnd(line, end + 1) : AccessLogText.NumberEnd(line, end + 1);
        }

        return -1;
    }

    internal static void SetOutcome(int start, scoped ReadOnlySpan<int> ends, ref AccessLogLine result)
    {
        for (var i = 0; i < ends.Length; i++)
        {
            result.Set(AccessLogField.HttpStatus + i, start, ends[i]);
            start = ends[i] + 1;
        }
    }

    internal static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> line)
    {
        var length = line.Length;
        while (length > 0 && line[length - 1] is (byte)' ' or (byte)'\r' or (byte)'\n')
        {
            length--;
        }

        return line[..length];
    }

    // The form of nearly every line: request line, Referer and User-Agent are quoted, and the last quote ends the User-Agent.
    private static AccessLogReading ReadQuoted(ReadOnlySpan<byte> line, int start, int last, ref AccessLogLine result)
    {
        Span<int> ends = stackalloc int[AccessLogMiddle.OutcomeFields];
        var reading = AccessLogReading.Damaged;
        for (var end = NextQuote(line, start + 1, last); end >= 0; end = NextQuote(line, end + 1, last))
        {
            if (line[end + 1] != (byte)' ')
            {
                continue;
            }

            var referer = ReadOutcome(line, end + 2, ends);
            if (referer < 0 || referer >= last || line[referer] != (byte)'"')
            {
                continue;
            }

            var split = NextSplit(line, referer + 1, last);
            if (split < 0)
            {
                // What comes later has even less room for a Referer.
                break;
            }

            if (reading == AccessLogReading.Clear)
            {
                return AccessLogReading.Ambiguous;
            }

            result.Set(AccessLogField.RequestUri, start + 1, end);
            SetOutcome(end + 2, ends, ref result);
            result.Set(AccessLogField.Referer, referer + 1, split);
            result.Set(AccessLogField.UserAgent, split + Split.Length, last);
            if (NextSplit(line, split + 1, last) >= 0)
            {
                return AccessLogReading.Ambiguous;
            }

            reading = AccessLogReading.Clear;
        }

        return reading;
    }

    internal static int NextQuote(ReadOnlySpan<byte> line, int from, int last)
    {
        if (from >= last)
        {
            return -1;
        }

        var at = line[from..last].IndexOf((byte)'"');
        return at < 0 ? -1 : from + at;
    }

    /// <summary>Finds the next position where a Referer can end and a User-Agent begin, such that the User-Agent ends with the last quote.</summary>
    internal static int NextSplit(ReadOnlySpan<byte> line, int from, int last)
    {
        if (from >= last)
        {
            return -1;
        }

        var at = line[from..last].IndexOf(Split);
        return at < 0 ? -1 : from + at;
    }

    private static int TimeLength(ReadOnlySpan<byte> line, int start)
        => start + AccessLogText.TimeLength < line.Length && line[start + AccessLogText.TimeLength] == (byte)' ' ? AccessLogText.TimeLength : -1;

    private static bool IsValid(AccessLogField field, ReadOnlySpan<byte> text, ref AccessLogLine result)
    {
        switch (field)
        {
            case AccessLogField.Time:
                var isTime = AccessLogText.TryReadTime(text, out var ticks);
                result.Ticks = ticks;
                return isTime;
            case AccessLogField.RemoteIp:
                return AccessLogText.IsAddress(text);
            case AccessLogField.Operation:
                return AccessLogText.IsOperation(text);
            default:
                return true;
        }
    }

    private static string ProblemOf(AccessLogField field) => field switch
    {
        AccessLogField.Time => "Expected a time such as [06/Feb/2019:00:00:38 +0000].",
        AccessLogField.RemoteIp => "Expected an address or -.",
        AccessLogField.Operation => "Expected an operation such as REST.PUT.OBJECT.",
        _ => $"Expected the field {field} with a blank after it.",
    };
}
