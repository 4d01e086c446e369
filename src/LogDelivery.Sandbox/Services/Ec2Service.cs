using System.Xml.Linq;
using LogDelivery.Policies;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>EC2: flow logs and Regions.</summary>
internal sealed class Ec2Service : QueryService
{
    // Besides the enabled Regions, DescribeRegions lists Regions that are not opted in.
    private static readonly string[] OtherRegions = ["af-south-1", "ap-east-1", "eu-south-1", "me-south-1"];

    private readonly SandboxState state;

    public Ec2Service(SandboxState state)
        : base("ec2", "2016-11-15", "http://ec2.amazonaws.com/doc/2016-11-15/")
    {
        this.state = state;
        On("DescribeRegions", DescribeRegions);
        On("CreateFlowLogs", CreateFlowLogs);
        On("DescribeFlowLogs", DescribeFlowLogs);
        On("DeleteFlowLogs", DeleteFlowLogs);
    }

    public override ApiResponse Error(ApiRequest request, ApiException error)
    {
        var document = new XElement(
            "Response",
            new XElement("Errors", new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message))),
            new XElement("RequestID", request.Id));
        var body = System.Text.Encoding.UTF8.GetBytes(WireXml.Of(document));
        return new ApiResponse(error.Status, "text/xml;charset=UTF-8", body) { ErrorCode = error.Code }.With("x-amzn-requestid", request.Id);
    }

    public override ApiException Throttled() => new("RequestLimitExceeded", "Request limit exceeded.", 503);

    public override ApiException Denied(RequestCaller caller, string action) => new("UnauthorizedOperation", $"You are not authorized to perform this operation. User: {caller.Arn} is not authorized to perform: {action} because no identity-based policy allows the {action} action", 403);

    protected override string Wrap(ApiRequest request, string operation, XElement[] content)
        => WireXml.Of(new XElement(Namespace + $"{operation}Response", new XElement(Namespace + "requestId", request.Id), content));

    private static (string Bucket, string? Prefix) DestinationOf(QueryCall call)
    {
        var text = call.Text("LogDestination") ?? string.Empty;
        if (!Arn.TryParse(text, out var arn) || arn.Service != "s3")
        {
            throw new ApiException("InvalidParameter", $"LogDestination: {text} is not a valid S3 bucket ARN.");
        }

        var slash = arn.Resource.IndexOf('/', StringComparison.Ordinal);
        var prefix = slash < 0 ? string.Empty : arn.Resource[(slash + 1)..].Trim('/');
        if (prefix.Split('/').Contains("AWSLogs"))
        {
            throw new ApiException("InvalidParameter", "LogDestination: AWSLogs is a reserved term and cannot be used as a subfolder.");
        }

        return (slash < 0 ? arn.Resource : arn.Resource[..slash], prefix.Length == 0 ? null : prefix);
    }

    private IEnumerable<XElement> DescribeRegions(QueryCall call)
    {
        var names = call.List("RegionName");
        var regions = state.EnabledRegions.Select(r => (Name: r, Status: Sources.Regions.IsOptIn(r) ? "opted-in" : "opt-in-not-required"))
            .Concat(call.Flag("AllRegions") ? OtherRegions.Except(state.EnabledRegions).Select(r => (Name: r, Status: "not-opted-in")) : [])
            .Where(r => names.Count == 0 || names.Contains(r.Name));
        return
        [
            call.Element("regionInfo", regions.Select(r => call.Element(
                "item",
                call.Element("regionName", r.Name),
                call.Element("regionEndpoint", $"ec2.{r.Name}.amazonaws.com"),
                call.Element("optInStatus", r.Status)))),
        ];
    }

    private IEnumerable<XElement> CreateFlowLogs(QueryCall call)
    {
        if (call.Text("LogDestinationType") != "s3")
        {
            throw new ApiException("InvalidParameter", "The sandbox has flow logs with the destination type s3 only.");
        }

        var (bucketName, prefix) = DestinationOf(call);
        if (!state.Buckets.TryGetValue(bucketName, out var bucket))
        {
            throw new ApiException("LogDestinationNotFoundException", $"LogDestination: {bucketName} does not exist.");
        }

        if (bucket.Configuration is { Encryption: Sources.BucketEncryption.SseKms, KmsKeyId: { } key } && !key.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw new ApiException("InvalidParameter", $"LogDestination: {bucketName} is undeliverable.");
        }

        var account = state.AccountOf(call.Account);
        var ids = new List<string>();
        foreach (var resource in call.List("ResourceId"))
        {
            var log = new SandboxFlowLog($"fl-{GeneratedNames.Hex($"{call.Account}/{resource}/{account.FlowLogs.Count}", 17)}", call.Account, call.Region, state.Now)
            {
                ResourceId = resource,
                TrafficType = call.Text("TrafficType") ?? "ALL",
                BucketName = bucketName,
                KeyPrefix = prefix,
                LogDestination = call.Text("LogDestination")!,
                LogFormat = call.Text("LogFormat") ?? "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
                MaxAggregationInterval = int.TryParse(call.Text("MaxAggregationInterval"), out var seconds) ? seconds : 600,
                HiveCompatiblePartitions = call.Flag("DestinationOptions.HiveCompatiblePartitions"),
                PerHourPartition = call.Flag("DestinationOptions.PerHourPartition"),
            };
            CheckOrAddPolicy(log, bucket);
            account.FlowLogs.Add(log.Id, log);
            ids.Add(log.Id);
        }

        return
        [
            call.Element("clientToken", call.Text("ClientToken") ?? GeneratedNames.Guid(string.Join('/', ids))),
            call.Element("flowLogIdSet", ids.Select(id => call.Element("item", id))),
            call.Element("unsuccessful"),
        ];
    }

    // In the caller's own account AWS adds the statements that are missing; elsewhere the owner has to.
    // Source: CloudWatch Logs user guide, AWS-logs-infrastructure-S3.
    private void CheckOrAddPolicy(SandboxFlowLog log, Bucket bucket)
    {
        var delivery = FlowLogDelivery.DeliveryOf(log);
        var route = new DeliveryRoute(delivery);
        route.Refresh(state);
        var sample = route.FindWrite(null)?.Request.Resource ?? string.Empty;
        var failure = route.Judge(state, null, sample[(sample.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        if (failure is null)
        {
            return;
        }

        if (bucket.Owner != log.Account || failure.Code != "AccessDenied")
        {
            throw new ApiException("AccessDenied", $"Access Denied for LogDestination: {bucket.Name}. Please check LogDestination permission");
        }

        var present = bucket.Policy.DocumentAt(state.Now);
        var plan = Repair.PolicyRepair.Plan(present, Sources.PolicyTarget.Bucket, [delivery]);
        if (!plan.HasChanges || plan.After.SizeInBytes > PolicyDocument.MaxBucketPolicyBytes)
        {
            throw new ApiException("LogDestinationPermissionIssueException", $"LogDestination: {bucket.Name} cannot be given the permission to deliver.");
        }

        PolicyWrites.Set(state, bucket.Policy, plan.After.Text, plan.After);
    }

    private IEnumerable<XElement> DescribeFlowLogs(QueryCall call)
    {
        var ids = call.List("FlowLogId");
        var logs = state.AccountOf(call.Account).FlowLogs.Values.Where(l => l.Region == call.Region && (ids.Count == 0 || ids.Contains(l.Id)));
        for (var i = 1; call.Text($"Filter.{i}.Name") is { } name; i++)
        {
            var values = call.List($"Filter.{i}.Value");
            logs = logs.Where(l => name switch
            {
                "resource-id" => values.Contains(l.ResourceId),
                "flow-log-id" => values.Contains(l.Id),
                "traffic-type" => values.Contains(l.TrafficType),
                "deliver-log-status" => values.Contains(l.LogFiles.Failure is null ? "SUCCESS" : "FAILED"),
                "log-destination-type" => values.Contains("s3"),
                _ => true,
            });
        }

        return [call.Element("flowLogSet", logs.Select(l => call.Element("item", Describe(call, l))))];
    }

    private static IEnumerable<XElement> Describe(QueryCall call, SandboxFlowLog log)
    {
        yield return call.Element("creationTime", XmlValues.Time(log.Created));
        if (log.LogFiles.Failure is { } failure)
        {
            // Only three texts are known; a refusal of any kind is an access error.
            yield return call.Element("deliverLogsErrorMessage", failure.Code == "AccessDenied" ? "Access error" : "Unknown error");
        }

        yield return call.Element("deliverLogsStatus", log.LogFiles.Failure is null ? "SUCCESS" : "FAILED");
        yield return call.Element("flowLogId", log.Id);
        yield return call.Element("flowLogStatus", "ACTIVE");
        yield return call.Element("resourceId", log.ResourceId);
        yield return call.Element("trafficType", log.TrafficType);
        yield return call.Element("logDestinationType", "s3");
        yield return call.Element("logDestination", log.LogDestination);
        yield return call.Element("logFormat", log.LogFormat);
        yield return call.Element("maxAggregationInterval", log.MaxAggregationInterval);
        yield return call.Element(
            "destinationOptions",
            call.Element("fileFormat", "plain-text"),
            call.Element("hiveCompatiblePartitions", XmlValues.Flag(log.HiveCompatiblePartitions)),
            call.Element("perHourPartition", XmlValues.Flag(log.PerHourPartition)));
    }

    private IEnumerable<XElement> DeleteFlowLogs(QueryCall call)
    {
        var account = state.AccountOf(call.Account);
        var missing = call.List("FlowLogId").Where(id => !account.FlowLogs.Remove(id));
        return
        [
            call.Element("unsuccessful", missing.Select(id => call.Element(
                "item",
                call.Element("resourceId", id),
                call.Element("error", call.Element("code", "InvalidFlowLogId.NotFound"), call.Element("message", $"These flow log ids in the input list are not found: {id}"))))),
        ];
    }
}
