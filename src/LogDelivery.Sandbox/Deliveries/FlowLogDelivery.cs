using System.Globalization;
using System.Text;
using LogDelivery.Sandbox.State;
using LogDelivery.Sources;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>Delivers flow logs. Source: VPC user guide, flow-logs-s3, flow-log-records.</summary>
internal sealed class FlowLogDelivery(SandboxState state, DeliveryWriter writer)
{
    private static readonly DeliverySource Source = SourceCatalog.Find("VpcFlowLogs")!;
    private static readonly DeliverySource TransitGatewaySource = SourceCatalog.Find("TransitGatewayFlowLogs")!;

    /// <summary>The delivery of a flow log as the engine takes it.</summary>
    public static Delivery DeliveryOf(SandboxFlowLog log) => new()
    {
        Source = log.ResourceId.StartsWith("tgw-", StringComparison.Ordinal) ? TransitGatewaySource : Source,
        BucketName = log.BucketName,
        AccountId = log.Account,
        Region = log.Region,
        KeyPrefix = log.KeyPrefix,
        HiveCompatiblePartitions = log.HiveCompatiblePartitions,
    };

    public void Tick(SandboxFlowLog log)
    {
        log.LogFiles.Add(new(state.Now, []));
        log.Route ??= new DeliveryRoute(DeliveryOf(log));
        log.LogFiles.Deliver(state.Now, file => Deliver(log, file));
    }

    private WriteRefusal? Deliver(SandboxFlowLog log, PendingFile file)
    {
        var bucket = state.Buckets.GetValueOrDefault(log.BucketName);
        if (bucket is not null && log.PinnedOwner is { } owner && owner != bucket.Owner)
        {
            return WriteRefusal.AccessDenied($"the bucket belonged to {owner} at the first delivery and is {bucket.Owner}'s now");
        }

        var failure = writer.Write(log.Route!, null, KeyOf(log, file.Time), () => Compression.Gzip(Records(log, file.Time)), "application/octet-stream");
        if (failure is null)
        {
            log.PinnedOwner ??= bucket?.Owner;
        }

        return failure;
    }

    private static string KeyOf(SandboxFlowLog log, DateTimeOffset time)
    {
        var prefix = string.IsNullOrEmpty(log.KeyPrefix) ? string.Empty : $"{log.KeyPrefix.TrimEnd('/')}/";
        var folder = log.HiveCompatiblePartitions
            ? $"AWSLogs/aws-account-id={log.Account}/aws-service=vpcflowlogs/aws-region={log.Region}/{GeneratedNames.Format(time, "'year='yyyy'/month='MM'/day='dd'/'")}{(log.PerHourPartition ? GeneratedNames.Format(time, "'hour='HH'/'") : string.Empty)}"
            : $"AWSLogs/{log.Account}/vpcflowlogs/{log.Region}/{GeneratedNames.Format(time, log.PerHourPartition ? "yyyy'/'MM'/'dd'/'HH'/'" : "yyyy'/'MM'/'dd'/'")}";
        return $"{prefix}{folder}{log.Account}_vpcflowlogs_{log.Region}_{log.Id}_{GeneratedNames.Format(time, "yyyyMMdd'T'HHmm'Z'")}_{GeneratedNames.Hex($"{log.Id}/{time.ToUnixTimeSeconds()}", 8)}.log.gz";
    }

    private static string Records(SandboxFlowLog log, DateTimeOffset time)
    {
        var text = new StringBuilder("version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n");
        var end = time.ToUnixTimeSeconds();
        text.Append(CultureInfo.InvariantCulture, $"2 {log.Account} eni-1234567890abcdef0 192.0.2.10 198.51.100.20 443 49152 6 12 4249 {end - 60} {end} ACCEPT OK\n");
        text.Append(CultureInfo.InvariantCulture, $"2 {log.Account} eni-1234567890abcdef0 203.0.113.30 192.0.2.10 51000 22 6 1 40 {end - 60} {end} REJECT OK\n");
        return text.ToString();
    }
}
