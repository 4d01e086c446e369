using System.Text.Json;
using LogDelivery.Json;
using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Shapes;

/// <summary>Detects the shape of a log from its first bytes.</summary>
internal static class ShapeDetection
{
    /// <summary>The number of bytes that is enough to decide.</summary>
    public const int HeadLength = 1 << 16;

    /// <summary>Detects the shape.</summary>
    /// <param name="head">The first bytes of the decompressed text.</param>
    public static LogShape Detect(ReadOnlySpan<byte> head)
    {
        var text = JsonText.TrimStart(head);
        return text switch
        {
            [(byte)'{', ..] => EnvelopeShapes.Find(text) ?? OfObject(text),
            [(byte)'[', .. var rest] when BehindBrackets(rest) is [(byte)'{', ..] first => EnvelopeShapes.Find(text) ?? OfArrayOf(first),
            [(byte)'[', .. var rest] when BehindBrackets(rest) is [(byte)']', ..] => LogShape.JsonLines,
            _ when RecordStringCutter.IsOne(text) => LogShape.RecordStrings,
            _ when AccessLogStart.IsOne(FirstLine(text)) => LogShape.AccessLog,
            _ when ExportLine.BeginsWithJson(FirstLine(text)) => LogShape.ExportLines,
            _ when QueryCsvCutter.IsHeader(FirstLine(text)) => LogShape.QueryCsv,
            [] or [(byte)'<', ..] => LogShape.Unknown,
            _ => IsText(text) ? LogShape.Text : LogShape.Unknown,
        };
    }

    /// <summary>Describes content of an unknown shape in a few words: <c>HTML</c>, <c>XML</c>...</summary>
    /// <param name="head">The first bytes of the decompressed text.</param>
    public static string Describe(ReadOnlySpan<byte> head)
    {
        var text = JsonText.TrimStart(head);
        return text switch
        {
            [] => "nothing but blanks",
            [(byte)'<', ..] => StartsWith(text, "<!doctype html"u8) || StartsWith(text, "<html"u8) ? "HTML" : "XML",
            _ => IsText(text) ? "text of another kind" : "no text",
        };
    }

    private static ReadOnlySpan<byte> BehindBrackets(ReadOnlySpan<byte> text)
    {
        var rest = JsonText.TrimStart(text);
        while (rest is [(byte)'[', .. var inner])
        {
            rest = JsonText.TrimStart(inner);
        }

        return rest;
    }

    private static LogShape OfArrayOf(ReadOnlySpan<byte> first)
        => OfObject(first) is var shape && shape is LogShape.SubscriptionEnvelope or LogShape.AccessLogJson or LogShape.CloudTrail ? shape : LogShape.JsonLines;

    private static LogShape OfObject(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text[..Math.Min(text.Length, HeadLength)], isFinalBlock: false, state: default);
        var keys = new KeysSeen();
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject)
                {
                    break;
                }

                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (reader.NameIs("Records"u8))
                {
                    return LogShape.CloudTrail;
                }

                keys.Add(ref reader);
            }
        }
        catch (JsonException)
        {
            // What came before the damage decides; reading the file reports it.
        }

        return keys.Shape;
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text)
        => text.IndexOf((byte)'\n') is >= 0 and var end ? text[..end] : text;

    private static bool IsText(ReadOnlySpan<byte> text)
        => !text.ContainsAnyInRange((byte)0, (byte)8) && new Utf8Check().FirstInvalid(text, isEnd: false) is null;

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase)
        => text.Length >= lowerCase.Length && System.Text.Ascii.EqualsIgnoreCase(text[..lowerCase.Length], lowerCase);

    private struct KeysSeen
    {
        private bool messageType;
        private bool logEvents;
        private bool detail;
        private bool detailType;
        private bool requestTime;
        private bool bucketName;
        private bool digest;

        public readonly LogShape Shape
            => messageType && logEvents ? LogShape.SubscriptionEnvelope
            : detail && detailType ? LogShape.EventBridge
            : requestTime && bucketName ? LogShape.AccessLogJson
            : digest ? LogShape.Digest
            : LogShape.JsonLines;

        public void Add(ref Utf8JsonReader reader)
        {
            messageType |= reader.NameIs("messageType"u8);
            logEvents |= reader.NameIs("logEvents"u8);
            detail |= reader.NameIs("detail"u8);
            detailType |= reader.NameIs("detail-type"u8);
            requestTime |= reader.NameIs("request_time"u8);
            bucketName |= reader.NameIs("bucket_name"u8) || reader.NameIs("bucket_arn"u8);
            digest |= reader.NameIs("digestS3Bucket"u8);
        }
    }
}
