using System.Text;
using System.Text.Json;
using LogDelivery.Json;

namespace LogDelivery.Logs.Shapes;

/// <summary>
/// Detects from the first bytes the output of tools that write each record as JSON text in a string. Sources: CloudTrail
/// API reference, LookupEvents (<c>Events[].CloudTrailEvent</c>); CloudWatch Logs API reference, FilterLogEvents and
/// GetLogEvents (<c>events[].message</c>), GetQueryResults (<c>results[][]</c> of <c>field</c> and <c>value</c>); SQS API
/// reference, ReceiveMessage (<c>Messages[].Body</c>); SNS developer guide, HTTP/HTTPS notification JSON format
/// (<c>Message</c>); Lambda developer guide, with-sqs and with-sns (<c>Records[].body</c>, <c>Records[].Sns.Message</c>).
/// AWS Tools for PowerShell name the same members with a capital letter. Each is also recognized without its enclosing
/// object, as <c>jq</c> outputs it.
/// </summary>
internal static class EnvelopeShapes
{
    /// <summary>Detects the shape; <see langword="null"/> when it is another one.</summary>
    /// <param name="json">The first bytes of a text that begins with an object or an array.</param>
    public static LogShape? Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        try
        {
            return reader.Read() ? OfValue(ref reader) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Counts the arrays that enclose a row of query results, without the array of the member <c>results</c>.</summary>
    /// <param name="head">The first bytes of the text.</param>
    public static int LevelsAboveRows(ReadOnlySpan<byte> head)
    {
        var levels = 0;
        var text = JsonText.TrimStart(head);
        while (text is [(byte)'[', .. var rest])
        {
            levels++;
            text = JsonText.TrimStart(rest);
        }

        return OfObjectAlone(text) == LogShape.QueryResults ? levels : levels - 1;
    }

    /// <summary>Whether records of the shape carry log events.</summary>
    public static bool CarriesEvents(this LogShape shape)
        => shape is LogShape.SubscriptionEnvelope or LogShape.LookupEvents or LogShape.LogEvents or LogShape.QueryResults or LogShape.RecordStrings or LogShape.QueryCsv or LogShape.ExportLines or LogShape.Messages;

    private static LogShape? OfObjectAlone(ReadOnlySpan<byte> json) => json is [(byte)'{', ..] ? Find(json) : null;

    private static LogShape? OfValue(ref Utf8JsonReader reader)
    {
        var arrays = 0;
        while (reader.TokenType == JsonTokenType.StartArray && reader.Read())
        {
            arrays++;
        }

        return reader.TokenType == JsonTokenType.StartObject ? OfObject(ref reader, isInArray: arrays > 0) : null;
    }

    private static LogShape? OfObject(ref Utf8JsonReader reader, bool isInArray)
    {
        var members = Members.None;
        LogShape? inner = null;
        var depth = reader.CurrentDepth + 1;
        try
        {
            while (inner is null && reader.Read() && reader.CurrentDepth >= depth)
            {
                if (reader.CurrentDepth != depth || reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                var member = MemberOf(ref reader);
                members |= member;
                var isArray = member is Members.Events or Members.Results or Members.Messages or Members.Records && reader.Read() && reader.TokenType == JsonTokenType.StartArray;
                inner = isArray ? OfArray(ref reader, member) : null;
                if (isArray && member == Members.Records)
                {
                    // For other formats with records the first one decides, too, and it is long.
                    return inner;
                }
            }
        }
        catch (JsonException)
        {
            // What came before the damage decides.
        }

        return inner ?? OfMembers(members, isInArray);
    }

    // An array with nothing in it is known by its name: nothing was found.
    private static LogShape? OfArray(ref Utf8JsonReader reader, Members member)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return member switch
            {
                Members.Results => LogShape.QueryResults,
                Members.Events => LogShape.LogEvents,
                Members.Messages => LogShape.Messages,
                _ => null,
            };
        }

        var shape = OfValue(ref reader);
        var isOfIt = member switch
        {
            Members.Results => shape == LogShape.QueryResults,
            Members.Events => shape is LogShape.LookupEvents or LogShape.LogEvents,
            _ => shape == LogShape.Messages,
        };
        return isOfIt ? shape : null;
    }

    private static LogShape? OfMembers(Members members, bool isInArray)
        => members.HasFlag(Members.CloudTrailEvent) ? LogShape.LookupEvents
            : members.HasFlag(Members.QueryMessage) ? LogShape.LogEvents
            : members.HasFlag(Members.Message | Members.Timestamp) && (members & (Members.IngestionTime | Members.LogStreamName)) != 0 ? LogShape.LogEvents
            : members.HasFlag(Members.MessageId | Members.ReceiptHandle | Members.Body) || members.HasFlag(Members.MessageId | Members.TopicArn | Members.Message) || members.HasFlag(Members.SubscriptionArn | Members.Sns) ? LogShape.Messages
            : isInArray && members == (Members.Field | Members.Value) ? LogShape.QueryResults
            : null;

    private static Members MemberOf(ref Utf8JsonReader reader) => reader.ValueIsEscaped ? Members.Other : reader.ValueSpan switch
    {
        var name when name.SequenceEqual("CloudTrailEvent"u8) => Members.CloudTrailEvent,
        var name when name.SequenceEqual("@message"u8) => Members.QueryMessage,
        var name when Is(name, "message"u8) => Members.Message,
        var name when Is(name, "timestamp"u8) => Members.Timestamp,
        var name when Is(name, "ingestionTime"u8) => Members.IngestionTime,
        var name when Is(name, "logStreamName"u8) => Members.LogStreamName,
        var name when Is(name, "field"u8) => Members.Field,
        var name when Is(name, "value"u8) => Members.Value,
        var name when Is(name, "events"u8) => Members.Events,
        var name when Is(name, "results"u8) => Members.Results,
        var name when Is(name, "messages"u8) => Members.Messages,
        var name when Is(name, "messageId"u8) => Members.MessageId,
        var name when Is(name, "receiptHandle"u8) => Members.ReceiptHandle,
        var name when Is(name, "body"u8) => Members.Body,
        var name when name.SequenceEqual("TopicArn"u8) => Members.TopicArn,
        var name when name.SequenceEqual("EventSubscriptionArn"u8) => Members.SubscriptionArn,
        var name when name.SequenceEqual("Sns"u8) => Members.Sns,
        var name when name.SequenceEqual("Records"u8) => Members.Records,
        _ => Members.Other,
    };

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(name, expected);

    [Flags]
    private enum Members
    {
        None = 0,
        CloudTrailEvent = 1,
        QueryMessage = 1 << 1,
        Message = 1 << 2,
        Timestamp = 1 << 3,
        IngestionTime = 1 << 4,
        LogStreamName = 1 << 5,
        Field = 1 << 6,
        Value = 1 << 7,
        Events = 1 << 8,
        Results = 1 << 9,
        Messages = 1 << 10,
        MessageId = 1 << 11,
        ReceiptHandle = 1 << 12,
        Body = 1 << 13,
        TopicArn = 1 << 14,
        SubscriptionArn = 1 << 15,
        Sns = 1 << 16,
        Records = 1 << 17,
        Other = 1 << 18,
    }
}
