using System.Text.Json.Nodes;
using LogDelivery.Policies;

namespace LogDelivery.Alarms.Presets;

/// <summary>
/// Makes the records of data events that patterns are tried on, with the members that CloudTrail writes. Source: CloudTrail
/// user guide, cloudtrail-event-reference-record-contents; S3 user guide, cloudtrail-logging-understanding-s3-entries.
/// </summary>
internal sealed class SampleRecord
{
    public const string Account = "111122223333";

    private readonly JsonObject record;

    private SampleRecord(JsonObject record) => this.record = record;

    /// <summary>The bucket of samples when no bucket was asked for.</summary>
    public static string BucketOf(PresetValues values) => values.BucketName ?? "amzn-s3-demo-logs";

    /// <summary>A write of an AWS service.</summary>
    public static SampleRecord OfService(string principal, string eventName, string bucket) => Make(
        new JsonObject { ["type"] = "AWSService", ["invokedBy"] = principal }, principal, principal, eventName, bucket);

    /// <summary>A call of a user from a public address.</summary>
    public static SampleRecord OfUser(string eventName, string bucket) => Make(
        new JsonObject
        {
            ["type"] = "IAMUser",
            ["principalId"] = "AIDAEXAMPLEEXAMPLE000",
            ["arn"] = $"arn:aws:iam::{Account}:user/alice",
            ["accountId"] = Account,
            ["userName"] = "alice",
        },
        "198.51.100.7",
        "[aws-cli/2.17.0]",
        eventName,
        bucket);

    public SampleRecord Failing(string code, string message = "Access Denied")
    {
        (record["errorCode"], record["errorMessage"]) = (code, message);
        return this;
    }

    public SampleRecord Through(string vpcEndpointId)
    {
        record["vpcEndpointId"] = vpcEndpointId;
        return this;
    }

    public SampleRecord Sending(long bytes)
    {
        record["additionalEventData"]!["bytesTransferredOut"] = bytes;
        return this;
    }

    public SampleRecord SignedBy(string version)
    {
        record["additionalEventData"]!["SignatureVersion"] = version;
        return this;
    }

    public SampleRecord From(string address)
    {
        record["sourceIPAddress"] = address;
        return this;
    }

    /// <summary>As a management event, such as a look at the bucket's settings.</summary>
    public SampleRecord AsManagementEvent()
    {
        (record["managementEvent"], record["eventCategory"]) = (true, "Management");
        return this;
    }

    /// <summary>The record as a log group of CloudTrail has it.</summary>
    public string ToText() => record.ToJsonString(PolicyJson.Compact);

    /// <summary>The record as EventBridge wraps it.</summary>
    public string ToEventBridgeText() => new JsonObject
    {
        ["version"] = "0",
        ["detail-type"] = "AWS API Call via CloudTrail",
        ["source"] = "aws.s3",
        ["account"] = Account,
        ["time"] = "2026-01-31T09:00:00Z",
        ["region"] = "us-east-1",
        ["resources"] = new JsonArray(),
        ["detail"] = record.DeepClone(),
    }.ToJsonString(PolicyJson.Compact);

    private static SampleRecord Make(JsonObject identity, string address, string agent, string eventName, string bucket) => new(new JsonObject
    {
        ["eventVersion"] = "1.11",
        ["userIdentity"] = identity,
        ["eventTime"] = "2026-01-31T09:00:00Z",
        ["eventSource"] = "s3.amazonaws.com",
        ["eventName"] = eventName,
        ["awsRegion"] = "us-east-1",
        ["sourceIPAddress"] = address,
        ["userAgent"] = agent,
        ["requestParameters"] = new JsonObject
        {
            ["bucketName"] = bucket,
            ["Host"] = $"{bucket}.s3.us-east-1.amazonaws.com",
            ["key"] = $"AWSLogs/{Account}/sample.gz",
        },
        ["responseElements"] = null,
        ["additionalEventData"] = new JsonObject
        {
            ["SignatureVersion"] = "SigV4",
            ["CipherSuite"] = "ECDHE-RSA-AES128-GCM-SHA256",
            ["bytesTransferredIn"] = 0,
            ["AuthenticationMethod"] = "AuthHeader",
            ["bytesTransferredOut"] = 0,
        },
        ["requestID"] = "EXAMPLE000000001",
        ["eventID"] = "00000000-0000-4000-8000-000000000001",
        ["readOnly"] = eventName.StartsWith("Get", StringComparison.Ordinal) || eventName.StartsWith("Head", StringComparison.Ordinal),
        ["resources"] = new JsonArray(new JsonObject { ["type"] = "AWS::S3::Object", ["ARN"] = $"arn:aws:s3:::{bucket}/AWSLogs/{Account}/sample.gz" }),
        ["eventType"] = "AwsApiCall",
        ["managementEvent"] = false,
        ["recipientAccountId"] = Account,
        ["eventCategory"] = "Data",
    });
}
