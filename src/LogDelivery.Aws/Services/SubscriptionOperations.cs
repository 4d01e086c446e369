using System.Text.Json.Serialization;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of Amazon CloudWatch Logs that subscriptions and newest events are read with.</summary>
internal static class SubscriptionOperations
{
    public static JsonOperation<DescribeSubscriptionFiltersInput, DescribeSubscriptionFiltersOutput> DescribeSubscriptionFilters { get; } = new(
        ServiceModels.Logs,
        "DescribeSubscriptionFilters",
        SubscriptionJson.Default.DescribeSubscriptionFiltersInput,
        SubscriptionJson.Default.DescribeSubscriptionFiltersOutput);

    public static JsonOperation<DescribeLogStreamsInput, DescribeLogStreamsOutput> DescribeLogStreams { get; } = new(
        ServiceModels.Logs, "DescribeLogStreams", SubscriptionJson.Default.DescribeLogStreamsInput, SubscriptionJson.Default.DescribeLogStreamsOutput);

    public static JsonOperation<GetLogEventsInput, GetLogEventsOutput> GetLogEvents { get; } = new(
        ServiceModels.Logs, "GetLogEvents", SubscriptionJson.Default.GetLogEventsInput, SubscriptionJson.Default.GetLogEventsOutput);

    public static IReadOnlyList<IServiceOperation> All { get; } = [DescribeSubscriptionFilters, DescribeLogStreams, GetLogEvents];
}

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
[JsonSerializable(typeof(DescribeSubscriptionFiltersInput))]
[JsonSerializable(typeof(DescribeSubscriptionFiltersOutput))]
[JsonSerializable(typeof(DescribeLogStreamsInput))]
[JsonSerializable(typeof(DescribeLogStreamsOutput))]
[JsonSerializable(typeof(GetLogEventsInput))]
[JsonSerializable(typeof(GetLogEventsOutput))]
internal sealed partial class SubscriptionJson : JsonSerializerContext;
