using LogDelivery.Findings;

namespace LogDelivery.Trails;

/// <summary>
/// The findings that only the present state of AWS shows: destinations that do not exist, trails that are stopped, and errors
/// that no policy explains.
/// </summary>
internal static class HealthFindings
{
    public static readonly FindingKind NoBucketKind = new("LD0070", "The bucket does not exist", FindingSeverity.Blocks, AwsPages.CloudTrailBucketPolicy);

    public static Finding NoBucket(string bucketName) => NoBucketKind.Report(
        $"S3 knows no bucket {bucketName}.",
        "Create the bucket again under this name before somebody else does, with a policy that lets the source in; or give the source another bucket. The name is free for every AWS account, and whoever takes it receives the logs; so nothing is created here without being asked for.");

    private static readonly FindingKind NoKeyKind = new("LD0071", "The KMS key does not exist", FindingSeverity.Blocks, AwsPages.CloudTrailKeyPolicy);

    public static Finding NoKey(string keyId) => NoKeyKind.Report(
        $"KMS knows no key {keyId}.",
        "Give the trail another key (cloudtrail:UpdateTrail). What a deleted key encrypted is lost.");

    private static readonly FindingKind NoTopicKind = new("LD0072", "The topic does not exist", FindingSeverity.Blocks, AwsPages.CloudTrailTopicPolicy);

    public static Finding NoTopic(string topicArn) => NoTopicKind.Report(
        $"SNS knows no topic {topicArn}.",
        "Create the topic again with a policy that lets CloudTrail publish, or take it from the trail (cloudtrail:UpdateTrail).");

    private static readonly FindingKind TopicRefusesKind = new("LD0073", "The topic's policy does not let the trail publish", FindingSeverity.Blocks, AwsPages.CloudTrailTopicPolicy);

    public static Finding TopicRefuses(string reason) => TopicRefusesKind.Report(
        reason,
        "Allow cloudtrail.amazonaws.com the action SNS:Publish on the topic, with the trail's ARN as aws:SourceArn.");

    private static readonly FindingKind NoLogGroupKind = new("LD0074", "The log group does not exist", FindingSeverity.Blocks, AwsPages.CloudTrailLogGroup);

    public static Finding NoLogGroup(string logGroupArn) => NoLogGroupKind.Report(
        $"CloudWatch Logs knows no log group {logGroupArn}.",
        "Create the log group again, or give the trail another one (cloudtrail:UpdateTrail).");

    private static readonly FindingKind NoLogGroupRoleKind = new("LD0075", "The role of the log group does not exist", FindingSeverity.Blocks, AwsPages.CloudTrailLogGroup);

    public static Finding NoLogGroupRole(string roleArn) => NoLogGroupRoleKind.Report(
        $"IAM knows no role {roleArn}.",
        "Create the role again, or give the trail another one (cloudtrail:UpdateTrail).");

    private static readonly FindingKind LogGroupRoleRefusesKind = new("LD0076", "The role of the log group does not let the trail write", FindingSeverity.Blocks, AwsPages.CloudTrailLogGroup);

    public static Finding LogGroupRoleRefuses(string reason) => LogGroupRoleRefusesKind.Report(
        reason,
        "Let cloudtrail.amazonaws.com take the role on (sts:AssumeRole in its trust policy), and allow it logs:CreateLogStream and logs:PutLogEvents on the log group's streams.");

    private static readonly FindingKind StoppedKind = new("LD0077", "The trail is stopped", FindingSeverity.Blocks, AwsPages.CloudTrailStop);

    public static Finding Stopped(string? since) => StoppedKind.Report(
        since is null ? "The trail does not record." : $"The trail does not record since {since}.",
        "Start it (cloudtrail:StartLogging) in its home Region. What happened meanwhile is not recorded; the event history has management events of 90 days.");

    private static readonly FindingKind NothingRefusesKind = new("LD0078", "The policies allow what AWS reports as refused", FindingSeverity.Warning, AwsPages.ResourceControlPolicies);

    public static Finding NothingRefuses(string error) => NothingRefusesKind.Report(
        $"AWS reports {error}, but the policies and settings that can be read allow every call.",
        "Where they were repaired lately, wait for the next delivery: the error stays until one succeeds. Otherwise look for a resource control policy of the organization that denies the service.");

    private static readonly FindingKind OtherOwnerKind = new("LD0080", "The bucket is not the expected account's", FindingSeverity.Blocks, AwsPages.BucketOwnerCondition);

    public static Finding OtherOwner(string bucketName, string expectedOwner) => OtherOwnerKind.Report(
        $"S3 refuses calls about {bucketName} that expect {expectedOwner} as its owner: the bucket belongs to another account.",
        "Where the other account is yours, run this with its credentials. Where it is not, the bucket was deleted and somebody else took its name: point the source to a bucket of yours at once, and treat what was delivered since as disclosed.");
}
