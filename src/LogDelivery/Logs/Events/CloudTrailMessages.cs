using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LogDelivery.Json;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Events;

/// <summary>
/// Extracts CloudTrail records from the messages of log events: a message is a record, or an EventBridge event that
/// contains one in <c>detail</c>. Other messages are counted. Not thread-safe.
/// </summary>
internal sealed class CloudTrailMessages
{
    private byte[] buffer = [];

    // Every event has a name but Insights events; records that a transformation has trimmed keep it, too.
    private static ReadOnlySpan<byte> MemberOfAll => "eventName"u8;

    /// <summary>The number of messages that were not CloudTrail records.</summary>
    public long Others { get; private set; }

    /// <summary>Reads the record of an event.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="content">The file that it is from, where damage is noted.</param>
    /// <param name="offset">The byte offset in the text of the file.</param>
    /// <param name="record">The record: a JSON object, well-formed and in UTF-8. Valid until the next call.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryRead(in SubscriptionEntry entry, LogContent content, long offset, out ReadOnlySpan<byte> record)
    {
        ArgumentNullException.ThrowIfNull(content);
        record = JsonText.TrimStart(entry.Resolve(ref buffer)).TrimEnd(" \t\r\n"u8);
        if (record is not [(byte)'{', ..])
        {
            Others++;
            return false;
        }

        if (!Utf8.IsValid(record))
        {
            record = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(record));
        }

        if (JsonObjectScan.IsObjectWith(record, MemberOfAll))
        {
            return true;
        }

        try
        {
            if (TryFind(ref record))
            {
                return true;
            }

            Others++;
        }
        catch (JsonException) when (record.IndexOf("\"eventVersion\""u8) >= 0)
        {
            content.Report(DamageKind.Malformed, offset, "A message of the events here begins like a CloudTrail record, but is not well-formed JSON.");
        }
        catch (JsonException)
        {
            Others++;
        }

        return false;
    }

    private static bool TryFind(ref ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var (hasName, isBridged) = (false, false);
        var (start, end) = (0, 0);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            hasName |= reader.NameIs(MemberOfAll);
            isBridged |= reader.NameIs("detail-type"u8);
            var isDetail = reader.NameIs("detail"u8);
            reader.Read();
            var at = (int)reader.TokenStartIndex;
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            if (isDetail && isObject)
            {
                (start, end) = (at, (int)reader.BytesConsumed);
            }
        }

        if (hasName || (!isBridged && json.IndexOf("\"AwsCloudTrailInsight\""u8) >= 0))
        {
            return !reader.Read();
        }

        if (!isBridged || end == 0)
        {
            return false;
        }

        json = json[start..end];
        return TryFind(ref json);
    }
}
