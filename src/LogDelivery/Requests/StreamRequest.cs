using LogDelivery.Streams;

namespace LogDelivery.Requests;

/// <summary>Chains from log groups through Firehose that are asked about: streams by name or ARN, a log group, or both.</summary>
internal sealed record StreamRequest
{
    /// <summary>The streams by name or ARN; those that the log group sends to when empty.</summary>
    public IReadOnlyList<string> Streams { get; init; } = [];

    /// <summary>The log group; looked for when not given.</summary>
    public string? LogGroupName { get; init; }

    /// <summary>The Region; that of each stream's ARN when not given.</summary>
    public string? Region { get; init; }

    /// <summary>The chains, or the problem that none is named.</summary>
    public Resolved<StreamTarget> Resolve()
    {
        var group = RequestText.OrNull(LogGroupName);
        StreamTarget[] named = [.. RequestText.OrEmpty(Streams).Select(s => TargetOf(s, group))];
        return named.Length > 0 ? new(named, [])
            : group is not null ? new([new(group, null, group, RequestText.OrNull(Region))], [])
            : new([], [new(RequestProblem.InvalidRequest, string.Empty, "Neither a stream nor a log group is given.", "Give a stream, a log group, or both.")]);
    }

    private StreamTarget TargetOf(string text, string? group)
    {
        var name = StreamName.Parse(text)!;
        return new(text, name.Name, group, RequestText.OrNull(Region) ?? name.Region);
    }
}
