using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using LogDelivery.Json;

namespace LogDelivery.Logs.Files;

/// <summary>
/// The text within records of Kinesis, of Firehose or of a Lambda invocation, which contain it as base64: in
/// <c>awslogs.data</c>, in <c>Records[].kinesis.data</c>, in <c>Records[].Data</c> of GetRecords, in <c>records[].data</c>
/// of a Firehose transformation, in <c>rawData</c> of records that Firehose could not deliver. Compressed data is
/// decompressed; each one ends with a line end. Memory is bounded by the largest record. Source: Lambda developer guide,
/// services-cloudwatchlogs and with-kinesis; Data Firehose developer guide, data-transformation.
/// </summary>
internal sealed class WrappedPayloads(StoredBytes source, Action<DamageKind, string> report) : ForwardStream
{
    /// <summary>The number of bytes that is enough to decide whether a text is of this kind.</summary>
    public const int HeadLength = 1 << 13;

    // Lambda takes 6 MB, Kinesis 10 MB in a record.
    private const int MaxLength = 32 << 20;
    private const int LongestName = 8;
    private const int MostLayers = 2;

    private readonly ArrayBufferWriter<byte> token = new(1 << 12);
    private Stream? payload;
    private long number;
    private bool isInString;
    private bool isEscaped;
    private bool isPayload;
    private bool isTooLong;
    private bool hasName;
    private bool hasColon;
    private bool owesLineEnd;

    /// <summary>Whether a text is made of such records.</summary>
    /// <param name="head">Its first bytes.</param>
    public static bool IsWrapped(ReadOnlySpan<byte> head)
    {
        var text = JsonText.TrimStart(head);
        if (text is not [(byte)'{', ..])
        {
            return false;
        }

        var reader = new Utf8JsonReader(text, isFinalBlock: false, state: default);
        var seen = new NamesSeen();
        try
        {
            while (reader.Read() && !seen.IsDecided && reader is not { CurrentDepth: 0, TokenType: JsonTokenType.EndObject })
            {
                seen.Add(ref reader);
            }
        }
        catch (JsonException)
        {
            // What came before decides.
        }

        return seen.IsWrapper;
    }

    public override int Read(Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (payload is not null)
            {
                var read = payload.Read(buffer);
                if (read > 0)
                {
                    return read;
                }

                payload.Dispose();
                payload = null;
                owesLineEnd = true;
            }

            if (owesLineEnd)
            {
                owesLineEnd = false;
                buffer[0] = (byte)'\n';
                return 1;
            }

            if (!MoveToNext())
            {
                return 0;
            }
        }

