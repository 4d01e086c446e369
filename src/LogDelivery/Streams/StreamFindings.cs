
namespace LogDelivery.Streams;

/// <summary>
/// The findings about a chain that no policy of a bucket or key shows. They have a page each in docs/findings/stream; what
/// those policies show has its pages in docs/findings.
/// </summary>
internal static class StreamFindings
{
    private static readonly Uri Subscriptions = new("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html");
    private static readonly Uri Patterns = new("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html");
    private static readonly Uri Access = new("https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html");
    private static readonly Uri Streams = new("https://docs.aws.amazon.com/firehose/latest/APIReference/API_DeliveryStreamDescription.html");
    private static readonly Uri Prefixes = new("https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html");
    private static readonly Uri ErrorLogs = new("https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html");
    private static readonly Uri Decompression = new("https://docs.aws.amazon.com/firehose/latest/dev/writing-with-cloudwatch-logs-decompression.html");
    private static readonly Uri Failures = new("https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html");
    private static readonly Uri Delivery = new("https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html");
    private static readonly Uri Deputy = new("https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html");
    private static readonly Uri ControlPolicies = new("https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html");

    /// <summary>Every kind, as its page has it.</summary>
    public static IReadOnlyList<Finding> All { get; } =
    [
        NoLogGroup("example"),
        NoFilter("example", "arn:aws:firehose:us-east-1:111122223333:deliverystream/example", []),
        InvalidPattern("example", "{ $.eventName = }", "A value is expected."),
        MatchesNothing("{ $.eventName = \"ConsoleLogin\" }", 100, null),
        NoSubscriptionRole("arn:aws:iam::111122223333:role/example"),
        SubscriptionTrustRefuses("The trust policy has no statement for it.", "{}", null),
        Unguarded("The trust policy has no condition.", "aws:SourceAccount", null),
        SubscriptionMayNotPut("No policy of the role allows firehose:PutRecord.", "{}"),
        NoStream("example", "us-east-1"),
        StreamNotActive("example", "CREATING_FAILED", "KMS_ACCESS_DENIED"),
        StreamHasOtherSource("example", "KinesisStreamAsSource"),
        NoStreamRole("arn:aws:iam::111122223333:role/example"),
        StreamTrustRefuses("The trust policy has no statement for it.", "{}", null),
        MayNotWrite("No policy of the role allows s3:PutObject.", ["{}"]),
        MayNotWriteFailures("No policy of the role allows s3:PutObject below errors/.", ["{}"]),
        MayNotUseKey("No policy of the role allows kms:GenerateDataKey.", ["{}"]),
        InvalidPrefix("Prefix", ["!{firehose:error-output-type} is for the error prefix only."]),
        MayNotLogErrors("No policy of the role allows logs:PutLogEvents.", "{}"),
        MayNotCallLambda("No policy of the role allows lambda:InvokeFunction.", "{}"),
        MayNotReadKinesis("No policy of the role allows kinesis:GetRecords.", "{}"),
        NoBucket("amzn-s3-demo-bucket"),
        NoKey("arn:aws:kms:us-east-1:111122223333:key/example"),
        CompressedTwice("GZIP", false),
        LogsNoErrors("example"),
        NoErrorLog("/aws/kinesisfirehose/example", "DestinationDelivery"),
        GluedTogether("Decompression without AppendDelimiterToRecord"),
        OtherTimePattern("Prefix", ["YYYY is the year of the week."]),
        ErrorsWithoutCause("S3.AccessDenied", "2026-01-31 23:50:00Z"),
        RecordsSetAside(1, "errors/", "Lambda.FunctionError"),
        NothingArrives(10, "2026-01-31 23:50:00Z"),
        NotToS3("example", "Splunk"),
    ];

    public static Finding NoLogGroup(string name) => Make(
        "LD0100",
        "The log group does not exist",
        FindingSeverity.Blocks,
        $"CloudWatch Logs knows no log group {name}.",
        "Give the name of the log group exactly, with its slashes; or create the group and its subscription filter.",
        Subscriptions);

