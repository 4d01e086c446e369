using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogDelivery.Records;

/// <summary>
/// What a CloudTrail event says about a delivery, read from the event's own keys and not from what looks like them deeper down.
/// Where a key stands twice, the last one counts. Source: CloudTrail user guide, cloudtrail-event-reference-record-contents.
/// </summary>
internal sealed class CloudTrailEvent
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    public string? EventTime { get; private set; }

    public string? EventSource { get; private set; }

    public string? EventName { get; private set; }

    public string? Region { get; private set; }

    public string? ErrorCode { get; private set; }

    public string? ErrorMessage { get; private set; }

    public string? RequestId { get; private set; }

    public string? RecipientAccountId { get; private set; }

    public string? SourceAddress { get; private set; }

    public string? IdentityType { get; private set; }

    public string? InvokedBy { get; private set; }

    public string? IdentityAccountId { get; private set; }

    public string? IdentityArn { get; private set; }

    public string? IdentityPrincipalId { get; private set; }

    public string? RoleArn { get; private set; }

    /// <summary>The name of the user, or of the role that a session is of.</summary>
    public string? UserName { get; private set; }

    public string? UserAgent { get; private set; }

    public string? VpcEndpointId { get; private set; }

    /// <summary>Whether the session began in the AWS Management Console; CloudTrail writes <c>"true"</c>, a string.</summary>
    public bool IsFromConsole { get; private set; }

    public string? SignatureVersion { get; private set; }

    public long? BytesIn { get; private set; }

    public long? BytesOut { get; private set; }

    /// <summary>Whether the event has request parameters at all; without them nothing is known of headers.</summary>
    public bool HasParameters { get; private set; }

    public string? BucketName { get; private set; }

    public string? Key { get; private set; }

    public string? Acl { get; private set; }

    public string? SourceArn { get; private set; }

    public string? EncryptedArn { get; private set; }

    public string? ResourceArn { get; private set; }

    /// <summary>The account that owns the bucket.</summary>
    public string? BucketAccountId { get; private set; }

    /// <summary>When the request was received, in UTC; <see langword="null"/> when the event has no time.</summary>
    public DateTime? Time => EventTime is not { } text ? null
        : IsoTime.TryParse(text, out var time) || DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out time) ? time
        : null;

    /// <summary>Reads an event, also one that EventBridge has wrapped.</summary>
    /// <param name="json">One JSON object.</param>
    /// <returns><see langword="null"/> when the text is no object.</returns>
    /// <exception cref="JsonException">The text is not well-formed.</exception>
    public static CloudTrailEvent? Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, AnyDepth);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var found = new CloudTrailEvent();
        var wrapped = default(Utf8JsonReader);
        found.ReadEvent(ref reader, ref wrapped, out var isWrapper);
        while (reader.Read())
        {
            // What follows the object makes the text as a whole ill-formed; the reader says so.
        }

        if (isWrapper && wrapped.TokenType == JsonTokenType.StartObject)
        {
            found = new();
            found.ReadEvent(ref wrapped, ref reader, out _);
        }

        return found;
    }

    private void ReadEvent(ref Utf8JsonReader reader, ref Utf8JsonReader detail, out bool hasDetailType)
    {
        hasDetailType = false;
        while (NextKey(ref reader, out var key))
        {
            if (key.SequenceEqual("eventTime"u8))
            {
                EventTime = Text(ref reader);
            }
            else if (key.SequenceEqual("eventSource"u8))
            {
                EventSource = Text(ref reader);
            }
            else if (key.SequenceEqual("eventName"u8))
            {
                EventName = Text(ref reader);
            }
            else if (key.SequenceEqual("awsRegion"u8))
            {
                Region = Text(ref reader);
            }
            else if (key.SequenceEqual("errorCode"u8))
            {
                ErrorCode = Text(ref reader);
            }
            else if (key.SequenceEqual("errorMessage"u8))
            {
                ErrorMessage = Text(ref reader);
            }
            else if (key.SequenceEqual("requestID"u8))
            {
                RequestId = Text(ref reader);
            }
            else if (key.SequenceEqual("recipientAccountId"u8))
            {
                RecipientAccountId = Text(ref reader);
            }
            else if (key.SequenceEqual("sourceIPAddress"u8))
            {
                SourceAddress = Text(ref reader);
            }
            else if (key.SequenceEqual("userAgent"u8))
            {
                UserAgent = Text(ref reader);
            }
            else if (key.SequenceEqual("vpcEndpointId"u8))
            {
                VpcEndpointId = Text(ref reader);
            }
            else if (key.SequenceEqual("sessionCredentialFromConsole"u8))
            {
                IsFromConsole = reader.TokenType == JsonTokenType.True || Text(ref reader) == "true";
            }
            else if (key.SequenceEqual("userIdentity"u8))
            {
                ReadIdentity(ref reader);
            }
            else if (key.SequenceEqual("requestParameters"u8))
            {
                ReadParameters(ref reader);
            }
            else if (key.SequenceEqual("additionalEventData"u8))
            {
                ReadAdditional(ref reader);
            }
            else if (key.SequenceEqual("resources"u8))
            {
                ReadResources(ref reader);
            }
            else if (key.SequenceEqual("detail"u8))
            {
                detail = reader;
                reader.Skip();
            }
            else if (key.SequenceEqual("detail-type"u8))
            {
                hasDetailType = true;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadIdentity(ref Utf8JsonReader reader)
    {
        IdentityType = InvokedBy = IdentityAccountId = IdentityArn = IdentityPrincipalId = RoleArn = UserName = null;
        if (!IsObject(ref reader))
        {
            return;
        }

        while (NextKey(ref reader, out var key))
        {
            if (key.SequenceEqual("type"u8))
            {
                IdentityType = Text(ref reader);
            }
            else if (key.SequenceEqual("invokedBy"u8))
            {
                InvokedBy = Text(ref reader);
            }
            else if (key.SequenceEqual("accountId"u8))
            {
                IdentityAccountId = Text(ref reader);
            }
            else if (key.SequenceEqual("arn"u8))
            {
                IdentityArn = Text(ref reader);
            }
            else if (key.SequenceEqual("principalId"u8))
            {
                IdentityPrincipalId = Text(ref reader);
            }
            else if (key.SequenceEqual("userName"u8))
            {
                UserName = Text(ref reader);
            }
            else if (key.SequenceEqual("sessionContext"u8))
            {
                ReadSession(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadSession(ref Utf8JsonReader reader)
    {
        RoleArn = null;
        if (!IsObject(ref reader))
        {
            return;
        }

        while (NextKey(ref reader, out var key))
        {
            if (key.SequenceEqual("sessionIssuer"u8) && IsObject(ref reader))
            {
                while (NextKey(ref reader, out var inner))
                {
                    if (inner.SequenceEqual("arn"u8))
                    {
                        RoleArn = Text(ref reader);
                    }
                    else if (inner.SequenceEqual("userName"u8))
                    {
                        UserName = Text(ref reader);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadParameters(ref Utf8JsonReader reader)
    {
        BucketName = Key = Acl = EncryptedArn = null;
        HasParameters = reader.TokenType == JsonTokenType.StartObject;
        if (!IsObject(ref reader))
        {
            return;
        }

        while (NextKey(ref reader, out var key))
        {
            if (key.SequenceEqual("bucketName"u8))
            {
                BucketName = Text(ref reader);
            }
            else if (key.SequenceEqual("key"u8))
            {
                Key = Text(ref reader);
            }
            else if (key.SequenceEqual("x-amz-acl"u8))
            {
                Acl = FirstText(ref reader);
            }
            else if (key.SequenceEqual("encryptionContext"u8))
            {
                ReadEncryptionContext(ref reader);
            }
            else if (IsSourceArn(key))
            {
                SourceArn = Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadAdditional(ref Utf8JsonReader reader)
    {
        SignatureVersion = null;
        BytesIn = BytesOut = null;
        if (!IsObject(ref reader))
        {
            return;
        }

        while (NextKey(ref reader, out var key))
        {
            if (IsSourceArn(key))
            {
                SourceArn = Text(ref reader);
            }
            else if (key.SequenceEqual("SignatureVersion"u8))
            {
                SignatureVersion = Text(ref reader);
            }
            else if (key.SequenceEqual("bytesTransferredIn"u8))
            {
                BytesIn = Number(ref reader);
            }
            else if (key.SequenceEqual("bytesTransferredOut"u8))
            {
                BytesOut = Number(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // Not documented for S3 data events; taken where it is there, under the names that the keys of requests have.
    private static bool IsSourceArn(ReadOnlySpan<byte> key)
        => key.SequenceEqual("sourceArn"u8) || key.SequenceEqual("SourceArn"u8) || key.SequenceEqual("aws:SourceArn"u8) || key.SequenceEqual("x-amz-source-arn"u8);

    private void ReadEncryptionContext(ref Utf8JsonReader reader)
    {
        if (!IsObject(ref reader))
        {
            return;
        }

        while (NextKey(ref reader, out var key))
        {
            if (key.SequenceEqual("aws:s3:arn"u8))
            {
                EncryptedArn = Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadResources(ref Utf8JsonReader reader)
    {
        ResourceArn = BucketAccountId = null;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!IsObject(ref reader))
            {
                continue;
            }

            while (NextKey(ref reader, out var key))
            {
                if (key.SequenceEqual("ARN"u8) && Text(ref reader) is { } arn)
                {
                    // The object's stands before the bucket's; the longer one says more.
                    ResourceArn = ResourceArn is null || arn.StartsWith(ResourceArn, StringComparison.Ordinal) ? arn : ResourceArn;
                }
                else if (key.SequenceEqual("accountId"u8))
                {
                    BucketAccountId = Text(ref reader) ?? BucketAccountId;
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    /// <summary>Moves to the value of the next key of the object.</summary>
    private static bool NextKey(ref Utf8JsonReader reader, out ReadOnlySpan<byte> key)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            key = [];
            return false;
        }

        key = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Decode(ref reader)) : reader.ValueSpan;
        reader.Read();
        return true;
    }

    private static bool IsObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        reader.Skip();
        return false;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return Decode(ref reader);
        }

        reader.Skip();
        return null;
    }

    // Whole numbers, which CloudTrail also writes with a fraction of nothing: 1024.0.
    private static long? Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var whole) ? whole : reader.TryGetDouble(out var number) && Math.Abs(number) < long.MaxValue ? (long)number : null;
        }

        return long.TryParse(Text(ref reader), NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written : null;
    }

    private static string? FirstText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Text(ref reader);
        }

        string? first = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            first ??= Text(ref reader);
        }

        return first;
    }

    // A string that is no Unicode, by its bytes or its escapes, is still shown: with replacement characters, or as it stands.
    private static string Decode(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
