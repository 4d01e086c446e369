using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LogDelivery.Benchmarks.Patterns;

/// <summary>CloudTrail files made of a seed: S3 data events and calls of roles, about 1.6 KB a record, 2 % of them refused deliveries.</summary>
internal static class TrailFiles
{
    private static readonly string[] Names =
        ["GetObject", "PutObject", "HeadObject", "ListObjects", "AssumeRole", "DescribeInstances", "GetCallerIdentity", "Decrypt", "GenerateDataKey", "ListBuckets"];

    public static void Write(string folder, int files, int recordsPerFile)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < files; i++)
        {
            var random = new Random(i);
            using var target = new GZipStream(File.Create(Path.Combine(folder, $"111122223333_CloudTrail_us-east-1_{i:0000}.json.gz")), CompressionLevel.Optimal);
            target.Write("{\"Records\":["u8);
            for (var j = 0; j < recordsPerFile; j++)
            {
                target.Write(Encoding.UTF8.GetBytes((j > 0 ? "," : "") + Record(random)));
            }

            target.Write("]}"u8);
        }
    }

    private static string Record(Random random)
    {
        var isDelivery = random.Next(100) < 17;
        var isRefused = isDelivery && random.Next(100) < 12;
        var name = isDelivery ? "PutObject" : Names[random.Next(Names.Length)];
        var source = name is "AssumeRole" or "GetCallerIdentity" ? "sts" : name is "Decrypt" or "GenerateDataKey" ? "kms" : name == "DescribeInstances" ? "ec2" : "s3";
        var identity = isDelivery
            ? "{\"type\":\"AWSService\",\"invokedBy\":\"delivery.logs.amazonaws.com\"}"
            : $"{{\"type\":\"AssumedRole\",\"principalId\":\"AROA{Id(random, 17)}:session-{random.Next(1000)}\",\"arn\":\"arn:aws:sts::111122223333:assumed-role/app-{random.Next(40)}/session-{random.Next(1000)}\",\"accountId\":\"111122223333\",\"accessKeyId\":\"ASIA{Id(random, 16)}\",\"sessionContext\":{{\"sessionIssuer\":{{\"type\":\"Role\",\"principalId\":\"AROA{Id(random, 17)}\",\"arn\":\"arn:aws:iam::111122223333:role/app-{random.Next(40)}\",\"accountId\":\"111122223333\",\"userName\":\"app-{random.Next(40)}\"}},\"attributes\":{{\"creationDate\":\"2026-01-31T10:{random.Next(60):00}:00Z\",\"mfaAuthenticated\":\"false\"}}}}}}";
        var time = string.Create(CultureInfo.InvariantCulture, $"2026-01-31T12:{random.Next(60):00}:{random.Next(60):00}Z");
        return $"{{\"eventVersion\":\"1.11\",\"userIdentity\":{identity},\"eventTime\":\"{time}\",\"eventSource\":\"{source}.amazonaws.com\",\"eventName\":\"{name}\",\"awsRegion\":\"us-east-1\",\"sourceIPAddress\":\"{(isDelivery ? "delivery.logs.amazonaws.com" : $"192.0.2.{random.Next(256)}")}\",\"userAgent\":\"[aws-sdk-java/2.{random.Next(30)}.{random.Next(200)} Linux/5.10.0 OpenJDK_64-Bit_Server_VM/17.0.{random.Next(12)} \\\"exec-env/AWS_ECS\\\"]\","
            + (isRefused ? "\"errorCode\":\"AccessDenied\",\"errorMessage\":\"Access Denied\"," : "")
            + $"\"requestParameters\":{{\"bucketName\":\"amzn-s3-demo-bucket-{random.Next(20)}\",\"Host\":\"amzn-s3-demo-bucket-{random.Next(20)}.s3.us-east-1.amazonaws.com\",\"key\":\"AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/01/31/111122223333_vpcflowlogs_us-east-1_fl-{Id(random, 17)}_20260131T12{random.Next(60):00}Z_{Id(random, 8)}.log.gz\",\"x-amz-acl\":\"bucket-owner-full-control\",\"x-amz-server-side-encryption\":\"AES256\"}},\"responseElements\":{(random.Next(3) == 0 ? "null" : $"{{\"x-amz-server-side-encryption\":\"AES256\",\"x-amz-version-id\":\"{Id(random, 32)}\"}}")},"
            + $"\"additionalEventData\":{{\"SignatureVersion\":\"{(random.Next(33) == 0 ? "SigV2" : "SigV4")}\",\"CipherSuite\":\"ECDHE-RSA-AES128-GCM-SHA256\",\"bytesTransferredIn\":{random.Next(100_000)},\"AuthenticationMethod\":\"AuthHeader\",\"x-amz-id-2\":\"{Id(random, 76)}\",\"bytesTransferredOut\":{random.Next(2_000)}}},\"requestID\":\"{Id(random, 16)}\",\"eventID\":\"{Id(random, 36)}\",\"readOnly\":{(name[0] == 'P' ? "false" : "true")},"
            + "\"resources\":[{\"type\":\"AWS::S3::Object\",\"ARNPrefix\":\"arn:aws:s3:::amzn-s3-demo-bucket/\"},{\"accountId\":\"111122223333\",\"type\":\"AWS::S3::Bucket\",\"ARN\":\"arn:aws:s3:::amzn-s3-demo-bucket\"}],\"eventType\":\"AwsApiCall\",\"managementEvent\":false,\"recipientAccountId\":\"111122223333\","
            + (random.Next(2) == 0 ? $"\"vpcEndpointId\":\"vpce-{Id(random, 17)}\"," : "")
            + $"\"eventCategory\":\"Data\",\"tlsDetails\":{{\"tlsVersion\":\"TLSv1.3\",\"cipherSuite\":\"TLS_AES_128_GCM_SHA256\",\"clientProvidedHostHeader\":\"amzn-s3-demo-bucket.s3.us-east-1.amazonaws.com\"}}}}";
    }

    private static string Id(Random random, int length) => new(random.GetItems<char>("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", length));
}
