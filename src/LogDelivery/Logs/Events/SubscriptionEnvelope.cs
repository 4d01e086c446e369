using LogDelivery.Json;

namespace LogDelivery.Logs.Events;

/// <summary>The result of reading the next event of an envelope.</summary>
internal enum EnvelopeStep
{
    /// <summary>An event was read.</summary>
    Event,

    /// <summary>There are no more events.</summary>
    End,

    /// <summary>The text is not well-formed here, or ends.</summary>
    Broken,
}

/// <summary>
/// The envelope in which CloudWatch Logs sends events to a subscription, with its texts still escaped. Source: CloudWatch
/// Logs user guide, SubscriptionFilters and SubscriptionFilters-AccountLevel: <c>messageType</c>, <c>owner</c>,
/// <c>logGroup</c>, <c>logStream</c>, <c>subscriptionFilters</c>, <c>policyLevel</c>, <c>logEvents</c> of <c>id</c>,
/// <c>timestamp</c> (milliseconds since 1970), <c>message</c> and, of space-delimited patterns, <c>extractedFields</c>.
/// </summary>
internal ref struct SubscriptionEnvelope
{
    private JsonFragmentReader scanner;
    private int eventsAt;
    private bool hasMessageType;
    private bool hasReadOne;

    private SubscriptionEnvelope(ReadOnlySpan<byte> json)
    {
        scanner = new(json);
        eventsAt = -1;
    }

    /// <summary>The account of the events, as it is written between its quotes.</summary>
    public ReadOnlySpan<byte> Owner { get; private set; }

    /// <summary>The log group, as it is written.</summary>
    public ReadOnlySpan<byte> LogGroup { get; private set; }

    /// <summary>The log stream, as it is written.</summary>
    public ReadOnlySpan<byte> LogStream { get; private set; }

    /// <summary>Whether it is one of the messages by which CloudWatch Logs tests that the destination is there.</summary>
    public bool IsControl { get; private set; }

    /// <summary>The place in the envelope up to which it was read.</summary>
    public readonly int At => scanner.At;

    /// <summary>Whether an object begins as CloudWatch Logs writes envelopes.</summary>
    /// <param name="json">A record of any kind.</param>
    public static bool BeginsAsUsual(ReadOnlySpan<byte> json) => JsonText.BeginsWithMember(json, "\"messageType\""u8);

    /// <summary>Reads an envelope up to its events.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="envelope">The envelope.</param>
    /// <returns>Whether it is one: it has a message type and events.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> json, out SubscriptionEnvelope envelope)
    {
        envelope = new(json);
        return envelope.ReadMembers() && envelope.eventsAt >= 0 && envelope.hasMessageType;
    }

    /// <summary>Reads the next event.</summary>
    /// <param name="entry">The event, without the data of the envelope.</param>
    public EnvelopeStep TryReadEvent(out SubscriptionEntry entry)
    {
        entry = default;
        if (scanner.Take((byte)']'))
        {
            return EnvelopeStep.End;
        }

        if (hasReadOne && !scanner.Take((byte)','))
        {
            return EnvelopeStep.Broken;
        }

        hasReadOne = true;
        return TryReadMembers(out entry) ? EnvelopeStep.Event : EnvelopeStep.Broken;
    }

    private bool ReadMembers()
    {
        if (!scanner.Take((byte)'{'))
        {
            return false;
        }

        while (scanner.Peek() == (byte)'"')
        {
            if (!scanner.TryReadName(out var name))
            {
                break;
            }

            if (name.SequenceEqual("logEvents"u8) && scanner.Peek() == (byte)'[')
            {
                eventsAt = scanner.At + 1;

                // Usually all relevant members come before the events, and the events need not be read twice.
                if (hasMessageType && !Owner.IsEmpty && !LogGroup.IsEmpty && !LogStream.IsEmpty)
                {
                    break;
                }
            }

            if (!ReadValue(name) || !scanner.Take((byte)','))
            {
                break;
            }
        }

        scanner.At = Math.Max(eventsAt, 0);
        return true;
    }

    private bool ReadValue(ReadOnlySpan<byte> name)
    {
        if (scanner.Peek() != (byte)'"')
        {
            return scanner.TrySkip(out _);
        }

        if (!scanner.TryReadString(out var text))
        {
            return false;
        }

        switch (name)
        {
            case var _ when name.SequenceEqual("messageType"u8):
                hasMessageType = true;
                IsControl = text.SequenceEqual("CONTROL_MESSAGE"u8);
                break;
            case var _ when name.SequenceEqual("owner"u8):
                Owner = text;
                break;
            case var _ when name.SequenceEqual("logGroup"u8):
                LogGroup = text;
                break;
            case var _ when name.SequenceEqual("logStream"u8):
                LogStream = text;
                break;
            default:
                break;
        }

        return true;
    }

    private bool TryReadTime(ref long? time)
    {
        if (!scanner.TrySkip(out var text))
        {
            return false;
        }

        time = System.Buffers.Text.Utf8Parser.TryParse(text, out long number, out var length) && length == text.Length ? number : null;
        return true;
    }

    private bool TryReadMembers(out SubscriptionEntry entry)
    {
        ReadOnlySpan<byte> id = default;
        ReadOnlySpan<byte> message = default;
        long? timestamp = null;
        var hasMessage = false;
        entry = default;
        if (!scanner.Take((byte)'{'))
        {
            return false;
        }

        while (scanner.Peek() == (byte)'"')
        {
            if (!scanner.TryReadName(out var name))
            {
                return false;
            }

            var isText = scanner.Peek() == (byte)'"';
            bool isRead;
            if (isText && name.SequenceEqual("message"u8))
            {
                isRead = hasMessage = scanner.TryReadString(out message);
            }
            else if (isText && name.SequenceEqual("id"u8))
            {
                isRead = scanner.TryReadString(out id);
            }
            else if (!isText && name.SequenceEqual("timestamp"u8))
            {
                isRead = TryReadTime(ref timestamp);
            }
            else
            {
                isRead = scanner.TrySkip(out _);
            }

            if (!isRead)
            {
                return false;
            }

            if (!scanner.Take((byte)','))
            {
                break;
            }
        }

        entry = new(message, isEscaped: true)
        {
            LogGroup = LogGroup,
            LogStream = LogStream,
            Owner = Owner,
            Id = id,
            Milliseconds = timestamp,
            IsControl = IsControl,
        };
        return hasMessage && scanner.Take((byte)'}');
    }
}
