using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Flow logs of AWS Global Accelerator. Source: Global Accelerator API reference, UpdateAcceleratorAttributes,
/// UpdateCustomRoutingAcceleratorAttributes, DeleteAccelerator, DeleteCustomRoutingAccelerator. No published event was found.
/// </summary>
internal static class AcceleratorCalls
{
    private const string Service = "globalaccelerator";
    private static readonly string Source = GlobalAccelerator.Source.Id;

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "UpdateAcceleratorAttributes", Update),
        new(Service, "UpdateCustomRoutingAcceleratorAttributes", Update),
        new(Service, "DeleteAccelerator", call => [Of(call, DestinationChangeKind.Ends)]),
        new(Service, "DeleteCustomRoutingAccelerator", call => [Of(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> Update(ManagementCall call)
    {
        var answer = call.Response.Find("acceleratorAttributes");
        string? Value(string name) => call.Request.Text(name) ?? answer.Text(name);
        var isNamed = new[] { "flowLogsEnabled", "flowLogsS3Bucket", "flowLogsS3Prefix" }.Any(n => call.Request[n].Exists);
        var isOff = (call.Request.Flag("flowLogsEnabled") ?? answer.Flag("flowLogsEnabled")) == false;
        return !isNamed ? []
            : isOff ? [Of(call, DestinationChangeKind.Ends)]
            : [Of(call, DestinationChangeKind.Points).To(Value("flowLogsS3Bucket"), Value("flowLogsS3Prefix")) with { IsPartial = true }];
    }

    private static DestinationChange Of(ManagementCall call, DestinationChangeKind kind)
    {
        var arn = call.Request.Text("acceleratorArn");
        return new(kind, Source) { Resource = arn, Identity = $"accelerator {arn}" };
    }
}
