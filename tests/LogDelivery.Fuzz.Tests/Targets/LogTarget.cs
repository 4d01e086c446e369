using System.IO.Compression;
using System.Text;
using LogDelivery.Logs.Files;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>
/// Log files. The first letter of an input says how the rest is wrapped: damage is done to the text, so that it reaches behind
/// the wrapping, and to the wrapped bytes.
/// </summary>
internal abstract class LogTarget(string name) : IFuzzTarget
{
    private const string Failure = """{"eventVersion":"1.11","userIdentity":{"type":"AWSService","invokedBy":"delivery.logs.amazonaws.com"},"eventTime":"2026-01-31T23:55:00Z","eventSource":"s3.amazonaws.com","eventName":"PutObject","awsRegion":"ap-northeast-1","sourceIPAddress":"delivery.logs.amazonaws.com","userAgent":"delivery.logs.amazonaws.com","errorCode":"AccessDenied","errorMessage":"Access Denied","requestParameters":{"bucketName":"amzn-s3-demo-bucket","Host":"amzn-s3-demo-bucket.s3.ap-northeast-1.amazonaws.com","x-amz-acl":"bucket-owner-full-control","key":"AWSLogs/111122223333/vpcflowlogs/ap-northeast-1/2026/01/31/111122223333_vpcflowlogs_ap-northeast-1_fl-0123456789abcdef0_20260131T2350Z_abcdef12.log.gz"},"responseElements":null,"additionalEventData":{"SignatureVersion":"SigV2","bytesTransferredOut":9223372036854775807},"requestID":"EXAMPLE123456789","resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::amzn-s3-demo-bucket/k"}],"vpcEndpointId":"vpce-0123456789abcdef0","recipientAccountId":"444455556666","eventCategory":"Data"}""";

    private const string Creation = """{"eventVersion":"1.10","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:paulo","arn":"arn:aws:sts::111122223333:assumed-role/Audit/paulo","accountId":"111122223333"},"eventTime":"2026-03-02T08:00:11Z","eventSource":"cloudtrail.amazonaws.com","eventName":"CreateTrail","awsRegion":"us-east-1","requestParameters":{"name":"management","s3BucketName":"amzn-s3-demo-audit-logs","s3KeyPrefix":"p","isMultiRegionTrail":true},"responseElements":{"name":"management","trailARN":"arn:aws:cloudtrail:us-east-1:111122223333:trail/management","s3BucketName":"amzn-s3-demo-audit-logs"},"recipientAccountId":"111122223333","eventID":"1"}""";

    private const string FlowLogs = """{"eventVersion":"1.10","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/a"},"eventTime":"2026-03-02T08:00:11Z","eventSource":"ec2.amazonaws.com","eventName":"CreateFlowLogs","awsRegion":"us-east-1","requestParameters":{"CreateFlowLogsRequest":{"LogDestinationType":"s3","LogDestination":"arn:aws:s3:::amzn-s3-demo-bucket/folder/","ResourceId":{"tag":1,"content":"vpc-1"},"DestinationOptions":{"HiveCompatiblePartitions":true}}},"responseElements":{"CreateFlowLogsResponse":{"flowLogIdSet":{"item":"fl-0123456789abcdef0"},"unsuccessful":""}},"recipientAccountId":"111122223333"}""";

    private const string Envelope = """{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"/aws/g\u001b","logStream":"s","subscriptionFilters":["f"],"logEvents":[{"id":"36","timestamp":1769817600000,"message":"{\"a\":\"\\ud83d\\udcc4 \\\"x\\\"\"}"},{"id":"37","timestamp":-1,"message":"line\r\ntwo"}]}""";

    private const string AccessLine = """79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be amzn-s3-demo-flow-logs [31/Jan/2026:08:42:43 +0000] - svc:delivery.logs.amazonaws.com 79104E0000000002 REST.PUT.OBJECT AWSLogs/111122223333/vpcflowlogs/ap-northeast-1/2026/01/31/x.log.gz "PUT /AWSLogs/111122223333/x.log.gz?a=%22b HTTP/1.1" 403 AccessDenied 243 - 21 9 "-" "-" - EXAMPLEHOSTID= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader amzn-s3-demo-flow-logs.s3.ap-northeast-1.amazonaws.com TLSv1.2 - -""";

    private const string AccessJson = """{"bucket_owner":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be","bucket":"b","time":"31/Jan/2026:08:42:43 +0000","remote_ip":"192.0.2.3","requester":"svc:delivery.logs.amazonaws.com","request_id":"7","operation":"REST.PUT.OBJECT","key":"AWSLogs/111122223333/x","request_uri":"PUT /x HTTP/1.1","http_status":"403","error_code":"AccessDenied","signature_version":"SigV2","user_agent":"\"-\""}""";

