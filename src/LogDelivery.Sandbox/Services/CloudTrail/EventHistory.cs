using System.Text.Json.Nodes;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.CloudTrail;

/// <summary>
/// The event history of writes of bucket policies; that of AWS has all management events, with a delay. Source: CloudTrail
/// API reference, LookupEvents.
/// </summary>
internal sealed class EventHistory(SandboxState state)
{
    public JsonObject Lookup(JsonCall call)
    {
        var wanted = (call.Copy("LookupAttributes") ?? []).OfType<JsonObject>().Select(a => ((string?)a["AttributeKey"], (string?)a["AttributeValue"])).ToArray();
        var events = state.PolicyWrites
            .Where(w => w.Region == call.Region && wanted.All(a => a.Item1 switch
            {
                "ResourceName" => a.Item2 == w.Bucket,
                "EventName" => a.Item2 == NameOf(w),
                "EventSource" => a.Item2 == "s3.amazonaws.com",
                _ => false,
            }))
            .Reverse();
        return new JsonObject { ["Events"] = new JsonArray([.. events.Select(Describe)]) };
    }

    private static string NameOf(PolicyWrite write) => write.Policy is null ? "DeleteBucketPolicy" : "PutBucketPolicy";

    // Events have whole seconds.
    private static JsonObject Describe(PolicyWrite write)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(write.Time.ToUnixTimeSeconds());
        var parameters = new JsonObject { ["bucketName"] = write.Bucket, ["policy"] = string.Empty }.With("bucketPolicy", write.Policy is null ? null : JsonNode.Parse(write.Policy));
        var record = new JsonObject
        {
            ["eventVersion"] = "1.09",
            ["userIdentity"] = new JsonObject { ["type"] = "IAMUser", ["arn"] = write.CallerArn },
            ["eventTime"] = GeneratedNames.Iso(time),
            ["eventSource"] = "s3.amazonaws.com",
            ["eventName"] = NameOf(write),
            ["awsRegion"] = write.Region,
            ["requestParameters"] = parameters,
            ["requestID"] = write.Id,
        };
        return new JsonObject
        {
            ["EventId"] = GeneratedNames.Guid($"policy-write/{write.Id}"),
            ["EventName"] = NameOf(write),
            ["EventTime"] = WireValues.Time(time),
            ["EventSource"] = "s3.amazonaws.com",
            ["Username"] = write.CallerArn[(write.CallerArn.LastIndexOf('/') + 1)..],
            ["Resources"] = new JsonArray(new JsonObject { ["ResourceType"] = "AWS::S3::Bucket", ["ResourceName"] = write.Bucket }),
            ["CloudTrailEvent"] = record.ToJsonString(WireJson.Relaxed),
        };
    }
}
