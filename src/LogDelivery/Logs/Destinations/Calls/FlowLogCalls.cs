using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Flow logs of VPCs, subnets, interfaces and transit gateways. Each flow log stands for itself: a resource may have several, and
/// none is ever changed. Source: EC2 API reference, CreateFlowLogs, DeleteFlowLogs. Seen in published events: DeleteFlowLogs,
/// whose form of lists is taken for both.
/// </summary>
internal static class FlowLogCalls
{
    private const string Service = "ec2";

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "CreateFlowLogs", Create),
        new(Service, "DeleteFlowLogs", Delete),
    ];

    private static IEnumerable<DestinationChange> Create(ManagementCall call)
    {
        var request = Body(call.Request, "CreateFlowLogsRequest");
        if (!request.IsObject)
        {
            yield break;
        }

        var refusals = Refusals(call.Response);
        var resources = List(request, "ResourceId", "ResourceIds");
        var ids = call.Response.Find("flowLogIdSet") is { Exists: true } set ? Texts(set) : List(call.Response, "flowLogId", "flowLogIds");
        var source = request.Text("ResourceType")?.StartsWith("TransitGateway", StringComparison.OrdinalIgnoreCase) == true ? TransitGatewayFlowLogs.Source.Id : VpcFlowLogs.Source.Id;
        var destination = request.Text("LogDestination") ?? request.Text("LogGroupName");
        var place = new DestinationChange(DestinationChangeKind.Points, source).To(IsBucket(request, destination) ? destination : null);
        var change = place with
        {
            Destination = destination,
            HiveCompatiblePartitions = request["DestinationOptions"].Flag("HiveCompatiblePartitions") == true,
        };
        if (resources.Count == 0)
        {
            yield return change with { ConfigurationIds = ids };
        }

        foreach (var resource in resources)
        {
            var (code, message) = refusals.GetValueOrDefault(resource);
            yield return change with
            {
                Resource = resource,
                Owner = call.Identity("flow log", resource),
                ConfigurationIds = code is null ? ids : [],
                ErrorCode = code,
                ErrorMessage = message,
            };
        }
    }

    private static IEnumerable<DestinationChange> Delete(ManagementCall call)
    {
        var failed = Refusals(call.Response);
        string[] ids = [.. List(Body(call.Request, "DeleteFlowLogsRequest"), "FlowLogId", "FlowLogIds").Where(i => !failed.ContainsKey(i))];
        return ids.Length == 0 ? [] : [new(DestinationChangeKind.Ends, VpcFlowLogs.Source.Id) { ConfigurationIds = ids }];
    }

    // Without a type, flow logs go to CloudWatch Logs; a log group has a name that a bucket could have, too.
    private static bool IsBucket(CallMembers request, string? destination)
        => request.Text("LogDestinationType") is { } type
            ? type.Equals("s3", StringComparison.OrdinalIgnoreCase)
            : destination?.StartsWith("arn:", StringComparison.Ordinal) == true;

    // Of several resources some may fail, without an error of the call as a whole.
    private static Dictionary<string, (string? Code, string? Message)> Refusals(CallMembers response)
    {
        var found = new Dictionary<string, (string? Code, string? Message)>(StringComparer.Ordinal);
        foreach (var item in response.Find("unsuccessful") is { Exists: true } list ? list.Items : response.Find("unsuccessfulSet").Items)
        {
            if (item.Text("resourceId") is { } id)
            {
                found[id] = (item["error"].Text("code") ?? "Unsuccessful", item["error"].Text("message"));
            }
        }

        return found;
    }

    private static CallMembers Body(CallMembers request, string wrapper) => request[wrapper] is { IsObject: true } body ? body : request;

    private static IReadOnlyList<string> List(CallMembers members, string name, string otherName)
        => members.Texts(name) is { Count: > 0 } texts ? texts : members.Texts(otherName);

    private static IReadOnlyList<string> Texts(CallMembers list) => [.. list.Items.Select(i => i.AsText ?? i.Text("content")).OfType<string>().Where(t => t.Length > 0)];
}
