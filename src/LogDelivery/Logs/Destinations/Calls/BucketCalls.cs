using LogDelivery.Sources;
using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Server access logs and inventories of buckets. Source: S3 API reference, PutBucketLogging,
/// PutBucketInventoryConfiguration, DeleteBucket. Seen in published events: PutBucketLogging that turns
/// logging off. CloudTrail has the body of the request under the name of its XML element.
/// </summary>
internal static class BucketCalls
{
    private const string Service = "s3";

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "PutBucketLogging", SetLogging),
        new(Service, "DeleteBucket", call => call.Request.Text("bucketName") is { } bucket ? [new(DestinationChangeKind.Ends, S3AccessLogs.Source.Id) { Identity = LoggingOf(bucket) }] : []),
        new(Service, "PutBucketInventoryConfiguration", SetInventory),
        new(Service, "DeleteBucketInventoryConfiguration", call => [OfInventory(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> SetLogging(ManagementCall call)
    {
        // An empty body turns logging off.
        var target = call.Request.Find("LoggingEnabled");
        if (!call.Request.IsObject || (target.Exists && !target.IsObject))
        {
            return [];
        }

        var bucket = call.Request.Text("bucketName") ?? call.Request.Text("bucket");
        var change = new DestinationChange(target.IsObject ? DestinationChangeKind.Points : DestinationChangeKind.Ends, S3AccessLogs.Source.Id)
        {
            Resource = bucket,
            Identity = LoggingOf(bucket),
            SourceArn = ArnOf(call, bucket),
            PartitionedPrefix = target["TargetObjectKeyFormat"]["PartitionedPrefix"].Exists,
        };
        return [change.To(target.Text("TargetBucket"), target.Text("TargetPrefix"))];
    }

    private static IEnumerable<DestinationChange> SetInventory(ManagementCall call)
    {
        var place = call.Request.Find("S3BucketDestination");
        if (!call.Request.IsObject)
        {
            return [];
        }

        var isOff = call.Request.Find("InventoryConfiguration").Flag("IsEnabled") == false;
        return [OfInventory(call, isOff ? DestinationChangeKind.Ends : DestinationChangeKind.Points).To(place.Text("Bucket"), place.Text("Prefix")) with { KmsKeyId = place.Find("KeyId").AsText }];
    }

    private static DestinationChange OfInventory(ManagementCall call, DestinationChangeKind kind)
    {
        var bucket = call.Request.Text("bucketName");
        var id = call.Request.Find("InventoryConfiguration").Text("Id") ?? call.Request.Text("id");
        return new(kind, S3Inventory.Source.Id) { Resource = bucket, Identity = $"inventory {bucket} {id}", ConfigurationIds = id is null || kind == DestinationChangeKind.Ends ? [] : [id], SourceArn = ArnOf(call, bucket) };
    }

    // Names of buckets are the same for all accounts and Regions.
    private static string LoggingOf(string? bucket) => $"access log {bucket}";

    private static string? ArnOf(ManagementCall call, string? bucket) => bucket is null ? null : $"arn:{Regions.PartitionOf(call.Region ?? "us-east-1")}:s3:::{bucket}";
}
