using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of Amazon EC2.</summary>
internal static class Ec2Operations
{
    public static QueryOperation<DescribeRegionsInput, DescribeRegionsOutput> DescribeRegions { get; } = new(
        ServiceModels.Ec2,
        i => [("AllRegions", QueryFields.Flag(i.AllRegions))],
        e => new([.. e.List("regionInfo").Select(r => new RegionEntry(r.Text("regionName"), r.Text("optInStatus")))]));

    public static QueryOperation<DescribeFlowLogsInput, DescribeFlowLogsOutput> DescribeFlowLogs { get; } = new(
        ServiceModels.Ec2,
        i =>
        [
            .. QueryFields.Ec2List("FlowLogId", i.FlowLogIds),
            ("MaxResults", QueryFields.Number(i.MaxResults)),
            ("NextToken", i.NextToken),
        ],
        e => new(
            [
                .. e.List("flowLogSet").Select(f => new FlowLog
                {
                    FlowLogId = f.Text("flowLogId"),
                    FlowLogStatus = f.Text("flowLogStatus"),
                    ResourceId = f.Text("resourceId"),
                    LogDestination = f.Text("logDestination"),
                    LogDestinationType = f.Text("logDestinationType"),
                    LogGroupName = f.Text("logGroupName"),
                    DeliverLogsStatus = f.Text("deliverLogsStatus"),
                    DeliverLogsErrorMessage = f.Text("deliverLogsErrorMessage"),
                    DeliverLogsPermissionArn = f.Text("deliverLogsPermissionArn"),
                    CreationTime = f.Time("creationTime"),
                    HiveCompatiblePartitions = f.Member("destinationOptions").Flag("hiveCompatiblePartitions"),
                    PerHourPartition = f.Member("destinationOptions").Flag("perHourPartition"),
                }),
            ],
            e.Text("nextToken")));

    public static IReadOnlyList<IServiceOperation> All { get; } = [DescribeRegions, DescribeFlowLogs];
}

internal sealed record DescribeRegionsInput(bool? AllRegions = null);

internal sealed record DescribeRegionsOutput(IReadOnlyList<RegionEntry> Regions);

internal sealed record RegionEntry(string? RegionName, string? OptInStatus);

internal sealed record DescribeFlowLogsInput(string? NextToken = null, int? MaxResults = null)
{
    public IReadOnlyList<string> FlowLogIds { get; init; } = [];
}

internal sealed record DescribeFlowLogsOutput(IReadOnlyList<FlowLog> FlowLogs, string? NextToken);

internal sealed record FlowLog
{
    public string? FlowLogId { get; init; }

    public string? FlowLogStatus { get; init; }

    public string? ResourceId { get; init; }

    public string? LogDestination { get; init; }

    public string? LogDestinationType { get; init; }

    public string? LogGroupName { get; init; }

    public string? DeliverLogsStatus { get; init; }

    public string? DeliverLogsErrorMessage { get; init; }

    public string? DeliverLogsPermissionArn { get; init; }

    public DateTime? CreationTime { get; init; }

    public bool? HiveCompatiblePartitions { get; init; }

    public bool? PerHourPartition { get; init; }
}
