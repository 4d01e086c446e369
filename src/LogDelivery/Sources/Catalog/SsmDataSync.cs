namespace LogDelivery.Sources.Catalog;

/// <summary>
/// Systems Manager resource data sync of Inventory. Source: Systems Manager user guide, inventory-create-resource-data-sync.
/// </summary>
internal static class SsmDataSync
{
    private const string SampleKey = "{prefix}AWS:Application/accountid={account}/region={region}/resourcetype=ManagedInstanceInventory/i-1234567890abcdef0.json";

    private static readonly ConditionTemplate[] InOrganization = [new("StringEquals", "aws:SourceOrgID", "{org}")];

    public static readonly DeliverySource Source = new("SsmDataSync")
    {
        Name = "AWS Systems Manager resource data sync",
        Principal = "ssm.amazonaws.com",
        HasKeySetting = true,
        SourceArns = ["arn:{partition}:ssm:*:{account}:resource-data-sync/*"],
        Guard = Guards.AccountAndArnLike,
        Grants =
        [
            new()
            {
                Sid = "SSMBucketPermissionsCheck",
                Actions = ["s3:GetBucketAcl"],
                Guard = [],
                Calls = [new("ACL check", "s3:GetBucketAcl")],
            },
            new()
            {
                Sid = "SSMBucketDelivery",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*/accountid={account}/*",
                SendsAcl = true,
                When = d => d.OrganizationId is null,
                Conditions = Guards.OwnerFullControl,
                Calls = [new("inventory file", "s3:PutObject", SampleKey)],
            },
            new()
            {
                Sid = "SSMBucketDelivery",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*/accountid=*/*",
                SendsAcl = true,
                When = d => d.OrganizationId is not null,
                Guard = InOrganization,
                Conditions = Guards.OwnerFullControl,
                Calls = [new("inventory file", "s3:PutObject", SampleKey)],
            },
            new()
            {
                Sid = "SSMBucketDeliveryTagging",
                Actions = ["s3:PutObjectTagging"],
                Key = "{prefix}*/accountid=*/*",
                When = d => d.OrganizationId is not null,
                Guard = [],
                Calls = [new("inventory file tags", "s3:PutObjectTagging", SampleKey)],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "SSMKeyUse",
                Actions = ["kms:GenerateDataKey"],
                Calls = [new("data key", "kms:GenerateDataKey")],
            },
        ],
        Constraints = new() { ForbidsObjectLock = true },
        Parameters =
        [
            new("KeyPrefix", false, "the prefix of the data sync"),
            new("SourceArn", false, "the data sync's ARN: arn:aws:ssm:us-east-1:111122223333:resource-data-sync/NAME"),
            new("OrganizationId", false, "the organization id (o-...), for a data sync of the whole organization"),
            new("KmsKeyArn", false, "the ARN of the data sync's KMS key"),
        ],
        KeyLayout = "{prefix}AWS:COMPONENT/accountid={account}/region={region}/resourcetype=.../FILE.json",
        KeyDateFormat = null,
        Latency = "as inventory is collected; no figure is documented. Files are overwritten, not added",
        StatusApi = "ssm:ListResourceDataSync (LastStatus, LastSyncStatusMessage)",

        // Source: Systems Manager API reference, CreateResourceDataSync, DeleteResourceDataSync. No published event was found.
        ManagementCalls = new("ssm")
        {
            Sets = ["CreateResourceDataSync"],
            Ends = ["DeleteResourceDataSync"],
            Members = new("data sync {account} {region} {resource}")
            {
                Place = "s3Destination",
                Bucket = "bucketName",
                Prefix = "prefix",
                KmsKey = "aWSKMSKeyARN",
                Resource = ["syncName"],
            },
        },
        Documentation = new("https://docs.aws.amazon.com/systems-manager/latest/userguide/inventory-create-resource-data-sync.html"),
        Notes =
        [
            "The account stands in the middle of the keys: the policy's resource is PREFIX/*/accountid=ACCOUNT/*.",
            "Object Lock must be off.",
            "A data sync of an organization is guarded by aws:SourceOrgID and also needs s3:PutObjectTagging; older pages compare a tag of the request instead.",
        ],
    };
}
