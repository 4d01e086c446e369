using System.Globalization;
using System.Text.Json;
using LogDelivery.Json;

namespace LogDelivery.Logs.CloudTrail;

/// <summary>
/// The fields of a CloudTrail event that matter for deliveries, read from the event's own keys and not from equal keys at
/// deeper levels. Of duplicate keys the last one counts. Source: CloudTrail user guide,
/// cloudtrail-event-reference-record-contents.
/// </summary>
internal sealed partial class CloudTrailEvent
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

    /// <summary>The time when the request was received, in UTC; <see langword="null"/> when the event has no time.</summary>
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
        while (reader.NextKey(out var key))
        {
            if (key.SequenceEqual("eventTime"u8))
            {
                EventTime = reader.Text();
            }
            else if (key.SequenceEqual("eventSource"u8))
            {
                EventSource = reader.Text();
            }
            else if (key.SequenceEqual("eventName"u8))
            {
                EventName = reader.Text();
            }
            else if (key.SequenceEqual("awsRegion"u8))
            {
                Region = reader.Text();
            }
            else if (key.SequenceEqual("errorCode"u8))
            {
                ErrorCode = reader.Text();
            }
            else if (key.SequenceEqual("errorMessage"u8))
            {
                ErrorMessage = reader.Text();
            }
            else if (key.SequenceEqual("requestID"u8))
            {
                RequestId = reader.Text();
            }
            else if (key.SequenceEqual("recipientAccountId"u8))
            {
                RecipientAccountId = reader.Text();
            }
            else if (key.SequenceEqual("sourceIPAddress"u8))
            {
                SourceAddress = reader.Text();
            }
            else if (key.SequenceEqual("userAgent"u8))
            {
                UserAgent = reader.Text();
            }
            else if (key.SequenceEqual("vpcEndpointId"u8))
            {
                VpcEndpointId = reader.Text();
            }
            else if (key.SequenceEqual("sessionCredentialFromConsole"u8))
            {
                IsFromConsole = reader.TokenType == JsonTokenType.True || reader.Text() == "true";
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
}
