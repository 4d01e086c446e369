namespace LogDelivery.Sources.Catalog;

/// <summary>Bedrock model invocation logs. Source: Bedrock user guide, model-invocation-logging.</summary>
internal static class BedrockInvocation
{
    public static readonly DeliverySource Source = new("BedrockInvocation")
    {
        Name = "Amazon Bedrock model invocation logs",
        Principal = "bedrock.amazonaws.com",
        SourceArns = ["arn:{partition}:bedrock:{region}:{account}:*"],
        Guard = Guards.AccountAndArnLike,
        Grants =
        [
            new()
            {
                Sid = "AmazonBedrockLogsWrite",
                Actions = ["s3:PutObject"],
                Key = "{prefix}AWSLogs/{account}/BedrockModelInvocationLogs/*",

                // The page asks for no ACL; whether one is sent it does not say.
                SendsAcl = null,
                Calls =
                [
                    new("log file", "s3:PutObject", "{prefix}AWSLogs/{account}/BedrockModelInvocationLogs/log-file.json.gz"),
                    new("large body", "s3:PutObject", "{prefix}AWSLogs/{account}/BedrockModelInvocationLogs/data/body.json.gz"),
                ],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "AmazonBedrockLogsKeyUse",
                Actions = ["kms:GenerateDataKey"],
                Calls = [new("data key", "kms:GenerateDataKey")],
            },
        ],
        Constraints = new()
        {
            SameRegion = true,
            SameAccount = true,
            RequiresAclsOff = true,
        },
        Parameters =
        [
            new("KeyPrefix", false, "the S3 key prefix of the logging configuration"),
            new("SourceArn", false, "the ARN in aws:SourceArn, where it is known"),
            new("KmsKeyArn", false, "the ARN of the bucket's default KMS key"),
        ],
        KeyFolders = ["BedrockModelInvocationLogs"],
        KeyLayout = "{prefix}AWSLogs/{account}/BedrockModelInvocationLogs/...",
        KeyDateFormat = null,
        Latency = "not documented",
        StatusApi = null,

        ManagementCalls = new("bedrock")
        {
            Sets = ["PutModelInvocationLoggingConfiguration"],
            Ends = ["DeleteModelInvocationLoggingConfiguration"],
        },
        Documentation = new("https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html"),
        Notes =
        [
            "The bucket is in the same account and Region, with ACLs off (BucketOwnerEnforced).",
            "Bodies of more than 100 KB and binary data become objects of their own.",
            "What follows BedrockModelInvocationLogs/ in the keys is not documented; the tested keys are made-up ones.",
        ],
    };
}
