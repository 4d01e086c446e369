namespace LogDelivery.Logs.Destinations;

/// <summary>
/// Why AWS refuses to set a destination, by the error code and, where services use one code for many things, the message.
/// Sources: the API references of the services; VPC user guide, flow-logs-troubleshooting; Application Load Balancer user guide,
/// load-balancer-troubleshooting; S3 user guide, troubleshooting-server-access-logging.
/// </summary>
internal static class RefusalCauses
{
    private const string BucketMissing = "There is no such bucket: it was deleted, its name is mistyped, or it is in another partition.";
    private const string BucketPolicy = "The bucket policy does not let the source in: the statements for the ACL check or for writing are missing, name another prefix, account, organization or source ARN, a Deny stands against them, or the change of the policy has not taken effect yet.";
    private const string BadName = "This is no name that a bucket can have for this source.";
    private const string BadPrefix = "The source does not take this prefix: it is too long, or holds AWSLogs.";
    private const string CallerMayNot = "The principal may not make this call, or one that the service makes with its rights.";

    private static readonly Dictionary<(string Service, string Code), string> Known = new()
    {
        [("cloudtrail", "S3BucketDoesNotExist")] = BucketMissing,
        [("cloudtrail", "InsufficientS3BucketPolicy")] = BucketPolicy + " Requester Pays stops a trail, too.",
        [("cloudtrail", "InsufficientEncryptionPolicy")] = "The bucket policy or the policy of the KMS key does not let CloudTrail in.",
        [("cloudtrail", "KmsKeyNotFound")] = "The KMS key does not exist, or it is not in the Region of the bucket.",
        [("cloudtrail", "KmsKeyDisabled")] = "The KMS key is disabled.",
        [("cloudtrail", "Kms")] = "The call of KMS failed.",
        [("cloudtrail", "InvalidKmsKeyId")] = "This is no id, alias or ARN of a KMS key.",
        [("cloudtrail", "InvalidS3BucketName")] = BadName,
        [("cloudtrail", "InvalidS3Prefix")] = BadPrefix,
        [("cloudtrail", "InsufficientSnsTopicPolicy")] = "The policy of the topic does not let CloudTrail publish.",
        [("cloudtrail", "InvalidHomeRegion")] = "The trail has to be changed in its home Region.",
        [("cloudtrail", "InsufficientDependencyServiceAccessPermission")] = "The principal may not use what an organization trail needs of AWS Organizations and IAM.",
        [("cloudtrail", "CloudTrailAccessNotEnabled")] = "Trusted access for CloudTrail is not on in the organization.",
        [("cloudtrail", "NotOrganizationMasterAccount")] = "An organization trail is made in the management account, or by its delegated administrator.",
        [("cloudtrail", "OrganizationsNotInUse")] = "The account is in no organization.",
        [("cloudtrail", "OrganizationNotInAllFeaturesMode")] = "The organization does not have all features on.",
        [("cloudtrail", "NoManagementAccountSLRExists")] = "The management account lacks the service-linked role of CloudTrail.",
        [("ec2", "LogDestinationNotFound")] = BucketMissing,
        [("ec2", "LogDestinationPermissionIssue")] = "The bucket policy does not let delivery.logs.amazonaws.com in and the statements could not be added: the principal may not change the policy, the bucket is another account's, or the policy would be larger than 20 KB.",
        [("elasticloadbalancing", "InvalidConfigurationRequest")] = "The load balancer could not write its test file: the policy names another principal, prefix or account than Elastic Load Balancing uses in this Region, a Deny stands against it, the bucket is in another Region, or it is encrypted by default with a KMS key.",
        [("s3", "InvalidTargetBucketForLogging")] = "The target bucket does not exist, belongs to another account, or does not let logging.s3.amazonaws.com write.",
        [("s3", "CrossLocationLoggingProhibited")] = "The target bucket is in another Region than the bucket.",
        [("s3", "InvalidBucketAclWithObjectOwnership")] = "The target bucket has ACLs off, and takes no target grants.",
        [("config", "InsufficientDeliveryPolicy")] = "AWS Config could not write its test file: neither the role of the recorder nor config.amazonaws.com is let in by the bucket policy or by the KMS key, or Object Lock keeps it from writing.",
        [("config", "NoSuchBucket")] = BucketMissing,
        [("config", "InvalidS3KeyPrefix")] = BadPrefix,
        [("config", "InvalidS3KmsKeyArn")] = "This is no ARN of a KMS key that AWS Config can use.",
        [("config", "InvalidSNSTopicARN")] = "This is no ARN of a topic.",
        [("config", "NoAvailableConfigurationRecorder")] = "There is no configuration recorder yet.",
        [("wafv2", "WAFLogDestinationPermissionIssue")] = "The statements could not be added to the bucket policy: the principal may not change it, or it would be too large.",
        [("wafv2", "WAFInvalidParameter")] = "The name of a bucket that takes logs of AWS WAF begins with aws-waf-logs-.",
        [("network-firewall", "LogDestinationPermission")] = "The bucket policy does not let the logs in, and the principal may not add the statements.",
        [("route53resolver", "AccessDenied")] = "The bucket policy does not let the logs in, or the principal may not set it.",
        [("redshift", "InsufficientS3BucketPolicy")] = BucketPolicy,
        [("redshift", "BucketNotFound")] = BucketMissing,
        [("redshift", "InvalidS3BucketName")] = BadName,
        [("redshift", "InvalidS3KeyPrefix")] = BadPrefix,
        [("ses", "InvalidS3Configuration")] = "The bucket or the KMS key does not let ses.amazonaws.com in, or does not exist.",
        [("logs", "AccessDenied")] = "The delivery destination of another account has no policy that allows it (logs:PutDeliveryDestinationPolicy), or the principal may not change the bucket policy.",
        [("logs", "Validation")] = "The delivery destination of another account has no policy that allows it (logs:PutDeliveryDestinationPolicy), or the principal may not change the bucket policy.",
        [("logs", "Conflict")] = "There is one already.",
        [("logs", "LimitExceeded")] = "Another export task of the account runs.",
    };

