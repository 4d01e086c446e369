using System.Text.Json.Nodes;

namespace LogDelivery.Sandbox.State;

/// <summary>A trail, with the state of its deliveries per account and Region.</summary>
internal sealed class SandboxTrail(string name, string account, string homeRegion)
{
    private readonly Dictionary<(string Account, string Region), TrailLeg> legs = [];

    public string Name { get; } = name;

    public string Account { get; } = account;

    public string HomeRegion { get; } = homeRegion;

    public string Arn { get; } = $"arn:{SandboxState.PartitionOf(homeRegion)}:cloudtrail:{homeRegion}:{account}:trail/{name}";

    public required string BucketName { get; set; }

    public string? KeyPrefix { get; set; }

    public string? TopicArn { get; set; }

    public bool IncludesGlobalEvents { get; set; } = true;

    public bool IsMultiRegion { get; set; }

    public bool IsOrganizationTrail { get; set; }

    public bool ValidatesLogFiles { get; set; }

    public string? LogGroupArn { get; set; }

    public string? LogGroupRoleArn { get; set; }

    public string? KmsKeyArn { get; set; }

    public JsonArray? EventSelectors { get; set; }

    public JsonArray? AdvancedEventSelectors { get; set; }

    public JsonArray? InsightSelectors { get; set; }

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public bool IsLogging { get; set; }

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Stopped { get; set; }

    /// <summary>Counts the changes of the configuration, after which routes are computed anew.</summary>
    public int ChangeCount { get; set; }

    public IEnumerable<TrailLeg> Legs => legs.Values;

    /// <summary>The trail's side in one account and Region.</summary>
    public TrailLeg LegOf(string account, string region)
    {
        if (!legs.TryGetValue((account, region), out var leg))
        {
            legs.Add((account, region), leg = new TrailLeg(account, region));
        }

        return leg;
    }

    public bool IsIn(string region) => IsMultiRegion || region == HomeRegion;
}

/// <summary>The part of a trail in one account and Region.</summary>
internal sealed class TrailLeg(string account, string region)
{
    public string Account { get; } = account;

    public string Region { get; } = region;

    public DeliveryQueue LogFiles { get; } = new();

    public DeliveryQueue Digests { get; } = new();

    public DeliveryQueue Insights { get; } = new();

    /// <summary>The route that judges the deliveries; created again when the trail changes.</summary>
    public (int TrailChange, DeliveryRoute Route)? Route { get; set; }

    /// <summary>Records for the next log file: API calls and data events that a selector includes.</summary>
    public List<JsonObject> NextRecords { get; } = [];

    /// <summary>Insights events for the next Insights file.</summary>
    public List<JsonObject> NextInsights { get; } = [];

    /// <summary>The log files delivered since the last digest.</summary>
    public List<JsonObject> FilesForDigest { get; } = [];

    public DeliveredDigest? PreviousDigest { get; set; }

    public DateTimeOffset? LastNotification { get; set; }

    public DateTimeOffset? LastNotificationAttempt { get; set; }

    public string? NotificationError { get; set; }

    public DateTimeOffset? LastLogGroupDelivery { get; set; }

    public string? LogGroupError { get; set; }
}

/// <summary>A digest that the next one names.</summary>
internal sealed record DeliveredDigest(string Key, string Hash, string Signature);