    public static Finding NoFilter(string logGroup, string streamArn, IReadOnlyList<string> others) => Make(
        "LD0101",
        "No subscription filter sends to the stream",
        FindingSeverity.Blocks,
        $"The log group {logGroup} has {(others.Count == 0 ? "no subscription filter" : $"filters to {string.Join(", ", others)} only")}, none to {streamArn}.",
        "Create the filter (logs:PutSubscriptionFilter) with the stream as its destination and a role that may put records into it. A log group has two filters at most.",
        Subscriptions);

    public static Finding InvalidPattern(string filter, string pattern, string problem) => Make(
        "LD0102",
        "The filter pattern is not valid",
        FindingSeverity.Blocks,
        $"The pattern {pattern} of the filter {filter} is not valid: {problem}",
        "Put the filter again (logs:PutSubscriptionFilter) with a valid pattern; Test-LogFilterPattern says what is wrong with one.",
        Patterns);

    public static Finding MatchesNothing(string pattern, int events, string? hint) => Make(
        "LD0103",
        "The filter pattern matches none of the newest events",
        FindingSeverity.Warning,
        FormattableString.Invariant($"The pattern {pattern} matches none of the newest {events:N0} events of the log group.{(hint is null ? string.Empty : $" {hint}")}"),
        "Where such events did happen, compare the pattern with one of them: names in JSON are case-sensitive, and a pattern for JSON begins with a brace. Where none did, all is well.",
        Patterns);

    public static Finding NoSubscriptionRole(string? roleArn) => Make(
        "LD0104",
        "The role of the subscription filter does not exist",
        FindingSeverity.Blocks,
        roleArn is null ? "The subscription filter names no role." : $"IAM knows no role {roleArn}.",
        "Create the role again, or put the filter again (logs:PutSubscriptionFilter) with a role that CloudWatch Logs may take on.",
        Subscriptions);

    public static Finding SubscriptionTrustRefuses(string reason, string grant, string? path) => Make(
        "LD0105",
        "CloudWatch Logs may not take on the role of the subscription filter",
        FindingSeverity.Blocks,
        reason,
        $"Let CloudWatch Logs take the role on (iam:UpdateAssumeRolePolicy): add to its trust policy the statement {grant}",
        Subscriptions,
        path);

    public static Finding Unguarded(string evidence, string key, string? path) => Make(
        "LD0106",
        "The trust policy does not say for whom the service acts",
        FindingSeverity.Unguarded,
        evidence,
        $"Add a condition on {key} to the statement, so that the service takes the role on for this account only.",
        Deputy,
        path);

    public static Finding SubscriptionMayNotPut(string reason, string grant) => Make(
        "LD0107",
        "The role of the subscription filter may not put records into the stream",
        FindingSeverity.Blocks,
        reason,
        $"Add to a policy of the role (iam:PutRolePolicy) the statement {grant}",
        Subscriptions);

    public static Finding NoStream(string name, string region) => Make(
        "LD0108",
        "The stream does not exist",
        FindingSeverity.Blocks,
        $"Firehose knows no stream {name} in {region}.",
        "Give name and Region of the stream exactly, or create it again; records that are sent to it meanwhile are lost.",
        Streams);

    public static Finding StreamNotActive(string name, string status, string? failure) => Make(
        "LD0109",
        "The stream is not active",
        FindingSeverity.Blocks,
        $"The stream {name} is {status}{(failure is null ? string.Empty : $": {failure}")}.",
        status switch
        {
            "CREATING" => "Wait until it is ACTIVE.",
            "ACTIVE" => "Mend the key of the stream's own encryption, then start it again (firehose:StartDeliveryStreamEncryption).",
            _ => "Delete the stream and create it again once the reason is mended; a stream in this state takes no records.",
        },
        Streams);

    public static Finding StreamHasOtherSource(string name, string type) => Make(
        "LD0110",
        "The stream takes its records from elsewhere",
        FindingSeverity.Blocks,
        $"The stream {name} is of the type {type}: it reads its source itself and refuses records that are put into it.",
        "Send the subscription filter to the Kinesis stream that is its source, or to a stream of the type DirectPut.",
        Streams);

