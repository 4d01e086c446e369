namespace LogDelivery.Sources.Catalog;

/// <summary>
/// S3 Storage Lens metrics exports. Source: S3 user guide, example-bucket-policies (Storage Lens),
/// storage_lens_encrypt_permissions.
/// </summary>
internal static class StorageLens
{
    public static readonly DeliverySource Source = new("StorageLens")
    {
        Name = "Amazon S3 Storage Lens metrics export",
        Principal = "storage-lens.s3.amazonaws.com",
        HasKeySetting = true,
        SourceArns = ["arn:{partition}:s3:{region}:{account}:storage-lens/*"],

        // An export can be configured with a key of its own; which headers that makes is not documented.
        SendsEncryptionHeaders = null,
        Guard = Guards.AccountAndArnEquals,
        Grants =
        [
            new()
            {
                Sid = "S3StorageLensExamplePolicy",
                Actions = ["s3:PutObject"],
                Key = "{prefix}StorageLens/{account}/*",
                SendsAcl = true,
                When = d => d.OrganizationId is null,
                Conditions = Guards.OwnerFullControl,
                Calls = [new("metrics file", "s3:PutObject", "{prefix}StorageLens/{account}/my-dashboard/V_1/reports/dt=2026-01-31/00000000-0000-0000-0000-000000000000.csv")],
            },
            new()
            {
                Sid = "S3StorageLensExamplePolicy",
                Actions = ["s3:PutObject"],
                Key = "{prefix}StorageLens/{org}/*",
                SendsAcl = true,
                When = d => d.OrganizationId is not null,
                Conditions = Guards.OwnerFullControl,
                Calls = [new("organization metrics file", "s3:PutObject", "{prefix}StorageLens/{org}/my-dashboard/V_1/reports/dt=2026-01-31/00000000-0000-0000-0000-000000000000.csv")],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "AllowS3StorageLensToUseTheKey",
                Actions = ["kms:GenerateDataKey"],
                Calls = [new("data key", "kms:GenerateDataKey")],
            },
        ],
        Constraints = new() { SameRegion = true },
        Parameters =
        [
            new("KeyPrefix", false, "the prefix of the metrics export"),
            new("SourceArn", false, "the dashboard's ARN: arn:aws:s3:us-east-1:111122223333:storage-lens/ID"),
            new("OrganizationId", false, "the organization id (o-...), for a dashboard of the whole organization"),
            new("KmsKeyArn", false, "the ARN of the KMS key that the export is encrypted with"),
        ],
        KeyLayout = "{prefix}StorageLens/{account} or {org}/DASHBOARD/V_1/reports/{date}/FILE",
        KeyDateFormat = "'dt='yyyy'-'MM'-'dd",
        Latency = "every day",

        // Written every day or every week.
        FirstObjectWithin = TimeSpan.FromDays(9),
        StatusApi = null,

        // Source: S3 API reference, PutStorageLensConfiguration, DeleteStorageLensConfiguration. No published event was found.
        ManagementCalls = new("s3")
        {
            Sets = ["PutStorageLensConfiguration"],
            Ends = ["DeleteStorageLensConfiguration"],
            Members = new("storage lens {account} {region} {resource}")
            {
                Place = "S3BucketDestination",
                Bucket = "Arn",
                Prefix = "Prefix",
                KmsKey = "KeyId",
                EndsWhenAbsent = true,
                Resource = ["storagelensid", "configId", "StorageLensConfiguration.Id"],
            },
        },
        Documentation = new("https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html"),
        Notes =
        [
            "The bucket is in the dashboard's home Region.",
            "A dashboard of an organization writes below the organization's id in place of the account's.",
        ],
    };
}
