using System.Text.Json.Serialization;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>Operations of Amazon CloudWatch Logs: log groups and their events, metric filters and subscription filters.</summary>
internal static class LogsOperations
{
    public static JsonOperation<DescribeLogGroupsInput, DescribeLogGroupsOutput> DescribeLogGroups { get; } = new(ServiceModels.Logs, LogsJson.Default);

    public static JsonOperation<DescribeMetricFiltersInput, DescribeMetricFiltersOutput> DescribeMetricFilters { get; } = new(ServiceModels.Logs, LogsJson.Default);

    public static JsonOperation<PutMetricFilterInput, NoOutput> PutMetricFilter { get; } = new(ServiceModels.Logs, LogsJson.Default);

    public static JsonOperation<DeleteMetricFilterInput, NoOutput> DeleteMetricFilter { get; } = new(ServiceModels.Logs, LogsJson.Default);

    public static JsonOperation<TestMetricFilterInput, TestMetricFilterOutput> TestMetricFilter { get; } = new(ServiceModels.Logs, LogsJson.Default);

    public static JsonOperation<DescribeSubscriptionFiltersInput, DescribeSubscriptionFiltersOutput> DescribeSubscriptionFilters { get; } = new(ServiceModels.Logs, LogsJson.Default);

    public static JsonOperation<DescribeLogStreamsInput, DescribeLogStreamsOutput> DescribeLogStreams { get; } = new(ServiceModels.Logs, LogsJson.Default);

    public static JsonOperation<GetLogEventsInput, GetLogEventsOutput> GetLogEvents { get; } = new(ServiceModels.Logs, LogsJson.Default);

    public static IReadOnlyList<IServiceOperation> All { get; } =
    [
        DescribeLogGroups,
        DescribeMetricFilters, PutMetricFilter, DeleteMetricFilter, TestMetricFilter,
        DescribeSubscriptionFilters, DescribeLogStreams, GetLogEvents,
    ];
}

internal sealed record DescribeLogGroupsInput(string? LogGroupNamePrefix = null, string? NextToken = null, int? Limit = null);

internal sealed record DescribeLogGroupsOutput(IReadOnlyList<LogGroupEntry>? LogGroups, string? NextToken);

internal sealed record LogGroupEntry(string? LogGroupName, string? Arn, string? KmsKeyId, string? LogGroupClass = null);

internal sealed record DescribeMetricFiltersInput(string? LogGroupName = null, string? NextToken = null);

internal sealed record DescribeMetricFiltersOutput(IReadOnlyList<MetricFilterEntry>? MetricFilters, string? NextToken);

internal sealed record MetricFilterEntry(
    string? LogGroupName, string? FilterName, string? FilterPattern, IReadOnlyList<MetricTransformation>? MetricTransformations);

internal sealed record MetricTransformation(string? MetricName, string? MetricNamespace, string? MetricValue, double? DefaultValue);

internal sealed record PutMetricFilterInput(
    string LogGroupName, string FilterName, string FilterPattern, IReadOnlyList<MetricTransformation> MetricTransformations);

internal sealed record DeleteMetricFilterInput(string LogGroupName, string FilterName);

internal sealed record TestMetricFilterInput(string FilterPattern, IReadOnlyList<string> LogEventMessages);

internal sealed record TestMetricFilterOutput(IReadOnlyList<MetricFilterMatch>? Matches);

internal sealed record MetricFilterMatch(long? EventNumber);

internal sealed record DescribeSubscriptionFiltersInput(string LogGroupName, string? NextToken = null);

internal sealed record DescribeSubscriptionFiltersOutput(IReadOnlyList<SubscriptionFilterEntry>? SubscriptionFilters, string? NextToken);

/// <summary>A filter; its creation is in milliseconds since 1970.</summary>
internal sealed record SubscriptionFilterEntry(
    string? FilterName, string? LogGroupName, string? FilterPattern, string? DestinationArn, string? RoleArn, long? CreationTime);

internal sealed record DescribeLogStreamsInput(string LogGroupName, string? OrderBy = null, bool? Descending = null, int? Limit = null);

internal sealed record DescribeLogStreamsOutput(IReadOnlyList<LogStreamEntry>? LogStreams);

internal sealed record LogStreamEntry(string? LogStreamName);

internal sealed record GetLogEventsInput(string LogGroupName, string LogStreamName, bool? StartFromHead = null, int? Limit = null);

internal sealed record GetLogEventsOutput(IReadOnlyList<OutputLogEventEntry>? Events);

/// <summary>An event; its time is in milliseconds since 1970.</summary>
internal sealed record OutputLogEventEntry(long? Timestamp, string? Message);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DescribeLogGroupsInput))]
[JsonSerializable(typeof(DescribeLogGroupsOutput))]
[JsonSerializable(typeof(NoOutput))]
[JsonSerializable(typeof(DescribeMetricFiltersInput))]
[JsonSerializable(typeof(DescribeMetricFiltersOutput))]
[JsonSerializable(typeof(PutMetricFilterInput))]
[JsonSerializable(typeof(DeleteMetricFilterInput))]
[JsonSerializable(typeof(TestMetricFilterInput))]
[JsonSerializable(typeof(TestMetricFilterOutput))]
[JsonSerializable(typeof(DescribeSubscriptionFiltersInput))]
[JsonSerializable(typeof(DescribeSubscriptionFiltersOutput))]
[JsonSerializable(typeof(DescribeLogStreamsInput))]
[JsonSerializable(typeof(DescribeLogStreamsOutput))]
[JsonSerializable(typeof(GetLogEventsInput))]
[JsonSerializable(typeof(GetLogEventsOutput))]
internal sealed partial class LogsJson : JsonSerializerContext;
