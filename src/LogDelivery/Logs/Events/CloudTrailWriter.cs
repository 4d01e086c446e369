using LogDelivery.Json;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Events;

/// <summary>Writes the CloudTrail record of each event on a line of its own.</summary>
/// <param name="target">The stream that the lines are written to. It stays open.</param>
internal sealed class CloudTrailWriter(Stream target) : ISubscriptionSink, IDisposable
{
    private readonly JsonOutput output = new(target);
    private readonly CloudTrailMessages messages = new();

    /// <summary>The number of messages that were left out because they were not CloudTrail records.</summary>
    public long Others => messages.Others;

    /// <inheritdoc/>
    public void Take(in SubscriptionEntry entry, LogContent content, long offset)
    {
        if (messages.TryRead(entry, content, offset, out var record))
        {
            output.OnOneLine(record);
            output.EndLine();
        }
    }

    /// <summary>Writes the remaining output.</summary>
    public void Dispose() => output.Dispose();
}
