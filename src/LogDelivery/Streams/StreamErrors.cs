using System.Globalization;
using System.Text;
using System.Text.Json;
using LogDelivery.Gateways;
using LogDelivery.Json;

namespace LogDelivery.Streams;

/// <summary>An error that Firehose logged. Source: Firehose developer guide, monitoring-with-cloudwatch-logs.</summary>
/// <param name="Time">When. UTC.</param>
/// <param name="Code">The error code, such as <c>S3.AccessDenied</c>.</param>
/// <param name="Message">The message.</param>
internal sealed record StreamError(DateTime Time, string Code, string Message)
{
    /// <summary>Reads an event of the error log; <see langword="null"/> when it is no error of Firehose's.</summary>
    /// <param name="item">The event.</param>
    public static StreamError? From(LogGroupEvent item)
    {
        ArgumentNullException.ThrowIfNull(item);
        try
        {
            using var document = JsonDocument.Parse(JsonEscapes.Mend(Encoding.UTF8.GetBytes(item.Message)));
            var root = document.RootElement;
            return FirehoseMembers.Find(root, "errorCode") is { } code ? new(item.Timestamp, code, FirehoseMembers.Find(root, "errorMessage") ?? FirehoseMembers.Find(root, "message") ?? string.Empty) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// A record that Firehose set aside under the error prefix. Source: Firehose developer guide,
/// data-transformation-failure-handling and record-format-conversion-error-handling.
/// </summary>
/// <param name="Key">The object that it is in.</param>
/// <param name="Code">The error code, such as <c>Lambda.FunctionError</c>.</param>
/// <param name="Message">The message.</param>
/// <param name="Attempts">How often it was tried; <see langword="null"/> where the object does not say.</param>
/// <param name="Arrived">When Firehose took the record. UTC; <see langword="null"/> where the object does not say.</param>
/// <param name="RawDataLength">The length of the record in bytes.</param>
internal sealed record FailedRecord(string Key, string Code, string Message, int? Attempts, DateTime? Arrived, int RawDataLength)
{
    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Reads the records of an object below the error prefix: a JSON object each, whatever stands between them.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="content">Its content, which may end early.</param>
    public static IReadOnlyList<FailedRecord> Read(string key, ReadOnlySpan<byte> content)
    {
        var records = new List<FailedRecord>();
        ReadOnlySpan<byte> rest = JsonEscapes.Mend(content);
        while (true)
        {
            var start = rest.IndexOf((byte)'{');
            if (start < 0)
            {
                return records;
            }

            rest = rest[start..];
            var reader = new Utf8JsonReader(rest, isFinalBlock: true, default);
            try
            {
                using var document = JsonDocument.ParseValue(ref reader);
                if (From(key, document.RootElement) is { } record)
                {
                    records.Add(record);
                }

                rest = rest[(int)reader.BytesConsumed..];
            }
            catch (JsonException)
            {
                // A record that was cut off, or no JSON at all: what came before it counts.
                return records;
            }
        }
    }

    private static FailedRecord? From(string key, JsonElement root)
        => FirehoseMembers.Find(root, "errorCode") is { } code
            ? new(
                key,
                code,
                FirehoseMembers.Find(root, "errorMessage") ?? string.Empty,
                int.TryParse(FirehoseMembers.Find(root, "attemptsMade"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempts) ? attempts : null,
                long.TryParse(FirehoseMembers.Find(root, "arrivalTimestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var arrived) && arrived <= LastMillisecond ? DateTimeOffset.FromUnixTimeMilliseconds(arrived).UtcDateTime : null,
                LengthOf(FirehoseMembers.Find(root, "rawData")))
            : null;

    private static int LengthOf(string? base64)
    {
        if (base64 is null)
        {
            return 0;
        }

        var buffer = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(base64, buffer, out var written) ? written : Encoding.UTF8.GetByteCount(base64);
    }
}

/// <summary>Members of JSON objects that some of Firehose's writers begin with a capital letter.</summary>
internal static class FirehoseMembers
{
    public static string? Find(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in root.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText();
            }
        }

        return null;
    }
}
