using System.Globalization;
using System.Text.Json.Nodes;
using LogDelivery.Logs.Destinations;
using LogDelivery.Logs.Files;
using Xunit;

namespace LogDelivery.Tests.Records.Destinations;

/// <summary>CloudTrail management events of calls that set destinations.</summary>
internal static class CallEvents
{
    public const string Account = "111122223333";
    public const string Bucket = "amzn-s3-demo-bucket";
    public const string Other = "amzn-s3-demo-other";
    public const string User = $"arn:aws:iam::{Account}:user/admin";
    public const string Trail = $"arn:aws:cloudtrail:us-east-1:{Account}:trail/main";

    private static int count;

    /// <summary>A call.</summary>
    /// <param name="action">Such as <c>cloudtrail:CreateTrail</c>.</param>
    /// <param name="request">The request parameters, as JSON.</param>
    /// <param name="response">The response elements, as JSON.</param>
    /// <param name="minute">Minutes after 2026-03-01T10:00:00Z.</param>
    /// <param name="error">The error code.</param>
    /// <param name="change">What else is different.</param>
    public static JsonObject Call(string action, string request = "null", string response = "null", int minute = 0, string? error = null, Action<JsonObject>? change = null)
    {
        var parts = action.Split(':');
        var record = new JsonObject
        {
            ["eventVersion"] = "1.10",
            ["userIdentity"] = S3Events.User("admin"),
            ["eventTime"] = At(minute).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["eventSource"] = $"{parts[0]}.amazonaws.com",
            ["eventName"] = parts[1],
            ["awsRegion"] = "us-east-1",
            ["sourceIPAddress"] = "203.0.113.9",
            ["requestParameters"] = JsonNode.Parse(request),
            ["responseElements"] = JsonNode.Parse(response),
            ["eventID"] = $"00000000-0000-0000-0000-{Interlocked.Increment(ref count):d12}",
            ["eventType"] = "AwsApiCall",
            ["managementEvent"] = true,
            ["recipientAccountId"] = Account,
            ["eventCategory"] = "Management",
        };
        if (error is not null)
        {
            record["errorCode"] = error;
        }

        change?.Invoke(record);
        return record;
    }

    public static JsonObject CreateTrail(string bucket = Bucket, int minute = 0)
        => Call("cloudtrail:CreateTrail", $$"""{"name":"main","s3BucketName":"{{bucket}}"}""", $$"""{"name":"main","s3BucketName":"{{bucket}}","trailARN":"{{Trail}}"}""", minute);

    public static JsonObject UpdateTrail(string bucket, int minute, string name = "main")
        => Call("cloudtrail:UpdateTrail", $$"""{"name":"{{name}}","s3BucketName":"{{bucket}}"}""", $$"""{"name":"main","s3BucketName":"{{bucket}}","trailARN":"{{Trail}}"}""", minute);

    /// <summary>A flow log, as EC2 calls are logged.</summary>
    public static JsonObject CreateFlowLog(string bucket = Bucket, int minute = 0, string vpc = "vpc-1", string id = "fl-1") => Call(
        "ec2:CreateFlowLogs",
        $$$"""{"CreateFlowLogsRequest":{"ResourceType":"VPC","ResourceId":{"tag":1,"content":"{{{vpc}}}"},"LogDestinationType":"s3","LogDestination":"arn:aws:s3:::{{{bucket}}}/net/"}}""",
        $$$$"""{"CreateFlowLogsResponse":{"unsuccessful":"","flowLogIdSet":{"item":"{{{{id}}}}"}}}""",
        minute);

    public static JsonObject DeleteFlowLog(int minute, params string[] ids)
    {
        var items = string.Join(',', ids.Select((id, i) => $$"""{"tag":{{i + 1}},"content":"{{id}}"}"""));
        return Call("ec2:DeleteFlowLogs", $$$"""{"DeleteFlowLogsRequest":{"FlowLogId":{{{(ids.Length == 1 ? items : $"[{items}]")}}}}}""", """{"DeleteFlowLogsResponse":{"unsuccessful":""}}""", minute);
    }

    /// <summary>An object that is written into a bucket.</summary>
    public static JsonObject Write(int minute, string principal = "config.amazonaws.com", string key = $"AWSLogs/{Account}/Config/x", string bucket = Bucket, string? error = null) => Call(
        "s3:PutObject",
        $$"""{"bucketName":"{{bucket}}","key":"{{key}}"}""",
        minute: minute,
        error: error,
        change: e => e["userIdentity"] = principal.StartsWith("arn:", StringComparison.Ordinal) ? S3Events.User("writer") : new JsonObject { ["type"] = "AWSService", ["invokedBy"] = principal });

    public static DateTime At(int minute) => new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc).AddMinutes(minute);

    public static IReadOnlyList<LogDeliveryDestination> Find(DestinationFilter filter, params JsonObject[] records) => Find(filter, S3Events.File([.. records.Select(r => (JsonObject)r.DeepClone())]));

    public static IReadOnlyList<LogDeliveryDestination> Find(DestinationFilter filter, params LogObject[] files)
    {
        var tally = new ReadTally();
        var found = new DestinationScan(filter, tally).Run(files, cancellationToken: TestContext.Current.CancellationToken).ToArray();
        Assert.Empty(tally.Damages);
        return found;
    }

    /// <summary>Everything, with one expected bucket.</summary>
    public static IReadOnlyList<LogDeliveryDestination> FindAll(params JsonObject[] records) => Find(new DestinationFilter { IncludeAll = true, ExpectedBucketNames = [Bucket] }, records);
}
