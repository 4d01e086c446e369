using LogDelivery.Streams;

namespace LogDelivery.Requests;

/// <summary>A chain to look at.</summary>
/// <param name="Given">What was given: the stream, or the log group.</param>
/// <param name="StreamName">The name of the stream; <see langword="null"/> for those that the log group sends to.</param>
/// <param name="LogGroupName">The log group, if it was given.</param>
/// <param name="Region">The Region; <see langword="null"/> for the default one.</param>
internal sealed record StreamTarget(string Given, string? StreamName, string? LogGroupName, string? Region)
{
    /// <summary>The query in the Region of a session.</summary>
    /// <param name="region">The Region.</param>
    public StreamQuery QueryIn(string region) => new() { Region = region, StreamName = StreamName, LogGroupName = LogGroupName };
}
