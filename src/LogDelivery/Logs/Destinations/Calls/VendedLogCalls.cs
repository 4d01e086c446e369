using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Deliveries of CloudWatch Logs (a delivery source, a delivery destination that others may share, and the delivery from one to the
/// other), and export tasks. Source: CloudWatch Logs API reference, PutDeliverySource, PutDeliveryDestination, CreateDelivery,
/// DeleteDelivery, DeleteDeliveryDestination, CreateExportTask. Seen in published events: CreateExportTask.
/// </summary>
internal static class VendedLogCalls
{
    private const string Service = "logs";
    private static readonly string Source = VendedLogsV2.Source.Id;
    private static readonly string ExportSource = CloudWatchLogsExport.Source.Id;

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "PutDeliverySource", Describe),
        new(Service, "PutDeliveryDestination", Name),
        new(Service, "DeleteDeliveryDestination", call => [new(DestinationChangeKind.Ends, Source) { Identity = DestinationOf(call, call.Request.Text("name")) }]),
        new(Service, "CreateDelivery", Deliver),
        new(Service, "DeleteDelivery", call => call.Request.Text("id") is { } id ? [new(DestinationChangeKind.Ends, Source) { ConfigurationIds = [id] }] : []),
        new(Service, "CreateExportTask", Export),
    ];

    private static IEnumerable<DestinationChange> Describe(ManagementCall call)
    {
        var resource = call.Request.Text("resourceArn");
        var isDistribution = resource?.Contains(":cloudfront:", StringComparison.Ordinal) == true;
        return
        [
            new(DestinationChangeKind.Describes, isDistribution ? CloudFrontV2.Source.Id : Source)
            {
                Identity = SourceOf(call, call.Request.Text("name")),
                Resource = resource,
                LogType = call.Request.Text("logType"),
            },
        ];
    }

    private static IEnumerable<DestinationChange> Name(ManagementCall call)
    {
        var destination = call.Request.Find("destinationResourceArn").AsText;
        if (!call.Request.IsObject)
        {
            return [];
        }

        var name = call.Request.Text("name");
        var change = new DestinationChange(DestinationChangeKind.Points, Source)
        {
            Resource = call.Response.Find("deliveryDestination").Text("arn") ?? name,
            Identity = DestinationOf(call, name),
            IsPartial = true,
            DeliversByItself = false,
        };
        return [change.To(destination)];
    }

    private static IEnumerable<DestinationChange> Deliver(ManagementCall call)
    {
        if (!call.Request.IsObject)
        {
            return [];
        }

        var (source, destination) = (call.Request.Text("deliverySourceName"), call.Request.Text("deliveryDestinationArn"));
        return
        [
            new(DestinationChangeKind.Points, Source)
            {
                Resource = source,
                Owner = call.Identity("delivery", source),
                ConfigurationIds = call.Response.Find("delivery").Text("id") is { } id ? [id] : [],
                Destination = destination,
                SourceArn = source is null ? null : call.ArnOf(Service, $"delivery-source:{source}"),
                HiveCompatiblePartitions = call.Request["s3DeliveryConfiguration"].Flag("enableHiveCompatiblePath") == true,
                Through = destination is null ? null : DestinationOf(call, destination[(destination.LastIndexOf(':') + 1)..]),
                Of = SourceOf(call, source),
            },
        ];
    }

    private static IEnumerable<DestinationChange> Export(ManagementCall call)
    {
        if (!call.Request.IsObject)
        {
            return [];
        }

        var group = call.Request.Text("logGroupName");
        var change = new DestinationChange(DestinationChangeKind.Points, ExportSource)
        {
            Resource = group,
            Identity = call.Identity("export", group),
            ConfigurationIds = call.Response.Text("taskId") is { } id ? [id] : [],
            SourceArn = group is null ? null : call.ArnOf(Service, $"log-group:{group}"),
        };
        return [change.To(call.Request.Text("destination"), call.Request.Text("destinationPrefix"))];
    }

    private static string SourceOf(ManagementCall call, string? name) => call.Identity("delivery source", name);

    // A delivery may go through the delivery destination of another account; that one's calls are in its own logs.
    private static string DestinationOf(ManagementCall call, string? name) => call.Identity("delivery destination", name);
}
