using System.Text.Json;
using LogDelivery.Logs.CloudTrail;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;

namespace LogDelivery.Tests.Records;

/// <summary>
/// The same question asked the plain way: a tokenizer goes over every value of the text as a whole, and every record is
/// parsed. No block, no literal, no depth counted by hand.
/// </summary>
internal sealed class PlainScan
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private readonly byte[] text;
    private readonly LogContent content;
    private readonly List<DeliveryFailure> failures = [];

    // Where the value that is read begins in the text.
    private int origin;

    private PlainScan(byte[] text, LogContent content)
    {
        this.text = text;
        this.content = content;
    }

    /// <summary>The failures of a text, and whether the tokenizer came to its end.</summary>
    public static (List<DeliveryFailure> Failures, bool IsWellFormed) Find(byte[] text, LogContent content)
    {
        var scan = new PlainScan(text, content);
        try
        {
            while (text.AsSpan(scan.origin).ContainsAnyExcept(" \t\r\n"u8))
            {
                scan.ReadValue();
            }

            return (scan.failures, true);
        }
        catch (JsonException)
        {
            return (scan.failures, false);
        }
    }

    private void ReadValue()
    {
        var reader = new Utf8JsonReader(text.AsSpan(origin), Options);
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                ReadElements(ref reader, mayHoldWrappers: true);
                break;
            case JsonTokenType.StartObject:
                ReadObject(ref reader);
                break;
            default:
                throw new JsonException("Not a record.");
        }

        origin += (int)reader.BytesConsumed;
    }

    private void ReadObject(ref Utf8JsonReader reader)
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
                ReadElements(ref reader, mayHoldWrappers: false);
            }
            else
            {
                reader.Skip();
            }
        }

        if (!isWrapper)
        {
            Look(start, reader.BytesConsumed);
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

    private void ReadElements(ref Utf8JsonReader reader, bool mayHoldWrappers)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadElements(ref reader, mayHoldWrappers: false);
            }
            else if (reader.TokenType == JsonTokenType.StartObject && mayHoldWrappers)
            {
                ReadObject(ref reader);
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                var start = reader.TokenStartIndex;
                reader.Skip();
                Look(start, reader.BytesConsumed);
            }
        }
    }

    private void Look(long start, long end)
    {
        if (CloudTrailEvent.Parse(text.AsSpan(origin)[(int)start..(int)end]) is not { } parsed || CloudTrailAttempts.From(parsed) is not { IsRefused: true } attempt)
        {
            return;
        }

        if (attempt.Kind == DeliveryFailureKind.Failure)
        {
            failures.Add(attempt.ToFailure(content.Source.Name, origin + start));
        }
    }
}
