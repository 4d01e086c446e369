using System.Text.Json.Nodes;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>Makes CloudTrail records. Source: CloudTrail user guide, cloudtrail-event-reference-record-contents.</summary>
internal static class TrailRecords
{
    private static readonly (string Service, string Event, bool ReadOnly)[] EverydayCalls =
    [
        ("ec2", "DescribeInstances", true),
        ("sts", "AssumeRole", true),
        ("kms", "Decrypt", true),
        ("s3", "GetBucketAcl", true),
        ("logs", "CreateLogStream", false),
    ];

    /// <summary>The everyday traffic of an account: a few calls of an application's role.</summary>
    public static IEnumerable<JsonObject> Everyday(string account, string region, DateTimeOffset time)
    {
        for (var i = 0; i < 2; i++)
        {
            var eventTime = time.AddMinutes(-4 + (2 * i));
            var seed = $"{account}/{region}/{eventTime.ToUnixTimeSeconds()}";
            var call = EverydayCalls[(int)((eventTime.ToUnixTimeSeconds() / 60) % EverydayCalls.Length)];
            yield return new JsonObject
            {
                ["eventVersion"] = "1.11",
                ["userIdentity"] = new JsonObject
                {
                    ["type"] = "AssumedRole",
                    ["principalId"] = "AROAEXAMPLEEXAMPLEAPP:app",
                    ["arn"] = $"arn:aws:sts::{account}:assumed-role/app/app",
                    ["accountId"] = account,
                    ["accessKeyId"] = "ASIAEXAMPLEEXAMPLE00",
                },
                ["eventTime"] = GeneratedNames.Iso(eventTime),
                ["eventSource"] = $"{call.Service}.amazonaws.com",
                ["eventName"] = call.Event,
                ["awsRegion"] = region,
                ["sourceIPAddress"] = "192.0.2.10",
                ["userAgent"] = "aws-sdk-java/2.25.0",
                ["requestParameters"] = null,
                ["responseElements"] = null,
                ["requestID"] = GeneratedNames.Guid($"request/{seed}"),
                ["eventID"] = GeneratedNames.Guid($"event/{seed}"),
                ["readOnly"] = call.ReadOnly,
                ["eventType"] = "AwsApiCall",
                ["managementEvent"] = true,
                ["recipientAccountId"] = account,
                ["eventCategory"] = "Management",
            };
        }
    }

    /// <summary>The data event of a delivery, whether it succeeded or not.</summary>
    public static JsonObject DataEvent(WriteAttempt attempt, string requestId)
    {
        var record = new JsonObject
        {
            ["eventVersion"] = "1.11",
            ["userIdentity"] = new JsonObject { ["type"] = "AWSService", ["invokedBy"] = attempt.Principal },
            ["eventTime"] = GeneratedNames.Iso(attempt.Time),
            ["eventSource"] = "s3.amazonaws.com",
            ["eventName"] = "PutObject",
            ["awsRegion"] = attempt.Bucket.Region,
            ["sourceIPAddress"] = attempt.Principal,
            ["userAgent"] = attempt.Principal,
        };
        if (attempt.Failure is { } failure)
        {
            record["errorCode"] = failure.Code;
            record["errorMessage"] = failure.Message;
        }

        var parameters = new JsonObject
        {
            ["bucketName"] = attempt.Bucket.Name,
            ["Host"] = $"{attempt.Bucket.Name}.s3.{attempt.Bucket.Region}.amazonaws.com",
            ["key"] = attempt.Key,
        };
        if (attempt.SendsAcl)
        {
            parameters["x-amz-acl"] = "bucket-owner-full-control";
        }

        record["requestParameters"] = parameters;
        record["responseElements"] = null;
        record["additionalEventData"] = new JsonObject
        {
            ["SignatureVersion"] = "SigV4",
            ["CipherSuite"] = "ECDHE-RSA-AES128-GCM-SHA256",
            ["bytesTransferredIn"] = attempt.Size,
            ["AuthenticationMethod"] = "AuthHeader",
            ["x-amz-id-2"] = GeneratedNames.Mixed(requestId, 60),
            ["bytesTransferredOut"] = attempt.Failure is null ? 0 : 243,
        };
        record["requestID"] = requestId;
        record["eventID"] = GeneratedNames.Guid($"event/{requestId}");
        record["readOnly"] = false;
        record["resources"] = new JsonArray(
            new JsonObject { ["type"] = "AWS::S3::Object", ["ARN"] = $"{attempt.Bucket.Arn}/{attempt.Key}" },
            new JsonObject { ["accountId"] = attempt.Bucket.Owner, ["type"] = "AWS::S3::Bucket", ["ARN"] = attempt.Bucket.Arn });
        record["eventType"] = "AwsApiCall";
        record["managementEvent"] = false;
        record["recipientAccountId"] = attempt.Bucket.Owner;
        record["sharedEventID"] = GeneratedNames.Guid($"shared/{requestId}");
        record["eventCategory"] = "Data";
        return record;
    }

    /// <summary>Whether a trail's selectors include the write events of an object.</summary>
    public static bool SelectsWritesOf(SandboxTrail trail, string objectArn)
        => Basic(trail, objectArn) || Advanced(trail, objectArn);

    private static bool Basic(SandboxTrail trail, string objectArn)
        => trail.EventSelectors?.OfType<JsonObject>().Any(selector =>
            (string?)selector["ReadWriteType"] is null or "All" or "WriteOnly"
            && selector["DataResources"] is JsonArray resources
            && resources.OfType<JsonObject>().Any(r => (string?)r["Type"] == "AWS::S3::Object"
                && r["Values"] is JsonArray values
                && values.Any(v => (string?)v is { } start && objectArn.StartsWith(start, StringComparison.Ordinal)))) == true;

    private static bool Advanced(SandboxTrail trail, string objectArn)
        => trail.AdvancedEventSelectors?.OfType<JsonObject>().Any(selector =>
            selector["FieldSelectors"] is JsonArray fields && fields.OfType<JsonObject>().All(f => (string?)f["Field"] switch
            {
                "eventCategory" => Matches(f, "Data"),
                "resources.type" => Matches(f, "AWS::S3::Object"),
                "resources.ARN" => Matches(f, objectArn),
                "readOnly" => Matches(f, "false"),
                "eventName" => Matches(f, "PutObject"),
                _ => true,
            }) && fields.OfType<JsonObject>().Any(f => (string?)f["Field"] == "resources.type")) == true;

    private static bool Matches(JsonObject field, string value)
        => Any(field, "Equals", v => value == v, true)
        && Any(field, "StartsWith", v => value.StartsWith(v, StringComparison.Ordinal), true)
        && Any(field, "EndsWith", v => value.EndsWith(v, StringComparison.Ordinal), true)
        && !Any(field, "NotEquals", v => value == v, false)
        && !Any(field, "NotStartsWith", v => value.StartsWith(v, StringComparison.Ordinal), false)
        && !Any(field, "NotEndsWith", v => value.EndsWith(v, StringComparison.Ordinal), false);

    private static bool Any(JsonObject field, string op, Func<string, bool> test, bool whenAbsent)
        => field[op] is JsonArray { Count: > 0 } values ? values.Any(v => (string?)v is { } text && test(text)) : whenAbsent;
}
