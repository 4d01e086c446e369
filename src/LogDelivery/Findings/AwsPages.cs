namespace LogDelivery.Findings;

/// <summary>Every AWS page that a finding comes from. Several findings may share one.</summary>
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
    public static readonly Uri CloudTrailTopicPolicy = Page("awscloudtrail/latest/userguide/cloudtrail-permissions-for-sns-notifications.html");
    public static readonly Uri CloudTrailLogGroup = Page("awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html");
    public static readonly Uri CloudTrailStop = Page("awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html");
    public static readonly Uri BucketOwnerCondition = Page("AmazonS3/latest/userguide/bucket-owner-condition.html");
    public static readonly Uri KeyPolicyDefault = Page("kms/latest/developerguide/key-policy-default.html");
    public static readonly Uri ResourceControlPolicies = Page("organizations/latest/userguide/orgs_manage_policies_rcps.html");
    public static readonly Uri CloudTrailDataEvents = Page("awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html");
    public static readonly Uri AlarmTopics = Page("AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html");
    public static readonly Uri FilterPatterns = Page("AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html");
    public static readonly Uri MetricFilters = Page("AmazonCloudWatch/latest/logs/MonitoringLogData.html");
    public static readonly Uri AlarmEvaluation = Page("AmazonCloudWatch/latest/monitoring/alarm-evaluation.html");
    public static readonly Uri SubscriptionFilters = Page("AmazonCloudWatch/latest/logs/SubscriptionFilters.html");
    public static readonly Uri FirehoseAccess = Page("firehose/latest/dev/controlling-access.html");
    public static readonly Uri FirehoseStreams = Page("firehose/latest/APIReference/API_DeliveryStreamDescription.html");
    public static readonly Uri FirehosePrefixes = Page("firehose/latest/dev/s3-prefixes.html");
    public static readonly Uri FirehoseErrorLogs = Page("firehose/latest/dev/monitoring-with-cloudwatch-logs.html");
    public static readonly Uri FirehoseDecompression = Page("firehose/latest/dev/writing-with-cloudwatch-logs-decompression.html");
    public static readonly Uri FirehoseFailures = Page("firehose/latest/dev/data-transformation-failure-handling.html");
    public static readonly Uri FirehoseDelivery = Page("firehose/latest/dev/basic-deliver.html");
    public static readonly Uri ServiceControlPolicies = Page("organizations/latest/userguide/orgs_manage_policies_scps.html");
    public static readonly Uri CloudTrailRecords = Page("awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html");
    public static readonly Uri CloudTrailKeys = Page("awscloudtrail/latest/userguide/cloudtrail-find-log-files.html");

    private static Uri Page(string path) => new(Root + path);
}
