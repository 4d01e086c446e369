using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace LogDelivery.Benchmarks.Logs;

/// <summary>What a corpus holds; the numbers are counted while it is written.</summary>
/// <param name="Files">Files.</param>
/// <param name="Records">CloudTrail records.</param>
/// <param name="TextBytes">Bytes of text.</param>
/// <param name="Failures">Failed deliveries.</param>
/// <param name="Noise">Refused probes of delivery sources.</param>
/// <param name="OtherRefusals">Refused requests of people and roles.</param>
internal sealed record CorpusTruth(int Files, long Records, long TextBytes, long Failures, long Noise, long OtherRefusals);

/// <summary>
/// Writes CloudTrail files as a busy account has them: delivery and human traffic mixed, 1 to 3 % of the records failed
/// deliveries, sizes of files lognormal. The same seed writes the same bytes.
/// </summary>
internal sealed class TrailCorpus(int seed)
{
    private const string TruthFile = "truth.json";

    private readonly Random random = new(seed);
    private readonly StringBuilder text = new();
    private long failures;
    private long noise;
    private long otherRefusals;
    private long records;

    /// <summary>The corpus in a folder, written if it is not there yet.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="textBytes">About how much text.</param>
    /// <param name="meanFileBytes">The median of a file's text.</param>
    /// <param name="seed">The seed.</param>
    public static CorpusTruth Ensure(string folder, long textBytes, int meanFileBytes, int seed)
    {
        var truthPath = Path.Combine(folder, TruthFile);
        if (File.Exists(truthPath))
        {
            return JsonSerializer.Deserialize<CorpusTruth>(File.ReadAllText(truthPath))!;
        }

        var logs = Path.Combine(folder, "logs");
        Directory.CreateDirectory(logs);
        var truth = new TrailCorpus(seed).Write(logs, textBytes, meanFileBytes);
        File.WriteAllText(truthPath, JsonSerializer.Serialize(truth));
        return truth;
    }

