using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogDelivery.Tests.Records;

/// <summary>CloudTrail events for tests.</summary>
internal static class EventText
{
    public const string FlowLogKey = "AWSLogs/111122223333/vpcflowlogs/ap-northeast-1/2026/01/31/111122223333_vpcflowlogs_ap-northeast-1_fl-0123456789abcdef0_20260131T2350Z_abcdef12.log.gz";

    /// <summary>A delivery's request.</summary>
    public static JsonObject Delivery(
        string? error = "AccessDenied",
        string principal = "delivery.logs.amazonaws.com",
        string? key = FlowLogKey,
        string name = "PutObject",
        string time = "2026-01-31T23:55:00Z",
        string bucket = "amzn-s3-demo-bucket",
        string requestId = "EXAMPLE123456789",
        bool sendsAcl = true)
    {
        var parameters = new JsonObject { ["bucketName"] = bucket, ["Host"] = $"{bucket}.s3.ap-northeast-1.amazonaws.com" };
        if (sendsAcl)
        {
            parameters["x-amz-acl"] = "bucket-owner-full-control";
        }

        if (key is not null)
        {
            parameters["key"] = key;
        }

        var record = new JsonObject
        {
            ["eventVersion"] = "1.11",
            ["userIdentity"] = new JsonObject { ["type"] = "AWSService", ["invokedBy"] = principal },
            ["eventTime"] = time,
            ["eventSource"] = "s3.amazonaws.com",
            ["eventName"] = name,
            ["awsRegion"] = "ap-northeast-1",
            ["sourceIPAddress"] = principal,
            ["userAgent"] = principal,
        };
        if (error is not null)
        {
            record["errorCode"] = error;
            record["errorMessage"] = "Access Denied";
        }

        record["requestParameters"] = parameters;
        record["responseElements"] = null;
        record["requestID"] = requestId;
        record["recipientAccountId"] = "444455556666";
        return record;
    }

    /// <summary>A refused request of a role.</summary>
    public static JsonObject Human(string key = "report.csv")
    {
        var record = Delivery(key: key);
        record["userIdentity"] = new JsonObject
        {
            ["type"] = "AssumedRole",
            ["principalId"] = "AROAEXAMPLE:jane",
            ["arn"] = "arn:aws:sts::111122223333:assumed-role/Analyst/jane",
            ["accountId"] = "111122223333",
            ["sessionContext"] = new JsonObject { ["sessionIssuer"] = new JsonObject { ["arn"] = "arn:aws:iam::111122223333:role/Analyst" } },
        };
        record["sourceIPAddress"] = "192.0.2.10";
        return record;
    }

    public static string File(params JsonObject[] records) => Compact(new JsonObject { ["Records"] = new JsonArray([.. records]) });

    public static string Compact(JsonNode node) => node.ToJsonString();

    public static string Indented(JsonNode node) => node.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
