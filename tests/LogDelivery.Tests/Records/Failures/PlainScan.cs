using System.Text.Json;
using LogDelivery.Records;

namespace LogDelivery.Tests.Records;

/// <summary>
/// The same question asked the plain way: one tokenizer goes over the whole text, and every record is parsed. No block, no
/// literal, no depth counted by hand.
/// </summary>
internal static class PlainScan
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue, AllowMultipleValues = true };

    /// <summary>The failures of a text, and where the tokenizer gave up, if it did.</summary>
    public static (List<DeliveryFailure> Failures, bool IsWellFormed) Find(byte[] text, LogContent content)
    {
        var failures = new List<DeliveryFailure>();
        try
        {
            var reader = new Utf8JsonReader(text, Options);
            while (reader.Read())
            {
                ReadTop(ref reader, text, content, failures);
            }

            return (failures, true);
        }
        catch (JsonException)
        {
            return (failures, false);
        }
    }

    private static void ReadTop(ref Utf8JsonReader reader, byte[] text, LogContent content, List<DeliveryFailure> failures)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                ReadElements(ref reader, text, content, failures, mayHoldWrappers: true);
                break;
            case JsonTokenType.StartObject:
                ReadObject(ref reader, text, content, failures);
                break;
            default:
                throw new JsonException("Not a record.");
        }
    }

    private static void ReadObject(ref Utf8JsonReader reader, byte[] text, LogContent content, List<DeliveryFailure> failures)
    {
        var start = reader.TokenStartIndex;
        var isWrapper = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRecords = IsRecords(ref reader);
            reader.Read();
            if (isRecords && reader.TokenType == JsonTokenType.StartArray)
            {
                isWrapper = true;
                ReadElements(ref reader, text, content, failures, mayHoldWrappers: false);
            }
            else
            {
                reader.Skip();
            }
        }

        if (!isWrapper)
        {
            Look(text, start, reader.BytesConsumed, content, failures);
        }
    }

    private static bool IsRecords(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.ValueTextEquals("Records"u8);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void ReadElements(ref Utf8JsonReader reader, byte[] text, LogContent content, List<DeliveryFailure> failures, bool mayHoldWrappers)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadElements(ref reader, text, content, failures, mayHoldWrappers: false);
            }
            else if (reader.TokenType == JsonTokenType.StartObject && mayHoldWrappers)
            {
                ReadObject(ref reader, text, content, failures);
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                var start = reader.TokenStartIndex;
                reader.Skip();
                Look(text, start, reader.BytesConsumed, content, failures);
            }
        }
    }

    private static void Look(byte[] text, long start, long end, LogContent content, List<DeliveryFailure> failures)
    {
        if (CloudTrailEvent.Parse(text.AsSpan((int)start..(int)end)) is not { } parsed || CloudTrailAttempts.From(parsed) is not { IsRefused: true } attempt)
        {
            return;
        }

        if (attempt.Kind == DeliveryFailureKind.Failure)
        {
            failures.Add(attempt.ToFailure(content.Source.Name, start));
        }
    }
}
