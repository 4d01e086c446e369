using System.Globalization;
using System.Text.Json;

namespace LogDelivery.Logs.AccessLogs;

/// <summary>
/// Reads S3 access logs in CloudWatch Logs: one JSON object per request. Source: S3 user guide, sal-cw-log-format
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/sal-cw-log-format.html). The names of fields are
/// <c>request_time</c>, <c>bucket_name</c>, <c>key_name</c>, <c>bytes_sent_size</c> and so on; times are UTC, durations
/// milliseconds. Fields that the page does not list are ignored.
/// </summary>
internal static class AccessLogJson
{
    /// <summary>Reads one object.</summary>
    /// <param name="json">The object with its braces.</param>
    /// <param name="record">The record.</param>
    /// <param name="problem">The problem, when the record could not be parsed.</param>
    /// <returns><see langword="false"/> when it is not well-formed, has no <c>request_time</c>, or a field is of another type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out AccessLogRecord? record, out string? problem)
    {
        record = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                problem = "Expected an object.";
                return false;
            }

            var read = new AccessLogRecord { Time = DateTimeOffset.MinValue };
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                read = ReadField(ref reader, read);
            }

            problem = read.Time == DateTimeOffset.MinValue ? "Expected a time in request_time." : null;
            record = problem is null ? read : null;
            return problem is null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            problem = exception.Message;
            return false;
        }
    }

    private static AccessLogRecord ReadField(ref Utf8JsonReader reader, AccessLogRecord record)
    {
        var name = reader.GetString()!;
        reader.Read();
        switch (name)
        {
            case "request_time":
                return record with { Time = Time(ref reader) };
            case "bucket_owner_id":
                return record with { BucketOwner = Text(ref reader) };
            case "bucket_name":
                return record with { BucketName = Text(ref reader) };
            case "remote_ip":
                return record with { RemoteIp = Text(ref reader) };
            case "requester":
                return record with { Requester = Text(ref reader) };
            case "request_id":
                return record with { RequestId = Text(ref reader) };
            case "operation":
                return record with { Operation = Text(ref reader) };
            case "key_name":
                return record with { Key = Text(ref reader) };
            case "request_uri":
                return record with { RequestUri = Text(ref reader) };
            case "http_status":
                return record with { HttpStatus = (int?)Number(ref reader) };
            case "error_code":
                return record with { ErrorCode = Text(ref reader) };
            case "bytes_sent_size":
                return record with { BytesSent = Number(ref reader) };
            case "object_size":
                return record with { ObjectSize = Number(ref reader) };
            case "total_duration":
                return record with { TotalTime = Number(ref reader) };
            case "turn_around_duration":
                return record with { TurnAroundTime = Number(ref reader) };
            case "referer":
                return record with { Referer = Text(ref reader) };
            case "user_agent":
                return record with { UserAgent = Text(ref reader) };
            case "version_id":
                return record with { VersionId = Text(ref reader) };
            case "host_id":
                return record with { HostId = Text(ref reader) };
            case "signature_version":
                return record with { SignatureVersion = Text(ref reader) };
            case "cipher_suite":
                return record with { CipherSuite = Text(ref reader) };
            case "authentication_type":
                return record with { AuthenticationType = Text(ref reader) };
            case "host_header":
                return record with { HostHeader = Text(ref reader) };
            case "tls_version":
                return record with { TlsVersion = Text(ref reader) };
            case "access_point_arn":
                return record with { AccessPointArn = Text(ref reader) };
            case "acl_required":
                return record with { AclRequired = reader.TokenType == JsonTokenType.Null ? null : reader.GetBoolean() };
            case "source_region":
                return record with { SourceRegion = Text(ref reader) };
            default:
                reader.Skip();
                return record;
        }
    }

    private static DateTimeOffset Time(ref Utf8JsonReader reader)
        => DateTimeOffset.Parse(reader.GetString() ?? string.Empty, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static string? Text(ref Utf8JsonReader reader) => reader.GetString() is { Length: > 0 } text and not "-" ? text : null;

    private static long? Number(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetInt64();
}
