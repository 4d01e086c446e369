using System.Text.Json.Nodes;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.CloudTrail;

/// <summary>CloudTrail's API for trails. Event data stores and channels are not supported.</summary>
internal sealed class CloudTrailService : JsonService
{
    private readonly SandboxState state;
    private readonly TrailFinder finder;
    private readonly TrailPreflight preflight;

    public CloudTrailService(SandboxState state)
        : base("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101")
    {
        this.state = state;
        finder = new TrailFinder(state);
        preflight = new TrailPreflight(state);
        var selectors = new SelectorOperations(finder);
        var status = new TrailStatusOperation(finder);
        On("CreateTrail", CreateTrail);
        On("UpdateTrail", UpdateTrail);
        On("DeleteTrail", DeleteTrail);
        On("DescribeTrails", DescribeTrails);
        On("ListTrails", ListTrails);
        On("GetTrail", call => new JsonObject { ["Trail"] = Describe(finder.Visible(call, call.Text("Name"))) });
        On("GetTrailStatus", status.Handle);
        On("StartLogging", call => Switch(call, on: true));
        On("StopLogging", call => Switch(call, on: false));
        On("PutEventSelectors", selectors.PutEvents);
        On("GetEventSelectors", selectors.GetEvents);
        On("PutInsightSelectors", selectors.PutInsights);
        On("GetInsightSelectors", selectors.GetInsights);
        On("AddTags", AddTags);
        On("RemoveTags", RemoveTags);
        On("ListTags", ListTags);
        On("LookupEvents", new EventHistory(state).Lookup);
        On("ListPublicKeys", _ => new JsonObject { ["PublicKeyList"] = new JsonArray(PublicKey()) });
    }

    // The key is as old as the sandbox's world can be, and outlives it.
    private JsonObject PublicKey() => new()
    {
        ["Value"] = Convert.ToBase64String(DigestKey.PublicKey),
        ["Fingerprint"] = DigestKey.Fingerprint,
        ["ValidityStartTime"] = WireValues.Time(state.Now.AddYears(-2)),
        ["ValidityEndTime"] = WireValues.Time(state.Now.AddYears(2)),
    };

    private static JsonObject Summary(SandboxTrail trail)
    {
        var topicName = trail.TopicArn is { } arn ? arn[(arn.LastIndexOf(':') + 1)..] : null;
        return new JsonObject { ["Name"] = trail.Name, ["S3BucketName"] = trail.BucketName }
            .With("S3KeyPrefix", trail.KeyPrefix)
            .With("SnsTopicName", topicName)
            .With("SnsTopicARN", trail.TopicArn)
            .With("IncludeGlobalServiceEvents", trail.IncludesGlobalEvents)
            .With("IsMultiRegionTrail", trail.IsMultiRegion)
            .With("TrailARN", trail.Arn)
            .With("LogFileValidationEnabled", trail.ValidatesLogFiles)
            .With("CloudWatchLogsLogGroupArn", trail.LogGroupArn)
            .With("CloudWatchLogsRoleArn", trail.LogGroupRoleArn)
            .With("KmsKeyId", trail.KmsKeyArn)
            .With("IsOrganizationTrail", trail.IsOrganizationTrail);
    }

    private static JsonObject Describe(SandboxTrail trail) => Summary(trail)
        .With("HomeRegion", trail.HomeRegion)
        .With("HasCustomEventSelectors", trail.EventSelectors is not null || trail.AdvancedEventSelectors is not null)
        .With("HasInsightSelectors", trail.InsightSelectors is { Count: > 0 });

    private JsonObject CreateTrail(JsonCall call)
    {
        var name = call.Text("Name");
        TrailNames.Check(name);
        if (state.AccountOf(call.Account).Trails.Values.Any(t => t.Name == name && t.HomeRegion == call.Region))
        {
            throw new ApiException("TrailAlreadyExistsException", $"Trail {name} already exists for customer: {call.Account}");
        }

        if (call.Flag("IsMultiRegionTrail") == true && call.Flag("IncludeGlobalServiceEvents") == false)
        {
            throw new ApiException("InvalidParameterCombinationException", "Multi-Region trail must include global service events.");
        }

        var bucket = call.Text("S3BucketName") ?? throw new ApiException("InvalidS3BucketNameException", "S3 bucket name cannot be blank!");
        var trail = new SandboxTrail(name!, call.Account, call.Region) { BucketName = bucket };
        Apply(call, trail);
        preflight.Check(trail);
        foreach (var tag in call.Input["TagsList"] as JsonArray ?? [])
        {
            trail.Tags[(string?)tag?["Key"] ?? string.Empty] = (string?)tag?["Value"] ?? string.Empty;
        }

        state.AccountOf(call.Account).Trails.Add(trail.Arn, trail);
        return Summary(trail);
    }

    private JsonObject UpdateTrail(JsonCall call)
    {
        var trail = finder.Own(call, call.Text("Name"));

        // What the check refuses must leave the trail as it was.
        var changed = new SandboxTrail(trail.Name, trail.Account, trail.HomeRegion) { BucketName = call.Text("S3BucketName") ?? trail.BucketName };
        Copy(trail, changed);
        Apply(call, changed);
        preflight.Check(changed);
        trail.BucketName = changed.BucketName;
        Copy(changed, trail);
        trail.ChangeCount++;
        return Summary(trail);
    }