    public static Finding NoStreamRole(string roleArn) => Make(
        "LD0111",
        "The role of the stream does not exist",
        FindingSeverity.Blocks,
        $"IAM knows no role {roleArn}.",
        "Create the role again with its trust and its policies, or give the stream another one (firehose:UpdateDestination).",
        Access);

    public static Finding StreamTrustRefuses(string reason, string grant, string? path) => Make(
        "LD0112",
        "Firehose may not take on the role of the stream",
        FindingSeverity.Blocks,
        reason,
        $"Let Firehose take the role on (iam:UpdateAssumeRolePolicy): add to its trust policy the statement {grant}",
        Access,
        path);

    public static Finding MayNotWrite(string reason, IReadOnlyList<string> grants) => Make(
        "LD0113",
        "The role of the stream may not write into the bucket",
        FindingSeverity.Blocks,
        reason,
        $"Add to a policy of the role (iam:PutRolePolicy) {Statements(grants)}",
        Access);

    public static Finding MayNotWriteFailures(string reason, IReadOnlyList<string> grants) => Make(
        "LD0114",
        "The role of the stream may not write below the error prefix",
        FindingSeverity.Blocks,
        $"{reason} Records that cannot be processed are lost, and they block the others.",
        $"Add to a policy of the role (iam:PutRolePolicy) {Statements(grants)}",
        Prefixes);

    public static Finding MayNotUseKey(string reason, IReadOnlyList<string> grants) => Make(
        "LD0115",
        "The role of the stream may not use the key",
        FindingSeverity.Blocks,
        reason,
        $"Add to a policy of the role (iam:PutRolePolicy) {Statements(grants)}",
        Access);

    public static Finding InvalidPrefix(string setting, IReadOnlyList<string> problems) => Make(
        "LD0116",
        "The prefix is not valid",
        FindingSeverity.Blocks,
        $"{setting}: {string.Join(" ", problems)}",
        "Give the stream a valid prefix (firehose:UpdateDestination).",
        Prefixes);

    public static Finding MayNotLogErrors(string reason, string grant) => Make(
        "LD0117",
        "The role of the stream may not write the error log",
        FindingSeverity.Warning,
        $"{reason} Records arrive without it, but why they do not is shown nowhere.",
        $"Add to a policy of the role (iam:PutRolePolicy) the statement {grant}",
        ErrorLogs);

    public static Finding MayNotCallLambda(string reason, string grant) => Make(
        "LD0118",
        "The role of the stream may not call the function",
        FindingSeverity.Blocks,
        reason,
        $"Add to a policy of the role (iam:PutRolePolicy) the statement {grant}",
        Access);

    public static Finding MayNotReadKinesis(string reason, string grant) => Make(
        "LD0119",
        "The role of the stream may not read its source",
        FindingSeverity.Blocks,
        reason,
        $"Add to a policy of the role (iam:PutRolePolicy) the statement {grant}",
        Access);

    public static Finding NoBucket(string bucketName) => Make(
        "LD0120",
        "The bucket of the stream does not exist",
        FindingSeverity.Blocks,
        $"S3 knows no bucket {bucketName}.",
        "Create the bucket again under this name before somebody else does, or give the stream another one (firehose:UpdateDestination).",
        Delivery);

    public static Finding NoKey(string keyId) => Make(
        "LD0121",
        "The key of the stream does not exist",
        FindingSeverity.Blocks,
        $"KMS knows no key {keyId}.",
        "Give the stream or the bucket another key. What a deleted key encrypted is lost.",
        Access);

    public static Finding CompressedTwice(string format, bool decompresses) => Make(
        "LD0122",
        "Records are compressed twice",
        FindingSeverity.Warning,
        $"CloudWatch Logs sends gzip, and the stream compresses it again (CompressionFormat {format}): objects hold {format.ToLowerInvariant()} of gzip, which most tools unpack once only.",
        decompresses ? "Nothing has to be done." : "Set CompressionFormat to UNCOMPRESSED (firehose:UpdateDestination), or decompress on the way (processor Decompression). Expand-LogSubscription reads both.",
        Subscriptions);

