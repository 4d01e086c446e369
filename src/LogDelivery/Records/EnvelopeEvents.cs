namespace LogDelivery.Records;

/// <summary>One event of a CloudWatch Logs subscription.</summary>
/// <param name="Message">The message as UTF-8, its escapes resolved.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Timestamp">When it was logged, UTC, to the millisecond.</param>
internal readonly record struct EnvelopeEvent(ReadOnlyMemory<byte> Message, string? Id, DateTimeOffset? Timestamp);

/// <summary>What a subscription envelope carries, kept apart from its text.</summary>
internal sealed class EnvelopeEvents
{
    private EnvelopeEvents()
    {
    }

    public string? LogGroup { get; private set; }

    public string? LogStream { get; private set; }

    /// <summary>The events; none in a control message, which only tests the destination.</summary>
    public List<EnvelopeEvent> Events { get; } = [];

    /// <summary>Whether the envelope is not well-formed behind the events that were read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads an envelope.</summary>
    /// <param name="json">A JSON object.</param>
    /// <returns>The events, or <see langword="null"/> when it is no envelope.</returns>
    public static EnvelopeEvents? Read(ReadOnlySpan<byte> json)
    {
        if (!SubscriptionEnvelope.TryOpen(json, out var envelope))
        {
            return null;
        }

        var result = new EnvelopeEvents { LogGroup = SubscriptionEntry.Text(envelope.LogGroup), LogStream = SubscriptionEntry.Text(envelope.LogStream) };
        EnvelopeStep step;
        while ((step = envelope.TryReadEvent(out var entry)) == EnvelopeStep.Event)
        {
            if (!entry.IsControl)
            {
                result.Events.Add(new(entry.MessageBytes(), SubscriptionEntry.Text(entry.Id), entry.Timestamp));
            }
        }

        result.IsBroken = step == EnvelopeStep.Broken;
        return result;
    }
}
