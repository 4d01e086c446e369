using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Streams;

/// <summary>
/// The statements that a chain needs in its roles, the smallest that the guides give for one stream. What it needs in the
/// policies of the bucket and the key is the catalog's. Sources: Firehose developer guide, controlling-access; CloudWatch Logs
/// user guide, SubscriptionFilters.
/// </summary>
internal static class StreamGrants
{
    /// <summary>Lets CloudWatch Logs take on the role of a subscription filter.</summary>
    public static Grant SubscriptionTrust(StreamPicture picture, string roleArn) => new(
        PolicyTarget.RoleTrust,
        "CloudWatchLogsAssumesRole",
        RequestPrincipal.Service("logs.amazonaws.com"),
        ["sts:AssumeRole"],
        roleArn,
        [
            new("StringEquals", "aws:SourceAccount", [picture.AccountId]),
            new("StringLike", "aws:SourceArn", [$"arn:{Regions.PartitionOf(picture.Region)}:logs:{picture.Region}:{picture.AccountId}:*"]),
        ],
        isOptional: false);

    /// <summary>Lets the role of a subscription filter put records into the stream.</summary>
    public static Grant SubscriptionPermission(StreamPicture picture, string roleArn)
        => OfRole("PutRecords", roleArn, ["firehose:PutRecord", "firehose:PutRecordBatch"], picture.StreamArn);

    /// <summary>Lets Firehose take on the role of the stream.</summary>
    public static Grant StreamTrust(StreamPicture picture, string roleArn) => new(
        PolicyTarget.RoleTrust,
        "FirehoseAssumesRole",
        RequestPrincipal.Service("firehose.amazonaws.com"),
        ["sts:AssumeRole"],
        roleArn,
        [new("StringEquals", "sts:ExternalId", [picture.AccountId])],
        isOptional: false);

    /// <summary>What the stream's role needs in S3, on the bucket and below its prefixes.</summary>
    public static IReadOnlyList<Grant> Bucket(StreamDelivery delivery)
    {
        var data = GrantsOf(delivery.Data, PolicyTarget.Bucket).Select(g => ForRole(g, g.Sid, g.Resource));
        return ReferenceEquals(delivery.Data, delivery.Errors)
            ? [.. data]
            : [.. data, .. GrantsOf(delivery.Errors, PolicyTarget.Bucket).Where(IsForObjects).Select(g => ForRole(g, $"{g.Sid}ForErrors", g.Resource))];
    }

    /// <summary>What the stream's role needs in KMS.</summary>
    public static IReadOnlyList<Grant> Key(StreamDelivery delivery)
    {
        var grants = delivery.All.SelectMany(d => GrantsOf(d, PolicyTarget.Key).Select(g => (Delivery: d, Grant: g))).ToArray();
        return [.. grants.Select((g, i) => ForRole(g.Grant, i == 0 ? g.Grant.Sid : $"{g.Grant.Sid}ForErrors", g.Delivery.KmsKeyArn!))];
    }

    /// <summary>Lets the stream's role write the error log.</summary>
    public static Grant ErrorLog(PolicyRequest request) => OfRole("FirehoseErrorLog", request.Principal.Id, ["logs:PutLogEvents"], request.Resource);

    /// <summary>Lets the stream's role call a function.</summary>
    public static Grant Lambda(string roleArn, string functionArn)
        => OfRole("FirehoseTransformation", roleArn, ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"], functionArn);

    /// <summary>Lets a role read a Kinesis stream.</summary>
    public static Grant Kinesis(string roleArn, string streamArn)
        => OfRole("FirehoseSource", roleArn, ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards"], streamArn);

    private static IEnumerable<Grant> GrantsOf(Delivery delivery, PolicyTarget target)
        => delivery.Source.GetGrants(delivery).Where(g => g.Target == target && !g.IsOptional);

    private static bool IsForObjects(Grant grant) => grant.Resource.Contains('/', StringComparison.Ordinal);

    private static Grant ForRole(Grant grant, string sid, string resource)
        => new(PolicyTarget.Role, sid, grant.Principal, grant.Actions, resource, grant.Conditions, grant.IsOptional);

    private static Grant OfRole(string sid, string roleArn, IReadOnlyList<string> actions, string resource)
        => new(PolicyTarget.Role, sid, RequestPrincipal.Aws(roleArn), actions, resource, [], isOptional: false);
}
