namespace LogDelivery.Sources.Catalog;

/// <summary>
/// Compute Optimizer recommendation exports. Source: Compute Optimizer user guide,
/// create-s3-bucket-policy-for-compute-optimizer, using-encrypted-s3-buckets.
/// </summary>
internal static class ComputeOptimizer
{
    public static readonly DeliverySource Source = new("ComputeOptimizer")
    {
        Name = "AWS Compute Optimizer recommendations export",
        Principal = "compute-optimizer.amazonaws.com",
        SourceArns = ["arn:{partition}:compute-optimizer:{region}:{account}:*"],
        Guard = Guards.AccountAndArnLike,
        Grants =
        [
            new()
            {
                Sid = "ComputeOptimizerAclCheck",
                Actions = ["s3:GetBucketAcl"],
                Calls = [new("ACL check", "s3:GetBucketAcl")],
            },
            new()
            {
                Sid = "ComputeOptimizerPolicyStatusCheck",
                Actions = ["s3:GetBucketPolicyStatus"],
                Calls = [new("check for public access", "s3:GetBucketPolicyStatus")],
            },
            new()
            {
                Sid = "ComputeOptimizerWrite",
                Actions = ["s3:PutObject"],
                Key = "{prefix}compute-optimizer/{account}/*",
                SendsAcl = true,
                Conditions = Guards.OwnerFullControl,
                Calls =
                [
                    new("export file", "s3:PutObject", "{prefix}compute-optimizer/{account}/{region}-2026-01-31T235000Z-00000000-0000-0000-0000-000000000000.csv"),
                    new("metadata file", "s3:PutObject", "{prefix}compute-optimizer/{account}/{region}-2026-01-31T235000Z-00000000-0000-0000-0000-000000000000-metadata.json"),
                ],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "Allow use of the key to Compute Optimizer",
                Actions = ["kms:GenerateDataKey", "kms:Decrypt"],
                Calls =
                [
                    new("data key", "kms:GenerateDataKey"),
                    new("decrypt", "kms:Decrypt"),
                ],
            },
        ],
        Constraints = new() { ForbidsRequesterPays = true },
        Parameters =
        [
            new("KeyPrefix", false, "the export's prefix, without compute-optimizer/ACCOUNT"),
            new("SourceArn", false, "the ARN in aws:SourceArn, where it is known"),
            new("KmsKeyArn", false, "the ARN of the bucket's default KMS key"),
        ],
        KeyLayout = "{prefix}compute-optimizer/{account}/FILE",
        KeyDateFormat = null,
        Latency = "on demand; no figure is documented",
        StatusApi = "compute-optimizer:DescribeRecommendationExportJobs (status)",

        // Source: Compute Optimizer API reference, the Export operations. No published event was found.
        ManagementCalls = new("compute-optimizer")
        {
            AlwaysSets =
            [
                "ExportAutoScalingGroupRecommendations",
                "ExportEBSVolumeRecommendations",
                "ExportEC2InstanceRecommendations",
                "ExportECSServiceRecommendations",
                "ExportIdleRecommendations",
                "ExportLambdaFunctionRecommendations",
                "ExportLicenseRecommendations",
                "ExportRDSDatabaseRecommendations",
            ],
            Members = new("recommendations {account} {region} {call}")
            {
                Place = "s3DestinationConfig",
                Bucket = "bucket",
                Prefix = "keyPrefix",
                ConfigurationId = "jobId",
            },
        },
        Documentation = new("https://docs.aws.amazon.com/compute-optimizer/latest/ug/create-s3-bucket-policy-for-compute-optimizer.html"),
        Notes =
        [
            "All three statements are needed; the account is that of whoever asks for the export.",
            "compute-optimizer/ACCOUNT comes behind the prefix and is not part of it.",
            "The bucket may not be public, and no Requester Pays bucket.",
            "Buckets encrypted with an AWS managed key are refused.",
        ],
    };
}
