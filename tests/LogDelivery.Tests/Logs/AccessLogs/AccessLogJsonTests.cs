using System.Text;
using LogDelivery.Logs.AccessLogs;
using Xunit;

namespace LogDelivery.Tests.Records.AccessLogs;

/// <summary>Access logs as CloudWatch Logs gets them.</summary>
public sealed class AccessLogJsonTests
{
    private const string Sample = """
        {
          "schema_version_id": "V_1_0",
          "bucket_arn": "arn:aws:s3:::amzn-s3-demo-logs",
          "bucket_name": "amzn-s3-demo-logs",
          "request_time": "2026-04-29T14:32:16.250Z",
          "bucket_owner_id": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",
          "remote_ip": null,
          "requester": "svc:delivery.logs.amazonaws.com",
          "request_id": "3E57427F33A59F07",
          "operation": "REST.PUT.OBJECT",
          "key_name": "AWSLogs/111122223333/a \"quoted\" name",
          "request_uri": "PUT /AWSLogs/111122223333/a%20%22quoted%22%20name HTTP/1.1",
          "http_status": 403,
          "error_code": "AccessDenied",
          "bytes_sent_size": 243,
          "object_size": null,
          "total_duration": 45,
          "turn_around_duration": 12,
          "referer": null,
          "user_agent": "delivery.logs.amazonaws.com",
          "version_id": null,
          "host_id": "s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6Uk=",
          "signature_version": "SigV4",
          "cipher_suite": "TLS_AES_128_GCM_SHA256",
          "authentication_type": "AuthHeader",
          "host_header": "amzn-s3-demo-logs.s3.us-east-1.amazonaws.com",
          "tls_version": "TLSv1.3",
          "access_point_arn": null,
          "acl_required": false,
          "source_region": "us-east-1",
          "added_some_day": { "nested": [1, { "http_status": 200 }] }
        }
        """;

    [Fact]
    public void Every_field_is_read()
    {
        Assert.True(AccessLogJson.TryRead(Encoding.UTF8.GetBytes(Sample), out var record, out var problem), problem);
        Assert.Equal(
            new AccessLogRecord
            {
                BucketOwner = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",
                BucketName = "amzn-s3-demo-logs",
                Time = new DateTimeOffset(2026, 4, 29, 14, 32, 16, 250, TimeSpan.Zero),
                Requester = "svc:delivery.logs.amazonaws.com",
                RequestId = "3E57427F33A59F07",
                Operation = "REST.PUT.OBJECT",
                Key = "AWSLogs/111122223333/a \"quoted\" name",
                RequestUri = "PUT /AWSLogs/111122223333/a%20%22quoted%22%20name HTTP/1.1",
                HttpStatus = 403,
                ErrorCode = "AccessDenied",
                BytesSent = 243,
                TotalTime = 45,
                TurnAroundTime = 12,
                UserAgent = "delivery.logs.amazonaws.com",
                HostId = "s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6Uk=",
                SignatureVersion = "SigV4",
                CipherSuite = "TLS_AES_128_GCM_SHA256",
                AuthenticationType = "AuthHeader",
                HostHeader = "amzn-s3-demo-logs.s3.us-east-1.amazonaws.com",
                TlsVersion = "TLSv1.3",
                AclRequired = false,
                SourceRegion = "us-east-1",
            },
            record);
        Assert.True(record!.IsError);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"request_time":null}""")]
    [InlineData("""{"request_time":"yesterday"}""")]
    [InlineData("""{"request_time":"2026-04-29T14:32:16.250Z","http_status":"many"}""")]
    [InlineData("""{"request_time":"2026-04-29T14:32:16.250Z","requester":{"type":"x"}}""")]
    [InlineData("""{"request_time":"2026-04-29T14:32:16.250Z","http_status":200""")]
    public void What_is_none_says_why(string json)
    {
        Assert.False(AccessLogJson.TryRead(Encoding.UTF8.GetBytes(json), out var record, out var problem));
        Assert.Null(record);
        Assert.NotEmpty(problem!);
    }

    [Fact]
    public void A_record_cut_off_anywhere_is_none()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(AccessLogJson.TryRead(bytes.AsSpan(0, length), out _, out _), $"{length}");
        }
    }
}
