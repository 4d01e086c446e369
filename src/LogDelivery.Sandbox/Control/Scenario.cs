using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Control;

/// <summary>The initial resources of a sandbox, and steps to run on them. The body of <c>POST /_sandbox/scenario</c> and of the scenario files.</summary>
internal sealed class Scenario
{
    /// <summary>JSON options for control documents: camelCase names, comments allowed, no unknown members.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>A description of the scenario for readers.</summary>
    public string? Description { get; init; }

    /// <summary>The start of simulated time.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The start of simulated time in minutes before the current time, so that the steps can end in the present.</summary>
    public int? MinutesAgo { get; init; }

    public string? Account { get; init; }

    public string? Region { get; init; }

    public IReadOnlyList<string>? Regions { get; init; }

    public IReadOnlyList<string> QuietRegions { get; init; } = [];

    public ScenarioOrganization? Organization { get; init; }

    public IReadOnlyList<ScenarioBucket> Buckets { get; init; } = [];

    public IReadOnlyList<ScenarioKey> Keys { get; init; } = [];

    public IReadOnlyList<ScenarioTopic> Topics { get; init; } = [];

    public IReadOnlyList<ScenarioRole> Roles { get; init; } = [];

    public IReadOnlyList<ScenarioLogGroup> LogGroups { get; init; } = [];

    public IReadOnlyList<ScenarioStream> Streams { get; init; } = [];

    public IReadOnlyList<ScenarioTrail> Trails { get; init; } = [];

    public IReadOnlyList<ScenarioFlowLog> FlowLogs { get; init; } = [];

    public IReadOnlyList<ScenarioDelivery> Deliveries { get; init; } = [];

    public ScenarioEvidence? Evidence { get; init; }

    public FaultSet? Faults { get; init; }

    public IReadOnlyList<ScenarioStep> Steps { get; init; } = [];

    public static T Read<T>(string json)
    {
        try
        {
            ScenarioText.Check(json);
            var document = JsonSerializer.Deserialize<T>(json, Json) ?? throw new ScenarioException("The document is null; an object is needed.");
            ScenarioMembers.Check(document);
            return document;
        }
        catch (JsonException exception)
        {
            throw new ScenarioException($"The document cannot be read: {exception.Message}", exception);
        }
    }
}

internal sealed record ScenarioOrganization(string Id, string ManagementAccount, IReadOnlyList<string>? Members);

internal sealed record ScenarioBucket(string Name)
{
    public string? Account { get; init; }

    public string? Region { get; init; }

    public JsonObject? Policy { get; init; }

    /// <summary>The KMS key of the default encryption, as configured.</summary>
    public string? KmsKeyId { get; init; }

    public bool BucketKey { get; init; }

    public bool RequesterPays { get; init; }

    public bool ObjectLockRetention { get; init; }

    public string? Ownership { get; init; }

    public bool? BlockPublicAccess { get; init; }

    public ScenarioEvidence? Logging { get; init; }
}

internal sealed record ScenarioKey(string Id)
{
    public string? Account { get; init; }

    public string? Region { get; init; }

    public JsonObject? Policy { get; init; }

    public string? State { get; init; }

    public string? Alias { get; init; }
}

internal sealed record ScenarioTopic(string Name)
{
    public string? Account { get; init; }

    public string? Region { get; init; }

    public JsonObject? Policy { get; init; }
}

internal sealed record ScenarioRole(string Name)
{
    public string? Account { get; init; }

    public JsonObject? Trust { get; init; }

    public Dictionary<string, JsonObject>? Policies { get; init; }

    /// <summary>Managed policies to create and attach, by name.</summary>
    public Dictionary<string, JsonObject>? AttachedPolicies { get; init; }
}

internal sealed record ScenarioLogGroup(string Name)
{
    public string? Account { get; init; }

    public string? Region { get; init; }

    /// <summary>The names of its log streams.</summary>
    public IReadOnlyList<string> LogStreams { get; init; } = [];

    public IReadOnlyList<ScenarioSubscription> Subscriptions { get; init; } = [];
}

