namespace LogDelivery.Logs.AccessLogs;

/// <summary>One way to split the part of a line between its head and its tail. Ranges are in bytes, without quotes.</summary>
internal readonly record struct AccessLogMiddle((int Start, int End) Uri, int Outcome, (int Start, int End) Referer, (int Start, int End) UserAgent, int Tail)
{
    /// <summary>Status, error code and four numbers.</summary>
    public const int OutcomeFields = AccessLogField.TurnAroundTime - AccessLogField.HttpStatus + 1;

    /// <summary>Whether the three fields of the client are all quoted or all not, as S3 writes them.</summary>
    public bool IsUniform { get; init; }

    /// <summary>Whether the line has as many fields as today's have.</summary>
    public bool IsCurrent { get; init; }

    public void Apply(ReadOnlySpan<byte> line, ref AccessLogLine result)
    {
        Span<int> ends = stackalloc int[OutcomeFields];
        AccessLogParser.ReadOutcome(line, Outcome, ends);
        AccessLogParser.SetOutcome(Outcome, ends, ref result);
        AccessLogTail.Read(line, Tail, ref result);
        result.Set(AccessLogField.RequestUri, Uri.Start, Uri.End);
        result.Set(AccessLogField.Referer, Referer.Start, Referer.End);
        result.Set(AccessLogField.UserAgent, UserAgent.Start, UserAgent.End);
    }
}