    public static Finding LogsNoErrors(string name) => Make(
        "LD0123",
        "Errors of the stream are not logged",
        FindingSeverity.Warning,
        $"CloudWatchLoggingOptions of the stream {name} is off: when records stop, nothing says why.",
        "Switch it on (firehose:UpdateDestination) with a log group and a log stream that exist, and allow the role logs:PutLogEvents on them.",
        ErrorLogs);

    public static Finding NoErrorLog(string group, string stream) => Make(
        "LD0124",
        "The log of the stream's errors does not exist",
        FindingSeverity.Warning,
        $"Errors go to the log stream {stream} of {group}, and there is none: what is logged there is lost.",
        "Create the log group and the log stream; Firehose creates neither.",
        ErrorLogs);

    public static Finding GluedTogether(string setting) => Make(
        "LD0125",
        "Records follow each other without a line break",
        FindingSeverity.Noise,
        $"{setting}: the JSON objects in a file stand next to each other with nothing in between, which line-based tools such as Athena read as one record.",
        "Add the processor AppendDelimiterToRecord (firehose:UpdateDestination), or read the objects with Expand-LogSubscription.",
        Decompression);

    public static Finding OtherTimePattern(string setting, IReadOnlyList<string> doubts) => Make(
        "LD0126",
        "The time in the prefix is not the one that it looks like",
        FindingSeverity.Warning,
        $"{setting}: {string.Join(" ", doubts)}",
        "Give the stream the prefix that is meant (firehose:UpdateDestination); the letters are those of Java's DateTimeFormatter.",
        Prefixes);

    public static Finding ErrorsWithoutCause(string code, string time, string? unread = null) => Make(
        "LD0127",
        "The stream reports errors that nothing here explains",
        FindingSeverity.Blocks,
        $"The stream's log has {code} at {time}, after the newest object, and every policy and setting that can be read lets it pass.{(unread is null ? string.Empty : $" {unread} could not be judged.")}",
        "Where something was repaired lately, wait for the next delivery. Otherwise look for a control policy of the organization (SCP, RCP) that denies the role.",
        ControlPolicies);

    public static Finding RecordsSetAside(int count, string prefix, string code) => Make(
        "LD0128",
        "Records were set aside under the error prefix",
        FindingSeverity.Warning,
        FormattableString.Invariant($"{count:N0} of the newest records below {prefix} could not be processed, the last one because of {code}."),
        "Mend what the error code names. The records are kept there, in rawData as base64, and Firehose does not deliver them again by itself.",
        Failures);

    public static Finding NothingArrives(int events, string since) => Make(
        "LD0129",
        "Events match, and nothing arrives",
        FindingSeverity.Blocks,
        FormattableString.Invariant($"{events:N0} events since {since} match the pattern and are older than the stream buffers, and no object was written after them."),
        "Compare with the metrics IncomingRecords and DeliveryToS3.Success of the stream: where nothing comes in, CloudWatch Logs is throttled or may not write; where it does, look for a control policy of the organization.",
        Delivery);

    public static Finding NotToS3(string name, string destination) => Make(
        "LD0130",
        "The stream does not deliver to S3",
        FindingSeverity.Blocks,
        $"The destination of the stream {name} is {destination}.",
        "Look at a stream with an S3 destination; what lies behind other destinations is not looked at here.",
        Streams);

    private static string Statements(IReadOnlyList<string> grants)
        => grants.Count == 1 ? $"the statement {grants[0]}" : $"the statements {string.Join(" and ", grants)}";

    private static Finding Make(string id, string title, FindingSeverity severity, string evidence, string remedy, Uri page, string? path = null)
        => new(id, title, severity, evidence, remedy, -1, null, path ?? string.Empty, page);
}
