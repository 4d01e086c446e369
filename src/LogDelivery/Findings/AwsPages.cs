namespace LogDelivery.Findings;

/// <summary>The AWS pages that rules come from; several rules share one.</summary>
internal static class AwsPages
{
    private const string Root = "https://docs.aws.amazon.com/";

    public static readonly Uri EvaluationLogic = Page("IAM/latest/UserGuide/reference_policies_evaluation-logic.html");
    public static readonly Uri ConditionOperators = Page("IAM/latest/UserGuide/reference_policies_elements_condition_operators.html");
    public static readonly Uri ConditionKeys = Page("IAM/latest/UserGuide/reference_policies_condition-keys.html");
    public static readonly Uri ConfusedDeputy = Page("IAM/latest/UserGuide/confused-deputy.html");
    public static readonly Uri NotPrincipal = Page("IAM/latest/UserGuide/reference_policies_elements_notprincipal.html");
    public static readonly Uri CloudTrailBucketPolicy = Page("awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html");
    public static readonly Uri CloudTrailFiles = Page("awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html");
    public static readonly Uri CloudTrailKeyPolicy = Page("awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html");
    public static readonly Uri CloudTrailManyAccounts = Page("awscloudtrail/latest/userguide/cloudtrail-set-bucket-policy-for-multiple-accounts.html");
    public static readonly Uri LoadBalancerLogs = Page("elasticloadbalancing/latest/application/enable-access-logging.html");
    public static readonly Uri VendedLogs = Page("AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html");
    public static readonly Uri FlowLogTroubles = Page("vpc/latest/userguide/flow-logs-troubleshooting.html");
    public static readonly Uri LogExport = Page("AmazonCloudWatch/latest/logs/S3ExportTasksConsole.html");
    public static readonly Uri GuardDutyExport = Page("guardduty/latest/ug/guardduty_exportfindings.html");
    public static readonly Uri ServerAccessLogs = Page("AmazonS3/latest/userguide/ServerLogs.html");
    public static readonly Uri ServerAccessLogTroubles = Page("AmazonS3/latest/userguide/troubleshooting-server-access-logging.html");
    public static readonly Uri ObjectOwnership = Page("AmazonS3/latest/userguide/about-object-ownership.html");
    public static readonly Uri BucketEncryption = Page("AmazonS3/latest/userguide/bucket-encryption.html");
    public static readonly Uri BucketKey = Page("AmazonS3/latest/userguide/bucket-key.html");
    public static readonly Uri ObjectLock = Page("AmazonS3/latest/userguide/object-lock-managing.html");
    public static readonly Uri RequesterPays = Page("AmazonS3/latest/userguide/RequesterPaysBuckets.html");
    public static readonly Uri BucketPolicyExamples = Page("AmazonS3/latest/userguide/example-bucket-policies.html");
    public static readonly Uri BucketPolicies = Page("AmazonS3/latest/userguide/bucket-policies.html");
    public static readonly Uri DualLayer = Page("AmazonS3/latest/userguide/UsingDSSEncryption.html");
    public static readonly Uri KeyStates = Page("kms/latest/developerguide/key-state.html");
    public static readonly Uri KeyPolicies = Page("kms/latest/developerguide/key-policies.html");
    public static readonly Uri KeyConditions = Page("kms/latest/developerguide/conditions-kms.html");
    public static readonly Uri WafLogs = Page("waf/latest/developerguide/logging-s3.html");
    public static readonly Uri CloudFrontLogs = Page("AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html");
    public static readonly Uri NetworkFirewallLogs = Page("network-firewall/latest/developerguide/logging-s3.html");

    private static Uri Page(string path) => new(Root + path);
}
