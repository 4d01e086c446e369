namespace LogDelivery.Findings;

/// <summary>
/// The findings that no policy shows, but a look at AWS does. They have a page each in docs/findings/observed, as the others
/// have in docs/findings.
/// </summary>
internal static class HealthFindings
{
    private static readonly Uri BucketPolicyPage = new("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html");
    private static readonly Uri KeyPolicyPage = new("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html");
    private static readonly Uri TopicPage = new("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-permissions-for-sns-notifications.html");
    private static readonly Uri LogGroupPage = new("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html");
    private static readonly Uri StatusPage = new("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html");
    private static readonly Uri OwnerPage = new("https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html");
    private static readonly Uri LockOutPage = new("https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html");
    private static readonly Uri ControlPolicyPage = new("https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html");

    /// <summary>Every kind, as its page has it.</summary>
    public static IReadOnlyList<Finding> All { get; } =
    [
        NoBucket("amzn-s3-demo-bucket"),
        NoKey("arn:aws:kms:us-east-1:111122223333:key/example"),
        NoTopic("arn:aws:sns:us-east-1:111122223333:example"),
        TopicRefuses("The topic policy has no statement for it."),
        NoLogGroup("arn:aws:logs:us-east-1:111122223333:log-group:example"),
        NoLogGroupRole("arn:aws:iam::111122223333:role/example"),
        LogGroupRoleRefuses("The role's trust policy does not let cloudtrail.amazonaws.com take it on.", FindingSeverity.Blocks),
        Stopped(null),
        NothingRefuses("AccessDenied"),
        OtherOwner("amzn-s3-demo-bucket", "111122223333"),
        KeyLockOut("arn:aws:kms:us-east-1:111122223333:key/example"),
    ];

    public static Finding NoBucket(string bucketName) => Make(
        "LD0070",
        "The bucket does not exist",
        FindingSeverity.Blocks,
        $"S3 knows no bucket {bucketName}.",
        "Create the bucket again under this name before somebody else does, with a policy that lets the source in; or give the source another bucket. The name is free for every AWS account, and whoever takes it receives the logs; so nothing is created here without being asked for.",
        BucketPolicyPage);

    public static Finding NoKey(string keyId) => Make(
        "LD0071",
        "The KMS key does not exist",
        FindingSeverity.Blocks,
        $"KMS knows no key {keyId}.",
        "Give the trail another key (cloudtrail:UpdateTrail). What a deleted key encrypted is lost.",
        KeyPolicyPage);

    public static Finding NoTopic(string topicArn) => Make(
        "LD0072",
        "The topic does not exist",
        FindingSeverity.Blocks,
        $"SNS knows no topic {topicArn}.",
        "Create the topic again with a policy that lets CloudTrail publish, or take it from the trail (cloudtrail:UpdateTrail).",
        TopicPage);

    public static Finding TopicRefuses(string reason) => Make(
        "LD0073",
        "The topic's policy does not let the trail publish",
        FindingSeverity.Blocks,
        reason,
        "Allow cloudtrail.amazonaws.com the action SNS:Publish on the topic, with the trail's ARN as aws:SourceArn.",
        TopicPage);

    public static Finding NoLogGroup(string logGroupArn) => Make(
        "LD0074",
        "The log group does not exist",
        FindingSeverity.Blocks,
        $"CloudWatch Logs knows no log group {logGroupArn}.",
        "Create the log group again, or give the trail another one (cloudtrail:UpdateTrail).",
        LogGroupPage);

    public static Finding NoLogGroupRole(string roleArn) => Make(
        "LD0075",
        "The role of the log group does not exist",
        FindingSeverity.Blocks,
        $"IAM knows no role {roleArn}.",
        "Create the role again, or give the trail another one (cloudtrail:UpdateTrail).",
        LogGroupPage);

    public static Finding LogGroupRoleRefuses(string reason, FindingSeverity severity) => Make(
        "LD0076",
        "The role of the log group does not let the trail write",
        severity,
        reason,
        "Let cloudtrail.amazonaws.com take the role on (sts:AssumeRole in its trust policy), and allow it logs:CreateLogStream and logs:PutLogEvents on the log group's streams.",
        LogGroupPage);

    public static Finding Stopped(string? since) => Make(
        "LD0077",
        "The trail is stopped",
        FindingSeverity.Blocks,
        since is null ? "The trail does not record." : $"The trail does not record since {since}.",
        "Start it (cloudtrail:StartLogging) in its home Region. What happened meanwhile is not recorded; the event history has management events of 90 days.",
        StatusPage);

    public static Finding NothingRefuses(string error) => Make(
        "LD0078",
        "The policies allow what AWS reports as refused",
        FindingSeverity.Warning,
        $"AWS reports {error}, but the policies and settings that can be read allow every call.",
        "Where they were repaired lately, wait for the next delivery: the error stays until one succeeds. Otherwise look for a resource control policy of the organization that denies the service.",
        ControlPolicyPage);

    public static Finding OtherOwner(string bucketName, string expectedOwner) => Make(
        "LD0080",
        "The bucket is not the expected account's",
        FindingSeverity.Blocks,
        $"S3 refuses calls about {bucketName} that expect {expectedOwner} as its owner: the bucket belongs to another account.",
        "Where the other account is yours, run this with its credentials. Where it is not, the bucket was deleted and somebody else took its name: point the source to a bucket of yours at once, and treat what was delivered since as disclosed.",
        OwnerPage);

    public static Finding KeyLockOut(string keyArn) => Make(
        "LD0081",
        "The key policy would leave nobody who may change it",
        FindingSeverity.Blocks,
        $"By the document that was to be written, neither the account nor any user or role that it names may call kms:PutKeyPolicy on {keyArn}.",
        "Give kms:PutKeyPolicy to the account (arn:aws:iam::ACCOUNT:root) or to the key's administrators first. A key that nobody administers can only be recovered by AWS Support.",
        LockOutPage);

    private static Finding Make(string id, string title, FindingSeverity severity, string evidence, string remedy, Uri page)
        => new(id, title, severity, evidence, remedy, -1, null, string.Empty, page);
}