/// <summary>A subscription filter; the stream by its name.</summary>
internal sealed record ScenarioSubscription(string Name, string Stream, string RoleArn)
{
    public string Pattern { get; init; } = string.Empty;
}

/// <summary>A Firehose stream; the destination as CreateDeliveryStream takes it.</summary>
internal sealed record ScenarioStream(string Name, JsonObject Destination)
{
    public string? Account { get; init; }

    public string? Region { get; init; }

    public string Type { get; init; } = "DirectPut";
}

/// <summary>An unusual rate of calls, or of errors where there is an error code. The body of <c>POST /_sandbox/insights</c>.</summary>
internal sealed record ScenarioInsight(string Trail, string EventSource, string EventName)
{
    /// <summary>The Region of the calls; the trail's home Region when absent.</summary>
    public string? Region { get; init; }

    /// <summary>The account of the calls; the trail's owner when absent.</summary>
    public string? Account { get; init; }

    public string? ErrorCode { get; init; }
}

internal sealed record ScenarioTrail(string Name, string Bucket)
{
    public string? Account { get; init; }

    public string? Region { get; init; }

    public string? Prefix { get; init; }

    public string? KmsKeyArn { get; init; }

    public bool MultiRegion { get; init; }

    public bool Organization { get; init; }

    public bool Validation { get; init; }

    public bool Logging { get; init; } = true;

    public string? TopicArn { get; init; }

    public string? LogGroupArn { get; init; }

    public string? LogGroupRoleArn { get; init; }

    /// <summary>The prefixes of the object ARNs whose data events are recorded; empty for none.</summary>
    public IReadOnlyList<string> DataEvents { get; init; } = [];
}

internal sealed record ScenarioFlowLog(string Id, string Bucket)
{
    public string? Account { get; init; }

    public string? Region { get; init; }

    public string? ResourceId { get; init; }

    public string? Prefix { get; init; }

    public bool Hive { get; init; }

    public bool PerHour { get; init; }
}

internal sealed record ScenarioDelivery(string Source, string Bucket)
{
    public string? Name { get; init; }

    public string? Account { get; init; }

    public string? Region { get; init; }

    public string? Prefix { get; init; }

    public string? SourceArn { get; init; }

    public string? KmsKeyArn { get; init; }

    public string? RoleArn { get; init; }

    public string? OrganizationId { get; init; }

    public bool Hive { get; init; }

    public int IntervalMinutes { get; init; } = 5;
}

internal sealed record ScenarioEvidence(string Bucket)
{
    public string? Prefix { get; init; }
}

/// <summary>One step. Exactly one member is set.</summary>
internal sealed record ScenarioStep
{
    /// <summary>The simulated minutes to pass.</summary>
    public int? Advance { get; init; }

    public PolicyStep? SetBucketPolicy { get; init; }

    public PolicyStep? SetKeyPolicy { get; init; }

    public KeyStateStep? SetKeyState { get; init; }

    /// <summary>A bucket that disappears with everything in it.</summary>
    public string? DeleteBucket { get; init; }

    public ScenarioBucket? CreateBucket { get; init; }

    public RenameStep? RenameTrail { get; init; }

    public RolePolicyStep? SetRolePolicy { get; init; }

    public PolicyStep? SetTrustPolicy { get; init; }

    public EventStep? PutLogEvents { get; init; }
}

/// <summary>Writes an inline policy of a role; without a policy it is taken away.</summary>
internal sealed record RolePolicyStep(string Role, string Name)
{
    public JsonObject? Policy { get; init; }
}

/// <summary>Puts events into a log group, each with the present time.</summary>
internal sealed record EventStep(string LogGroup, IReadOnlyList<string> Messages)
{
    public string LogStream { get; init; } = "scenario";
}

/// <summary>Writes a policy without asking whether it is a good one; without a policy it is taken away.</summary>
internal sealed record PolicyStep(string Name)
{
    public JsonObject? Policy { get; init; }
}

/// <summary>Sets the state of a key.</summary>
internal sealed record KeyStateStep(string Key, string State);

/// <summary>Deletes a trail and creates it again under another name, without the checks of CreateTrail.</summary>
internal sealed record RenameStep(string From, string To);
