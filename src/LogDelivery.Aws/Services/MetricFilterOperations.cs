using System.Text.Json.Serialization;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of Amazon CloudWatch Logs for metric filters.</summary>
internal static class MetricFilterOperations
{
    public static JsonOperation<DescribeMetricFiltersInput, DescribeMetricFiltersOutput> DescribeMetricFilters { get; }
        = new(ServiceModels.Logs, "DescribeMetricFilters", MetricFilterJson.Default.DescribeMetricFiltersInput, MetricFilterJson.Default.DescribeMetricFiltersOutput);

    public static JsonOperation<PutMetricFilterInput, NoOutput> PutMetricFilter { get; }
        = new(ServiceModels.Logs, "PutMetricFilter", MetricFilterJson.Default.PutMetricFilterInput, MetricFilterJson.Default.NoOutput);

    public static JsonOperation<DeleteMetricFilterInput, NoOutput> DeleteMetricFilter { get; }
        = new(ServiceModels.Logs, "DeleteMetricFilter", MetricFilterJson.Default.DeleteMetricFilterInput, MetricFilterJson.Default.NoOutput);

    public static JsonOperation<TestMetricFilterInput, TestMetricFilterOutput> TestMetricFilter { get; }
        = new(ServiceModels.Logs, "TestMetricFilter", MetricFilterJson.Default.TestMetricFilterInput, MetricFilterJson.Default.TestMetricFilterOutput);

    public static IReadOnlyList<IServiceOperation> All { get; } = [DescribeMetricFilters, PutMetricFilter, DeleteMetricFilter, TestMetricFilter];
}

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

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NoOutput))]
[JsonSerializable(typeof(DescribeMetricFiltersInput))]
[JsonSerializable(typeof(DescribeMetricFiltersOutput))]
[JsonSerializable(typeof(PutMetricFilterInput))]
[JsonSerializable(typeof(DeleteMetricFilterInput))]
[JsonSerializable(typeof(TestMetricFilterInput))]
[JsonSerializable(typeof(TestMetricFilterOutput))]
internal sealed partial class MetricFilterJson : JsonSerializerContext;