    private static readonly string[] Texts =
    [
        $"{{\"Records\":[{Failure},{Creation}]}}",
        $"[{FlowLogs},\n{Failure}]",
        $"{Failure}\n{Creation}\r\n{FlowLogs}",
        $"{AccessLine}\n{AccessLine}\r\n\n{AccessLine}",
        $"{AccessJson}\n{AccessJson}",
        Envelope,
        $"{Envelope}{Envelope}\n",
        $"[{Envelope},{Failure}]",
        $$$"""{"version":"0","id":"1","detail-type":"AWS API Call via CloudTrail","source":"aws.s3","detail":{{{Failure}}}}""",
        $$$"""{"Events":[{"EventId":"1","EventTime":1769817600.1,"CloudTrailEvent":{{{System.Text.Json.JsonSerializer.Serialize(Creation)}}}}],"NextToken":"t"}""",
        $$$"""{"events":[{"logStreamName":"s","timestamp":1769817600000,"message":{{{System.Text.Json.JsonSerializer.Serialize(Failure)}}},"ingestionTime":1,"eventId":"36"}],"searchedLogStreams":[]}""",
        $$$"""{"results":[[{"field":"@timestamp","value":"2026-01-31 08:00:00.000"},{"field":"@message","value":{{{System.Text.Json.JsonSerializer.Serialize(Failure)}}}},{"field":"@ptr","value":"p"}]],"status":"Complete"}""",
        $"@timestamp,@message,@logStream\n2026-01-31 08:00:00.000,\"{Failure.Replace("\"", "\"\"", StringComparison.Ordinal)}\",s\n",
        $"2026-01-31T08:00:00.000Z {Failure}\n2026-01-31T08:00:00.001Z second line\n",
        $$$"""{"Records":[{"eventSource":"aws:sns","Sns":{"Message":{{{System.Text.Json.JsonSerializer.Serialize(Failure)}}}}},{"body":"{\"Type\":\"Notification\",\"Message\":\"{}\"}"}]}""",
        """{"digestStartTime":"2026-01-31T08:00:00Z","digestS3Bucket":"b","logFiles":[{"s3Bucket":"b","hashValue":"0"}],"previousDigestSignature":null}""",
        "{\"Records\":[]}",
        "plain text\nof two lines",
        "<html><body>no log</body></html>",
    ];

    public string Name => name;

    public int Share => 20;

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            foreach (var (text, index) in Texts.Select((t, i) => (t, i)))
            {
                yield return Encoding.UTF8.GetBytes($"{index % 8}{text}");
            }

            // Damage to what is compressed, in one piece and in two.
            var zipped = Gzip(Encoding.UTF8.GetBytes(Texts[0]));
            yield return [(byte)'0', .. zipped];
            yield return [(byte)'0', .. zipped, .. Gzip(Encoding.UTF8.GetBytes(Texts[2]))];
            yield return [(byte)'0', .. Gzip(zipped)];
            yield return [(byte)'0', .. Wrap("7"u8.ToArray().Concat(Encoding.UTF8.GetBytes(Envelope)).ToArray())];
        }
    }

    public void Run(byte[] input, Screen screen)
    {
        var tally = new ReadTally();
        Read(new MemoryObject(Wrap(input)), tally, screen);
        screen.Show(tally.Damages);
    }

    protected abstract void Read(LogObject source, ReadTally tally, Screen screen);

    private static byte[] Wrap(byte[] input)
    {
        if (input.Length == 0)
        {
            return input;
        }

        var rest = input[1..];
        return (char)input[0] switch
        {
            '1' => Gzip(rest),
            '2' => Gzip(Gzip(rest)),
            '3' => [0xff, 0xfe, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(rest))],
            '4' => [0xfe, 0xff, .. Encoding.BigEndianUnicode.GetBytes(Encoding.UTF8.GetString(rest))],
            '5' => Encoding.UTF8.GetBytes($$$"""{"awslogs":{"data":"{{{Convert.ToBase64String(Gzip(rest))}}}"}}"""),
            '6' => Encoding.UTF8.GetBytes($$$"""{"Records":[{"kinesis":{"data":"{{{Convert.ToBase64String(rest)}}}"},"eventSource":"aws:kinesis"},{"Data":"{{{Convert.ToBase64String(Gzip(rest))}}}"}]}"""),
            '7' => Encoding.UTF8.GetBytes($$$"""{"attemptsMade":4,"errorCode":"e","rawData":"{{{Convert.ToBase64String(Gzip(Gzip(rest)))}}}"}"""),
            _ => rest,
        };
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    private sealed class MemoryObject(byte[] bytes) : LogObject
    {
        public override string Name => "memory\u202e";

        public override long? Length => bytes.Length;

        public override Stream Open() => new MemoryStream(bytes, writable: false);
    }
}