        return 0;
    }

    /// <summary>Continues in another part of a damaged file.</summary>
    public void Restart()
    {
        token.ResetWrittenCount();
        isInString = isEscaped = isPayload = isTooLong = hasName = hasColon = false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            payload?.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsNameOfPayload(ReadOnlySpan<byte> name) => name.SequenceEqual("data"u8) || name.SequenceEqual("Data"u8) || name.SequenceEqual("rawData"u8);

    private bool MoveToNext()
    {
        while (source.Look(1) is { IsEmpty: false } ahead)
        {
            var taken = isInString ? InString(ahead) : Between(ahead);
            source.Take(taken);
            if (!isInString && isPayload)
            {
                isPayload = false;
                if (Open())
                {
                    return true;
                }
            }
        }

        if (isInString && isPayload)
        {
            report(DamageKind.Truncated, $"The text ends within the data of record {number + 1}.");
            Restart();
        }

        return false;
    }

    private int Between(ReadOnlySpan<byte> ahead)
    {
        for (var i = 0; i < ahead.Length; i++)
        {
            switch (ahead[i])
            {
                case (byte)'"':
                    isInString = true;
                    isPayload = hasColon;
                    isTooLong = hasName = hasColon = false;
                    token.ResetWrittenCount();
                    return i + 1;
                case (byte)':':
                    hasColon = hasName;
                    break;
                case (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t':
                    break;
                default:
                    hasName = hasColon = false;
                    break;
            }
        }

        return ahead.Length;
    }

    private int InString(ReadOnlySpan<byte> ahead)
    {
        if (isEscaped)
        {
            isEscaped = false;
            Keep(ahead[..1]);
            return 1;
        }

        var end = ahead.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0)
        {
            Keep(ahead);
            return ahead.Length;
        }

        Keep(ahead[..end]);
        if (ahead[end] == (byte)'\\')
        {
            isEscaped = true;
            Keep(ahead.Slice(end, 1));
            return end + 1;
        }

        isInString = false;
        hasName = !isPayload && IsNameOfPayload(token.WrittenSpan);
        return end + 1;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var most = isPayload ? MaxLength : LongestName;
        if (token.WrittenCount + bytes.Length <= most)
        {
            token.Write(bytes);
        }
        else
        {
            isTooLong = true;
            token.ResetWrittenCount();
        }
    }

    private bool Open()
    {
        number++;
        if (isTooLong)
        {
            report(DamageKind.RecordTooLarge, $"The data of record {number} is larger than {MaxLength >> 20} MB, which no service writes, and was passed over.");
            return false;
        }

        // Nobody has read this text as JSON, so its escapes may be none.
        var bytes = new byte[token.WrittenCount];
        var length = 0;
        if (!JsonEscapes.AreWhole(token.WrittenSpan)
            || Base64.DecodeFromUtf8InPlace(bytes.AsSpan(0, JsonString.Unescape(token.WrittenSpan, bytes)), out length) != OperationStatus.Done)
        {
            report(DamageKind.Malformed, $"The data of record {number} is not base64 and was passed over.");
            return false;
        }

        payload = Decompress(new MemoryStream(bytes, 0, length));
        return true;
    }

    private Stream Decompress(MemoryStream bytes)
    {
        Stream content = bytes;
        Func<Stream>? openAgain = () => new MemoryStream(bytes.ToArray());
        for (var layer = 0; layer < MostLayers; layer++)
        {
            var stored = new StoredBytes(content);
            var isGzip = stored.Look(2) is [0x1f, 0x8b, ..];
            var place = number;
            content = isGzip ? new GzipText(stored, damage => report(damage.Kind, $"In the data of record {place}: {damage.Message}"), openAgain) : new StoredStream(stored);
            openAgain = null;
            if (!isGzip)
            {
                break;
            }
        }

        return content;
    }

    private ref struct NamesSeen
    {
        private bool isFirehose;
        private bool isFailed;
        private bool isInRecords;
        private bool isCloudTrail;

        public bool IsWrapper { get; private set; }

        public bool IsDecided { get; private set; }

        public void Add(ref Utf8JsonReader reader)
        {
            if (reader.TokenType == JsonTokenType.EndObject && isInRecords && reader.CurrentDepth == 2)
            {
                // The first record decides for all.
                IsDecided = true;
                return;
            }

            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                return;
            }

            if (reader.CurrentDepth == 1)
            {
                isInRecords = reader.NameIs("Records"u8);
                isFirehose |= reader.NameIs("invocationId"u8) || reader.NameIs("deliveryStreamArn"u8);
                isFailed |= reader.NameIs("attemptsMade"u8) || reader.NameIs("errorCode"u8);
                IsWrapper |= reader.NameIs("awslogs"u8)
                    || (isFirehose && reader.NameIs("records"u8))
                    || (isFailed && reader.NameIs("rawData"u8));
            }
            else if (isInRecords && reader.CurrentDepth == 3)
            {
                // A CloudTrail record may have a member of any name, but none of these services writes its eventVersion beside the data.
                isCloudTrail |= reader.NameIs("eventVersion"u8);
                IsWrapper |= !isCloudTrail && (reader.NameIs("kinesis"u8) || (reader.NameIs("Data"u8) && IsBeforeText(reader)));
            }

            IsDecided = IsWrapper || isCloudTrail;
        }

        // The text may be longer than the head.
        private static bool IsBeforeText(Utf8JsonReader reader) => !reader.Read() || reader.TokenType == JsonTokenType.String;
    }
}
