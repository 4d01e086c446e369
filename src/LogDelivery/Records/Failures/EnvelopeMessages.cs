using System.Text.Json;

namespace LogDelivery.Records;

/// <summary>The messages in an envelope of a CloudWatch Logs subscription.</summary>
internal static class EnvelopeMessages
{
    /// <summary>Reads the messages, decoded, of a record that may end too early; what is no envelope is a message itself.</summary>
    /// <param name="record">One envelope, or the beginning of one.</param>
    /// <exception cref="JsonException">The envelope is not well-formed.</exception>
    public static List<byte[]> Read(in LogRecord record)
    {
        var messages = new List<byte[]>();
        if (!SubscriptionEnvelope.TryOpen(record.Bytes, out var envelope))
        {
            if (!record.IsCutOff)
            {
                messages.Add(record.Bytes.ToArray());
            }

            return messages;
        }

        EnvelopeStep step;
        while ((step = envelope.TryReadEvent(out var entry)) == EnvelopeStep.Event)
        {
            messages.Add(entry.MessageBytes());
        }

        return step == EnvelopeStep.Broken && !record.IsCutOff ? throw new JsonException("The envelope is not well-formed.") : messages;
    }
}