    private CorpusTruth Write(string folder, long textBytes, int meanFileBytes)
    {
        var written = 0L;
        var files = 0;
        while (written < textBytes)
        {
            var target = Math.Min(meanFileBytes * Math.Exp(1.2 * Normal()), textBytes / 2.0);
            var failureShare = 0.01 + (0.02 * random.NextDouble());
            text.Clear().Append("{\"Records\":[");
            var isFirst = true;
            while (isFirst || text.Length < target)
            {
                text.Append(isFirst ? string.Empty : ",");
                isFirst = false;
                AppendRecord(failureShare);
                records++;
            }

            text.Append("]}");
            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            written += bytes.Length;
            using var file = File.Create(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"111122223333_CloudTrail_us-east-1_{files:000000}_{Token(16)}.json.gz")));
            using var gzip = new GZipStream(file, CompressionLevel.Optimal);
            gzip.Write(bytes);
            files++;
        }

        return new(files, records, written, failures, noise, otherRefusals);
    }

    private void AppendRecord(double failureShare)
    {
        var kind = random.NextDouble();
        if (kind < failureShare)
        {
            failures++;
            AppendDelivery("PutObject", "AccessDenied");
        }
        else if (kind < failureShare + 0.002)
        {
            noise++;
            AppendDelivery("HeadBucket", "AccessDenied");
        }
        else if (kind < 0.18)
        {
            AppendDelivery("PutObject", null);
        }
        else if (kind < 0.21)
        {
            otherRefusals++;
            AppendRequest(random.Next(2) == 0 ? "AccessDenied" : "NoSuchKey");
        }
        else if (kind < 0.85)
        {
            AppendRequest(null);
        }
        else
        {
            AppendManagement();
        }
    }

    private void AppendDelivery(string name, string? error)
    {
        var (principal, folder) = random.Next(4) switch
        {
            0 => ("cloudtrail.amazonaws.com", "CloudTrail"),
            1 => ("logdelivery.elasticloadbalancing.amazonaws.com", "elasticloadbalancing"),
            2 => ("delivery.logs.amazonaws.com", "WAFLogs"),
            _ => ("delivery.logs.amazonaws.com", "vpcflowlogs"),
        };
        var bucket = $"amzn-s3-demo-logs-{random.Next(5)}";
        var time = Time();
        var key = $"AWSLogs/111122223333/{folder}/us-east-1/2026/01/{random.Next(1, 31):00}/111122223333_{folder}_us-east-1_fl-{Hex(17)}_20260131T{random.Next(24):00}{random.Next(60):00}Z_{Hex(8)}.log.gz";
        Begin($"{{\"type\":\"AWSService\",\"invokedBy\":\"{principal}\"}}", time, "s3.amazonaws.com", name, principal, principal);
        AppendError(error);
        var isBucket = name == "HeadBucket";
        text.Append($"\"requestParameters\":{{\"bucketName\":\"{bucket}\",\"Host\":\"{bucket}.s3.us-east-1.amazonaws.com\"{(isBucket ? string.Empty : $",\"x-amz-acl\":\"bucket-owner-full-control\",\"x-amz-server-side-encryption\":\"AES256\",\"key\":\"{key}\"")}}},\"responseElements\":{(error is null ? "{\"x-amz-server-side-encryption\":\"AES256\"}" : "null")},");
        AppendTransfer(error is null ? random.Next(500, 90_000) : 0);
        End(isBucket, bucket, key);
    }

    private void AppendRequest(string? error)
    {
        var role = $"role-{random.Next(40)}";
        var session = $"i-{Hex(17)}";
        var bucket = $"amzn-s3-demo-data-{random.Next(30)}";
        var key = $"tenant={random.Next(200)}/dt=2026-01-{random.Next(1, 31):00}/part-{random.Next(100_000):00000}-{Guid()}.snappy.parquet";
        Begin(
            $"{{\"type\":\"AssumedRole\",\"principalId\":\"AROA{Token(16)}:{session}\",\"arn\":\"arn:aws:sts::111122223333:assumed-role/{role}/{session}\",\"accountId\":\"111122223333\",\"accessKeyId\":\"ASIA{Token(16)}\",\"sessionContext\":{{\"sessionIssuer\":{{\"type\":\"Role\",\"principalId\":\"AROA{Token(16)}\",\"arn\":\"arn:aws:iam::111122223333:role/{role}\",\"accountId\":\"111122223333\",\"userName\":\"{role}\"}},\"attributes\":{{\"creationDate\":\"{Time()}\",\"mfaAuthenticated\":\"false\"}},\"ec2RoleDelivery\":\"2.0\"}}}}",
            Time(),
            "s3.amazonaws.com",
            random.Next(5) == 0 ? "PutObject" : "GetObject",
            $"192.0.2.{random.Next(256)}",
            "[aws-sdk-java/2.31.5 Linux/6.1.0 OpenJDK_64-Bit_Server_VM/21.0.5+11 Java/21.0.5 vendor/Amazon.com_Inc. exec-env/AWS_ECS_EC2 io/sync http/Apache cfg/retry-mode/standard]");
        AppendError(error);
        text.Append($"\"requestParameters\":{{\"bucketName\":\"{bucket}\",\"Host\":\"{bucket}.s3.us-east-1.amazonaws.com\",\"key\":\"{key}\"}},\"responseElements\":null,");
        AppendTransfer(random.Next(100_000));
        End(isBucket: false, bucket, key);
    }

    private void AppendManagement()
    {
        Begin(
            $"{{\"type\":\"AWSService\",\"invokedBy\":\"ec2.amazonaws.com\"}}", Time(), "sts.amazonaws.com", "AssumeRole", "ec2.amazonaws.com", "ec2.amazonaws.com");
        text.Append($"\"requestParameters\":{{\"roleArn\":\"arn:aws:iam::111122223333:role/role-{random.Next(40)}\",\"roleSessionName\":\"i-{Hex(17)}\",\"policy\":\"{{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:*\\\",\\\"Resource\\\":\\\"*\\\"}}]}}\"}},\"responseElements\":{{\"credentials\":{{\"accessKeyId\":\"ASIA{Token(16)}\",\"sessionToken\":\"{Token(200)}\",\"expiration\":\"Jan 31, 2026, 11:59:59 PM\"}}}},");
        text.Append($"\"requestID\":\"{Guid()}\",\"eventID\":\"{Guid()}\",\"readOnly\":true,\"resources\":[{{\"accountId\":\"111122223333\",\"type\":\"AWS::IAM::Role\",\"ARN\":\"arn:aws:iam::111122223333:role/role-{random.Next(40)}\"}}],\"eventType\":\"AwsApiCall\",\"managementEvent\":true,\"recipientAccountId\":\"111122223333\",\"sharedEventID\":\"{Guid()}\",\"eventCategory\":\"Management\"}}");
    }

    private void Begin(string identity, string time, string source, string name, string address, string agent)
        => text.Append($"{{\"eventVersion\":\"1.11\",\"userIdentity\":{identity},\"eventTime\":\"{time}\",\"eventSource\":\"{source}\",\"eventName\":\"{name}\",\"awsRegion\":\"us-east-1\",\"sourceIPAddress\":\"{address}\",\"userAgent\":\"{agent}\",");

    private void AppendError(string? error)
    {
        if (error is not null)
        {
            text.Append($"\"errorCode\":\"{error}\",\"errorMessage\":\"{(error == "NoSuchKey" ? "The specified key does not exist." : "Access Denied")}\",");
        }
    }

    private void AppendTransfer(int bytes)
        => text.Append($"\"additionalEventData\":{{\"SignatureVersion\":\"SigV4\",\"CipherSuite\":\"TLS_AES_128_GCM_SHA256\",\"bytesTransferredIn\":{bytes},\"SSEApplied\":\"Default_SSE_S3\",\"AuthenticationMethod\":\"AuthHeader\",\"x-amz-id-2\":\"{Token(76)}\",\"bytesTransferredOut\":0}},");

    private void End(bool isBucket, string bucket, string key)
        => text.Append($"\"requestID\":\"{Token(16)}\",\"eventID\":\"{Guid()}\",\"readOnly\":false,\"resources\":[{(isBucket ? string.Empty : $"{{\"type\":\"AWS::S3::Object\",\"ARN\":\"arn:aws:s3:::{bucket}/{key}\"}},")}{{\"accountId\":\"111122223333\",\"type\":\"AWS::S3::Bucket\",\"ARN\":\"arn:aws:s3:::{bucket}\"}}],\"eventType\":\"AwsApiCall\",\"managementEvent\":false,\"recipientAccountId\":\"111122223333\",\"sharedEventID\":\"{Guid()}\",\"vpcEndpointId\":\"vpce-0123456789abcdef{random.Next(10)}\",\"eventCategory\":\"Data\",\"tlsDetails\":{{\"tlsVersion\":\"TLSv1.3\",\"cipherSuite\":\"TLS_AES_128_GCM_SHA256\",\"clientProvidedHostHeader\":\"{bucket}.s3.us-east-1.amazonaws.com\"}}}}");

    private string Time() => string.Create(CultureInfo.InvariantCulture, $"2026-01-{random.Next(1, 31):00}T{random.Next(24):00}:{random.Next(60):00}:{random.Next(60):00}Z");

    private string Guid() => $"{Hex(8)}-{Hex(4)}-{Hex(4)}-{Hex(4)}-{Hex(12)}";

    private string Hex(int length) => random.GetString("0123456789abcdef", length);

    private string Token(int length) => random.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
