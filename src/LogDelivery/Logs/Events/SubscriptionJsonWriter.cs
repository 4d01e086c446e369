using LogDelivery.Json;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Events;

/// <summary>
/// Writes each event as a JSON object on a line: <c>LogGroup</c>, <c>LogStream</c>, <c>Owner</c>, <c>Id</c>,
/// <c>Timestamp</c> (UTC, ISO 8601 with milliseconds), <c>Message</c>; unknown values are null.
/// </summary>
/// <param name="target">The stream that the lines are written to. It stays open.</param>
internal sealed class SubscriptionJsonWriter(Stream target) : ISubscriptionSink, IDisposable
{
    private readonly JsonOutput output = new(target);

    /// <inheritdoc/>
    public void Take(in SubscriptionEntry entry, LogContent content, long offset)
    {
        output.Raw("{\"LogGroup\":"u8);
        Text(entry.LogGroup);
        output.Raw(",\"LogStream\":"u8);
        Text(entry.LogStream);
        output.Raw(",\"Owner\":"u8);
        Text(entry.Owner);
        output.Raw(",\"Id\":"u8);
        Text(entry.Id);
        output.Raw(",\"Timestamp\":"u8);
        if (entry.Timestamp is { } time)
        {
            output.Time(time);
        }
        else
        {
            output.Raw("null"u8);
        }

        output.Raw(",\"Message\":"u8);
        if (entry.IsEscaped)
        {
            output.Raw("\""u8);
            output.Written(entry.Message);
            output.Raw("\""u8);
        }
        else
        {
            output.Quoted(entry.Message);
        }

        output.Raw("}"u8);
        output.EndLine();
    }

    /// <summary>Writes the remaining output.</summary>
    public void Dispose() => output.Dispose();

    // The escapes were checked when they were read, and are right here as they were there.
    private void Text(ReadOnlySpan<byte> written)
    {
        if (written.IsEmpty)
        {
            output.Raw("null"u8);
            return;
        }

        output.Raw("\""u8);
        output.Written(written);
        output.Raw("\""u8);
    }
}