    // Where the code says little: parts of messages.
    private static readonly (string Service, string Part, string Cause)[] Messages =
    [
        ("logs", "GetBucketAcl call on the given bucket failed", "The bucket policy does not let logs.REGION.amazonaws.com read the ACL (s3:GetBucketAcl), the bucket is in another Region, or an organization's policy denies it."),
        ("logs", "caller has been granted s3:PutObject", "The bucket is another account's, and does not let the principal itself write."),
        ("cloudfront", "does not enable ACL access", "Object Ownership of the bucket is BucketOwnerEnforced: legacy logs of CloudFront need ACLs. Version 2 of its logs does not."),
        ("ec2", "Access Denied for LogDestination", "The bucket policy does not let delivery.logs.amazonaws.com in, or the bucket does not exist."),
        ("ec2", "is undeliverable", "The bucket is encrypted by default with a KMS key that is given by its id: it has to be the key's ARN, and the key policy has to let delivery.logs.amazonaws.com in."),
        ("route53resolver", "RSLVR-01605", "The bucket policy does not let the logs in, and the principal may not add the statements."),
        ("s3", "target bucket for logging does not exist", BucketMissing),
        ("s3", "must be the same", "The target bucket belongs to another account."),
    ];

    /// <summary>The cause, as a sentence; empty when nothing is known beyond what AWS says.</summary>
    /// <param name="service">The service that was asked.</param>
    /// <param name="code">The error code.</param>
    /// <param name="message">The error message.</param>
    public static string Of(string service, string code, string? message)
    {
        foreach (var (of, part, cause) in Messages)
        {
            if (of == service && message?.Contains(part, StringComparison.OrdinalIgnoreCase) == true)
            {
                return cause;
            }
        }

        var plain = Plain(code);
        return Known.TryGetValue((service, plain), out var known) ? known
            : plain is "AccessDenied" or "UnauthorizedOperation" or "Unauthorized" ? CallerMayNot
            : string.Empty;
    }

    /// <summary>Whether a refusal says nothing about the destination, and the same call may succeed a moment later.</summary>
    public static bool IsPassing(string code)
        => Plain(code) is "Throttling" or "RequestLimitExceeded" or "TooManyRequests" or "SlowDown" or "ServiceUnavailable" or "InternalError" or "InternalFailure" or "InternalServer" or "InternalService" or "InternalServerError" or "OperationAborted";

    // EC2 writes Client. and Server. before its codes; CloudTrail has the code with or without what the SDKs put behind it.
    private static string Plain(string code)
    {
        var plain = code.StartsWith("Client.", StringComparison.Ordinal) || code.StartsWith("Server.", StringComparison.Ordinal) ? code["Client.".Length..] : code;
        foreach (var ending in new[] { "Exception", "Fault" })
        {
            if (plain.Length > ending.Length && plain.EndsWith(ending, StringComparison.Ordinal))
            {
                return plain[..^ending.Length];
            }
        }

        return plain;
    }
}