    private static void Copy(SandboxTrail from, SandboxTrail to)
    {
        to.KeyPrefix = from.KeyPrefix;
        to.TopicArn = from.TopicArn;
        to.IncludesGlobalEvents = from.IncludesGlobalEvents;
        to.IsMultiRegion = from.IsMultiRegion;
        to.IsOrganizationTrail = from.IsOrganizationTrail;
        to.ValidatesLogFiles = from.ValidatesLogFiles;
        to.LogGroupArn = from.LogGroupArn;
        to.LogGroupRoleArn = from.LogGroupRoleArn;
        to.KmsKeyArn = from.KmsKeyArn;
    }

    // An empty text takes a setting away; an absent one leaves it.
    private void Apply(JsonCall call, SandboxTrail trail)
    {
        static string? Choose(string? given, string? present) => given switch
        {
            null => present,
            "" => null,
            _ => given,
        };
        trail.KeyPrefix = Choose(call.Text("S3KeyPrefix"), trail.KeyPrefix);
        trail.LogGroupArn = Choose(call.Text("CloudWatchLogsLogGroupArn"), trail.LogGroupArn);
        trail.LogGroupRoleArn = Choose(call.Text("CloudWatchLogsRoleArn"), trail.LogGroupRoleArn);
        trail.IncludesGlobalEvents = call.Flag("IncludeGlobalServiceEvents") ?? trail.IncludesGlobalEvents;
        trail.IsMultiRegion = call.Flag("IsMultiRegionTrail") ?? trail.IsMultiRegion;
        trail.IsOrganizationTrail = call.Flag("IsOrganizationTrail") ?? trail.IsOrganizationTrail;
        trail.ValidatesLogFiles = call.Flag("EnableLogFileValidation") ?? trail.ValidatesLogFiles;
        if (call.Text("SnsTopicName") is { } topic)
        {
            trail.TopicArn = topic switch
            {
                "" => null,
                _ when topic.StartsWith("arn:", StringComparison.Ordinal) => topic,
                _ => $"arn:{SandboxState.PartitionOf(trail.HomeRegion)}:sns:{trail.HomeRegion}:{trail.Account}:{topic}",
            };
        }

        if (call.Text("KmsKeyId") is { } key)
        {
            trail.KmsKeyArn = key.Length == 0 ? null : preflight.FindKey(trail, key).Arn;
        }
    }

    private JsonObject? DeleteTrail(JsonCall call)
    {
        var trail = finder.Own(call, call.Text("Name"));
        state.AccountOf(trail.Account).Trails.Remove(trail.Arn);
        return null;
    }

    private JsonObject? Switch(JsonCall call, bool on)
    {
        var trail = finder.Own(call, call.Text("Name"));
        if (trail.IsLogging != on)
        {
            trail.IsLogging = on;
            if (on)
            {
                trail.Started = state.Now;
            }
            else
            {
                trail.Stopped = state.Now;
            }
        }

        return null;
    }

    private JsonObject DescribeTrails(JsonCall call)
    {
        var names = call.Texts("trailNameList");
        var withShadows = call.Flag("includeShadowTrails") ?? true;
        var trails = finder.In(call.Account, call.Region, withShadows);
        if (names.Count > 0)
        {
            trails = trails.Where(t => names.Contains(t.Arn) || names.Contains(t.Name));
        }

        return new JsonObject { ["trailList"] = new JsonArray([.. trails.Select(Describe)]) };
    }

    private JsonObject ListTrails(JsonCall call) => new()
    {
        ["Trails"] = new JsonArray([.. state.TrailsVisibleTo(call.Account).Select(t => new JsonObject
        {
            ["TrailARN"] = t.Arn,
            ["Name"] = t.Name,
            ["HomeRegion"] = t.HomeRegion,
        })]),
    };

    private JsonObject? AddTags(JsonCall call)
    {
        var trail = finder.Visible(call, call.Text("ResourceId"));
        foreach (var tag in call.Input["TagsList"] as JsonArray ?? [])
        {
            trail.Tags[(string?)tag?["Key"] ?? string.Empty] = (string?)tag?["Value"] ?? string.Empty;
        }

        return null;
    }

    private JsonObject? RemoveTags(JsonCall call)
    {
        var trail = finder.Visible(call, call.Text("ResourceId"));
        foreach (var tag in call.Input["TagsList"] as JsonArray ?? [])
        {
            trail.Tags.Remove((string?)tag?["Key"] ?? string.Empty);
        }

        return null;
    }

    private JsonObject ListTags(JsonCall call) => new()
    {
        ["ResourceTagList"] = new JsonArray([.. call.Texts("ResourceIdList").Select(id => finder.Visible(call, id)).Select(t => new JsonObject
        {
            ["ResourceId"] = t.Arn,
            ["TagsList"] = new JsonArray([.. t.Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
        })]),
    };
}
