namespace LogDelivery.Sources.Catalog;

/// <summary>
/// The guards against a confused deputy that AWS pages put into their statements: the account and the ARN of whatever makes
/// the service write.
/// </summary>
internal static class Guards
{
    public static readonly ConditionTemplate[] AccountAndArnLike =
    [
        new("StringEquals", "aws:SourceAccount", "{account}"),
        new("ArnLike", "aws:SourceArn", "{sourceArn}"),
    ];

    public static readonly ConditionTemplate[] AccountAndArnEquals =
    [
        new("StringEquals", "aws:SourceAccount", "{account}"),
        new("StringEquals", "aws:SourceArn", "{sourceArn}"),
    ];

    public static readonly ConditionTemplate[] Account = [new("StringEquals", "aws:SourceAccount", "{account}")];

    /// <summary>The condition that makes the bucket's owner the owner of the object, too.</summary>
    public static readonly ConditionTemplate[] OwnerFullControl = [new("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")];
}
