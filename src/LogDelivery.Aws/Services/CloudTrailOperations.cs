using System.Text.Json.Serialization;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of AWS CloudTrail.</summary>
internal static class CloudTrailOperations
{
    public static JsonOperation<DescribeTrailsInput, DescribeTrailsOutput> DescribeTrails { get; } = new(ServiceModels.CloudTrail, CloudTrailJson.Default);

    public static JsonOperation<TrailNameInput, GetTrailOutput> GetTrail { get; } = new(ServiceModels.CloudTrail, CloudTrailJson.Default);

    public static JsonOperation<ListTrailsInput, ListTrailsOutput> ListTrails { get; } = new(ServiceModels.CloudTrail, CloudTrailJson.Default);

    public static JsonOperation<TrailNameInput, GetTrailStatusOutput> GetTrailStatus { get; } = new(ServiceModels.CloudTrail, CloudTrailJson.Default);

    public static JsonOperation<TrailSelectorsInput, GetEventSelectorsOutput> GetEventSelectors { get; } = new(ServiceModels.CloudTrail, CloudTrailJson.Default);

    public static JsonOperation<TrailSelectorsInput, GetInsightSelectorsOutput> GetInsightSelectors { get; } = new(ServiceModels.CloudTrail, CloudTrailJson.Default);

    public static JsonOperation<PutEventSelectorsInput, GetEventSelectorsOutput> PutEventSelectors { get; } = new(ServiceModels.CloudTrail, CloudTrailJson.Default);

    public static JsonOperation<LookupEventsInput, LookupEventsOutput> LookupEvents { get; } = new(ServiceModels.CloudTrail, CloudTrailJson.Default);

    public static IReadOnlyList<IServiceOperation> All { get; }
        = [DescribeTrails, GetTrail, ListTrails, GetTrailStatus, GetEventSelectors, GetInsightSelectors, PutEventSelectors, LookupEvents];
}

// DescribeTrails alone has members in camel case.
internal sealed record DescribeTrailsInput(
    [property: JsonPropertyName("trailNameList")] IReadOnlyList<string>? TrailNameList = null,
    [property: JsonPropertyName("includeShadowTrails")] bool? IncludeShadowTrails = null);

internal sealed record DescribeTrailsOutput(
    [property: JsonPropertyName("trailList")] IReadOnlyList<Trail>? TrailList);

internal sealed record LookupEventsInput(IReadOnlyList<LookupAttribute> LookupAttributes, DateTime? StartTime = null, string? NextToken = null);

internal sealed record LookupAttribute(string AttributeKey, string AttributeValue);

internal sealed record LookupEventsOutput(IReadOnlyList<LookedUpEvent>? Events, string? NextToken);

internal sealed record LookedUpEvent(string? EventName, DateTime? EventTime, string? CloudTrailEvent);

internal sealed record TrailNameInput(string Name);

internal sealed record TrailSelectorsInput(string TrailName);

internal sealed record GetTrailOutput(Trail? Trail);

internal sealed record ListTrailsInput(string? NextToken = null);

internal sealed record ListTrailsOutput(IReadOnlyList<TrailInfo>? Trails, string? NextToken);

internal sealed record TrailInfo([property: JsonPropertyName("TrailARN")] string? TrailArn, string? Name, string? HomeRegion);

internal sealed record Trail
{
    public string? Name { get; init; }

    [JsonPropertyName("TrailARN")]
    public string? TrailArn { get; init; }

    public string? HomeRegion { get; init; }

    public string? S3BucketName { get; init; }

    public string? S3KeyPrefix { get; init; }

    public string? KmsKeyId { get; init; }

    [JsonPropertyName("SnsTopicARN")]
    public string? SnsTopicArn { get; init; }

    public string? CloudWatchLogsLogGroupArn { get; init; }

    public string? CloudWatchLogsRoleArn { get; init; }

    public bool? LogFileValidationEnabled { get; init; }

    public bool? IsMultiRegionTrail { get; init; }

    public bool? IsOrganizationTrail { get; init; }

    public bool? HasInsightSelectors { get; init; }
}

internal sealed record GetTrailStatusOutput
{
    public bool? IsLogging { get; init; }

    public string? LatestDeliveryError { get; init; }

    public string? LatestNotificationError { get; init; }

    public string? LatestCloudWatchLogsDeliveryError { get; init; }

    public string? LatestDigestDeliveryError { get; init; }

    public DateTime? LatestDeliveryTime { get; init; }

    public DateTime? LatestNotificationTime { get; init; }

    public DateTime? LatestCloudWatchLogsDeliveryTime { get; init; }

    public DateTime? LatestDigestDeliveryTime { get; init; }

    public DateTime? StartLoggingTime { get; init; }

    public DateTime? StopLoggingTime { get; init; }
}

internal sealed record GetEventSelectorsOutput(
    IReadOnlyList<TrailEventSelector>? EventSelectors, IReadOnlyList<TrailAdvancedEventSelector>? AdvancedEventSelectors);

internal sealed record PutEventSelectorsInput(
    string TrailName, IReadOnlyList<TrailEventSelector>? EventSelectors, IReadOnlyList<TrailAdvancedEventSelector>? AdvancedEventSelectors);

internal sealed record TrailEventSelector(
    string? ReadWriteType, bool? IncludeManagementEvents, IReadOnlyList<DataResource>? DataResources, IReadOnlyList<string>? ExcludeManagementEventSources);

internal sealed record DataResource(string? Type, IReadOnlyList<string>? Values);

internal sealed record TrailAdvancedEventSelector(string? Name, IReadOnlyList<AdvancedFieldSelector>? FieldSelectors);

internal sealed record AdvancedFieldSelector
{
    public string? Field { get; init; }

    [JsonPropertyName("Equals")]
    public IReadOnlyList<string>? EqualTo { get; init; }

    public IReadOnlyList<string>? StartsWith { get; init; }

    public IReadOnlyList<string>? EndsWith { get; init; }

    public IReadOnlyList<string>? NotEquals { get; init; }

    public IReadOnlyList<string>? NotStartsWith { get; init; }

    public IReadOnlyList<string>? NotEndsWith { get; init; }
}

internal sealed record GetInsightSelectorsOutput(IReadOnlyList<InsightSelector>? InsightSelectors);

internal sealed record InsightSelector(string? InsightType);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochTimeConverter)])]
[JsonSerializable(typeof(DescribeTrailsInput))]
[JsonSerializable(typeof(DescribeTrailsOutput))]
[JsonSerializable(typeof(TrailNameInput))]
[JsonSerializable(typeof(LookupEventsInput))]
[JsonSerializable(typeof(LookupEventsOutput))]
[JsonSerializable(typeof(TrailSelectorsInput))]
[JsonSerializable(typeof(GetTrailOutput))]
[JsonSerializable(typeof(ListTrailsInput))]
[JsonSerializable(typeof(ListTrailsOutput))]
[JsonSerializable(typeof(GetTrailStatusOutput))]
[JsonSerializable(typeof(GetEventSelectorsOutput))]
[JsonSerializable(typeof(GetInsightSelectorsOutput))]
[JsonSerializable(typeof(PutEventSelectorsInput))]
internal sealed partial class CloudTrailJson : JsonSerializerContext;
