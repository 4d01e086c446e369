using System.Text.Json.Nodes;
using LogDelivery.Logs.Files;

namespace LogDelivery.Tests.Records;

/// <summary>CloudTrail data events of S3, as the documentation shows them.</summary>
internal static class S3Events
{
    public const string Account = "111122223333";

    public static JsonObject Session(string role = "app", string session = "i-0123456789abcdef0") => new()
    {
        ["type"] = "AssumedRole",
        ["principalId"] = $"AROAEXAMPLE:{session}",
        ["arn"] = $"arn:aws:sts::{Account}:assumed-role/{role}/{session}",
        ["accountId"] = Account,
        ["accessKeyId"] = "ASIAEXAMPLE",
        ["sessionContext"] = new JsonObject
        {
            ["sessionIssuer"] = new JsonObject { ["type"] = "Role", ["principalId"] = "AROAEXAMPLE", ["arn"] = $"arn:aws:iam::{Account}:role/{role}", ["accountId"] = Account, ["userName"] = role },
            ["attributes"] = new JsonObject { ["creationDate"] = "2026-04-01T08:00:00Z", ["mfaAuthenticated"] = "false" },
        },
    };

    public static JsonObject User(string name = "reader") => new()
    {
        ["type"] = "IAMUser",
        ["principalId"] = "AIDAEXAMPLE",
        ["arn"] = $"arn:aws:iam::{Account}:user/{name}",
        ["accountId"] = Account,
        ["accessKeyId"] = "AKIAEXAMPLE",
        ["userName"] = name,
    };

    public static JsonObject Event(Action<JsonObject>? change = null)
    {
        var record = new JsonObject
        {
            ["eventVersion"] = "1.09",
            ["userIdentity"] = Session(),
            ["eventTime"] = "2026-04-01T10:20:03Z",
            ["eventSource"] = "s3.amazonaws.com",
            ["eventName"] = "GetObject",
            ["awsRegion"] = "us-east-1",
            ["sourceIPAddress"] = "203.0.113.9",
            ["userAgent"] = "[aws-cli/1.10.56 Python/2.7.12]",
            ["requestParameters"] = new JsonObject { ["bucketName"] = "amzn-s3-demo-bucket", ["Host"] = "amzn-s3-demo-bucket.s3.amazonaws.com", ["key"] = "secret.csv" },
            ["responseElements"] = null,
            ["additionalEventData"] = new JsonObject
            {
                ["SignatureVersion"] = "SigV4",
                ["CipherSuite"] = "ECDHE-RSA-AES128-GCM-SHA256",
                ["bytesTransferredIn"] = 0,
                ["AuthenticationMethod"] = "AuthHeader",
                ["x-amz-id-2"] = "LXLyJXqrMg9w=",
                ["bytesTransferredOut"] = 5000.0,
            },
            ["requestID"] = "D2A9EXAMPLE",
            ["eventID"] = "f54a8cfd-c2f0-4a20-9d76-111122223333",
            ["readOnly"] = true,
            ["resources"] = new JsonArray(
                new JsonObject { ["type"] = "AWS::S3::Object", ["ARN"] = "arn:aws:s3:::amzn-s3-demo-bucket/secret.csv" },
                new JsonObject { ["accountId"] = Account, ["type"] = "AWS::S3::Bucket", ["ARN"] = "arn:aws:s3:::amzn-s3-demo-bucket" }),
            ["eventType"] = "AwsApiCall",
            ["recipientAccountId"] = Account,
        };
        change?.Invoke(record);
        return record;
    }

    /// <summary>Signed with another version.</summary>
    public static JsonObject Signed(string version, Action<JsonObject>? change = null) => Event(e =>
    {
        e["additionalEventData"]!["SignatureVersion"] = version;
        change?.Invoke(e);
    });

    public static LogObject File(params JsonObject[] records) => new MemoryObject(new JsonObject { ["Records"] = new JsonArray([.. records]) }.ToJsonString(), "trail.json");

    /// <summary>The same records as EventBridge wraps them, one a line.</summary>
    public static LogObject Wrapped(params JsonObject[] records) => new MemoryObject(
        string.Concat(records.Select(r => new JsonObject
        {
            ["version"] = "0",
            ["id"] = "5b7b3c0c-8cf7-1111-1125-111122223333",
            ["detail-type"] = "AWS API Call via CloudTrail",
            ["source"] = "aws.s3",
            ["account"] = Account,
            ["time"] = "2026-04-01T10:20:03Z",
            ["region"] = "us-east-1",
            ["resources"] = new JsonArray(),
            ["detail"] = r.DeepClone(),
        }.ToJsonString() + "\n")),
        "events.jsonl");
}
