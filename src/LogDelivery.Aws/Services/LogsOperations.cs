using System.Text.Json.Serialization;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of Amazon CloudWatch Logs that are called.</summary>
internal static class LogsOperations
{
    public static JsonOperation<DescribeLogGroupsInput, DescribeLogGroupsOutput> DescribeLogGroups { get; }
        = new(ServiceModels.Logs, "DescribeLogGroups", LogsJson.Default.DescribeLogGroupsInput, LogsJson.Default.DescribeLogGroupsOutput);

    public static IReadOnlyList<IServiceOperation> All { get; } = [DescribeLogGroups];
}

internal sealed record DescribeLogGroupsInput(string? LogGroupNamePrefix = null, string? NextToken = null, int? Limit = null);

internal sealed record DescribeLogGroupsOutput(IReadOnlyList<LogGroupEntry>? LogGroups, string? NextToken);

internal sealed record LogGroupEntry(string? LogGroupName, string? Arn, string? KmsKeyId, string? LogGroupClass = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DescribeLogGroupsInput))]
[JsonSerializable(typeof(DescribeLogGroupsOutput))]
internal sealed partial class LogsJson : JsonSerializerContext;
