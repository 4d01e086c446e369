namespace LogDelivery.Streams;

/// <summary>Which chain to look at: a stream, a log group, or both.</summary>
internal sealed record StreamQuery
{
    /// <summary>The Region of the stream and the log group.</summary>
    public required string Region { get; init; }

    /// <summary>The stream's name; all that the log group sends to when <see langword="null"/>.</summary>
    public string? StreamName { get; init; }

    /// <summary>The log group; looked for among all groups when <see langword="null"/>.</summary>
    public string? LogGroupName { get; init; }

    /// <summary>How many of the newest events of a log group are compared with the pattern.</summary>
    public int MaxEvents { get; init; } = 1000;

    /// <summary>How many log groups are asked for a filter to the stream, where none is given.</summary>
    public int MaxLogGroups { get; init; } = 200;
}
