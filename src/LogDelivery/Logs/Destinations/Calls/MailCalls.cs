using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Mail that Amazon SES receives. Source: SES API reference, CreateReceiptRule, UpdateReceiptRule, DeleteReceiptRule. No published event
/// was found.
/// </summary>
internal static class MailCalls
{
    private const string Service = "ses";
    private static readonly string Source = Ses.Source.Id;

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "CreateReceiptRule", Set),
        new(Service, "UpdateReceiptRule", Set),
        new(Service, "DeleteReceiptRule", call => [Of(call, DestinationChangeKind.Ends, call.Request.Text("ruleName"))]),
    ];

    // The whole rule: without an action for S3, or turned off, it writes none.
    private static IEnumerable<DestinationChange> Set(ManagementCall call)
    {
        var rule = call.Request["rule"];
        if (!rule.IsObject)
        {
            return [];
        }

        var name = rule.Text("name");
        var place = rule["actions"].Items.Select(a => a["s3Action"]).FirstOrDefault(a => a.IsObject);
        return place.IsObject && rule.Flag("enabled") != false
            ? [Of(call, DestinationChangeKind.Points, name).To(place.Text("bucketName"), place.Text("objectKeyPrefix")) with { KmsKeyId = place.Text("kmsKeyArn") }]
            : [Of(call, DestinationChangeKind.Ends, name)];
    }

    private static DestinationChange Of(ManagementCall call, DestinationChangeKind kind, string? rule)
    {
        var set = call.Request.Text("ruleSetName");
        return new(kind, Source) { Resource = rule, Identity = call.Identity("receipt rule", $"{set} {rule}"), SourceArn = call.ArnOf(Service, $"receipt-rule-set/{set}:receipt-rule/{rule}") };
    }
}
