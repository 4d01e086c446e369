using LogDelivery.Findings;

namespace LogDelivery.Streams;

/// <summary>The findings about a chain from a log group into a bucket that no policy of the bucket or its key shows.</summary>
internal static class StreamFindings
{
    private static readonly FindingKind NoLogGroupKind = new("LD0100", "The log group does not exist", FindingSeverity.Blocks, AwsPages.SubscriptionFilters);

    public static Finding NoLogGroup(string name) => NoLogGroupKind.Report(
        $"CloudWatch Logs knows no log group {name}.",
        "Give the name of the log group exactly, with its slashes; or create the group and its subscription filter.");

    private static readonly FindingKind NoFilterKind = new("LD0101", "No subscription filter sends to the stream", FindingSeverity.Blocks, AwsPages.SubscriptionFilters);

    public static Finding NoFilter(string logGroup, string streamArn, IReadOnlyList<string> others) => NoFilterKind.Report(
        $"The log group {logGroup} has {(others.Count == 0 ? "no subscription filter" : $"filters to {string.Join(", ", others)} only")}, none to {streamArn}.",
        "Create the filter (logs:PutSubscriptionFilter) with the stream as its destination and a role that may put records into it. A log group has two filters at most.");

    private static readonly FindingKind InvalidPatternKind = new("LD0102", "The filter pattern is not valid", FindingSeverity.Blocks, AwsPages.FilterPatterns);

    public static Finding InvalidPattern(string filter, string pattern, string problem) => InvalidPatternKind.Report(
        $"The pattern {pattern} of the filter {filter} is not valid: {problem}",
        "Put the filter again (logs:PutSubscriptionFilter) with a valid pattern; Test-LogFilterPattern says what is wrong with one.");

    private static readonly FindingKind MatchesNothingKind = new("LD0103", "The filter pattern matches none of the newest events", FindingSeverity.Warning, AwsPages.FilterPatterns);

    public static Finding MatchesNothing(string pattern, int events, string? hint) => MatchesNothingKind.Report(
        FormattableString.Invariant($"The pattern {pattern} matches none of the newest {events:N0} events of the log group.{(hint is null ? string.Empty : $" {hint}")}"),
        "Where such events did happen, compare the pattern with one of them: names in JSON are case-sensitive, and a pattern for JSON begins with a brace. Where none did, all is well.");

    private static readonly FindingKind NoSubscriptionRoleKind = new("LD0104", "The role of the subscription filter does not exist", FindingSeverity.Blocks, AwsPages.SubscriptionFilters);

    public static Finding NoSubscriptionRole(string? roleArn) => NoSubscriptionRoleKind.Report(
        roleArn is null ? "The subscription filter names no role." : $"IAM knows no role {roleArn}.",
        "Create the role again, or put the filter again (logs:PutSubscriptionFilter) with a role that CloudWatch Logs may take on.");

    private static readonly FindingKind SubscriptionTrustRefusesKind = new("LD0105", "CloudWatch Logs may not take on the role of the subscription filter", FindingSeverity.Blocks, AwsPages.SubscriptionFilters);

    public static Finding SubscriptionTrustRefuses(string reason, string grant, string? path) => SubscriptionTrustRefusesKind.Report(
        reason,
        $"Let CloudWatch Logs take the role on (iam:UpdateAssumeRolePolicy): add to its trust policy the statement {grant}",
        path: path);

    private static readonly FindingKind UnguardedKind = new("LD0106", "The trust policy does not say for whom the service acts", FindingSeverity.Unguarded, AwsPages.ConfusedDeputy);

    public static Finding Unguarded(string evidence, string key, string? path) => UnguardedKind.Report(
        evidence,
        $"Add a condition on {key} to the statement, so that the service takes the role on for this account only.",
        path: path);

    private static readonly FindingKind SubscriptionMayNotPutKind = new("LD0107", "The role of the subscription filter may not put records into the stream", FindingSeverity.Blocks, AwsPages.SubscriptionFilters);

    public static Finding SubscriptionMayNotPut(string reason, string grant) => SubscriptionMayNotPutKind.Report(
        reason,
        $"Add to a policy of the role (iam:PutRolePolicy) the statement {grant}");

    private static readonly FindingKind NoStreamKind = new("LD0108", "The stream does not exist", FindingSeverity.Blocks, AwsPages.FirehoseStreams);

    public static Finding NoStream(string name, string region) => NoStreamKind.Report(
        $"Firehose knows no stream {name} in {region}.",
        "Give name and Region of the stream exactly, or create it again; records that are sent to it meanwhile are lost.");

    private static readonly FindingKind StreamNotActiveKind = new("LD0109", "The stream is not active", FindingSeverity.Blocks, AwsPages.FirehoseStreams);

    public static Finding StreamNotActive(string name, string status, string? failure) => StreamNotActiveKind.Report(
        $"The stream {name} is {status}{(failure is null ? string.Empty : $": {failure}")}.",
        status switch
        {
            "CREATING" => "Wait until it is ACTIVE.",
            "ACTIVE" => "Mend the key of the stream's own encryption, then start it again (firehose:StartDeliveryStreamEncryption).",
            _ => "Delete the stream and create it again once the reason is mended; a stream in this state takes no records.",
        });

    private static readonly FindingKind StreamHasOtherSourceKind = new("LD0110", "The stream takes its records from elsewhere", FindingSeverity.Blocks, AwsPages.FirehoseStreams);

    public static Finding StreamHasOtherSource(string name, string type) => StreamHasOtherSourceKind.Report(
        $"The stream {name} is of the type {type}: it reads its source itself and refuses records that are put into it.",
        "Send the subscription filter to the Kinesis stream that is its source, or to a stream of the type DirectPut.");

    private static readonly FindingKind NoStreamRoleKind = new("LD0111", "The role of the stream does not exist", FindingSeverity.Blocks, AwsPages.FirehoseAccess);

    public static Finding NoStreamRole(string roleArn) => NoStreamRoleKind.Report(
        $"IAM knows no role {roleArn}.",
        "Create the role again with its trust and its policies, or give the stream another one (firehose:UpdateDestination).");

    private static readonly FindingKind StreamTrustRefusesKind = new("LD0112", "Firehose may not take on the role of the stream", FindingSeverity.Blocks, AwsPages.FirehoseAccess);

    public static Finding StreamTrustRefuses(string reason, string grant, string? path) => StreamTrustRefusesKind.Report(
        reason,
        $"Let Firehose take the role on (iam:UpdateAssumeRolePolicy): add to its trust policy the statement {grant}",
        path: path);

    private static readonly FindingKind MayNotWriteKind = new("LD0113", "The role of the stream may not write into the bucket", FindingSeverity.Blocks, AwsPages.FirehoseAccess);

    public static Finding MayNotWrite(string reason, IReadOnlyList<string> grants) => MayNotWriteKind.Report(
        reason,
        $"Add to a policy of the role (iam:PutRolePolicy) {Statements(grants)}");

    private static readonly FindingKind MayNotWriteFailuresKind = new("LD0114", "The role of the stream may not write below the error prefix", FindingSeverity.Blocks, AwsPages.FirehosePrefixes);

    public static Finding MayNotWriteFailures(string reason, IReadOnlyList<string> grants) => MayNotWriteFailuresKind.Report(
        $"{reason} Records that cannot be processed are lost, and they block the others.",
        $"Add to a policy of the role (iam:PutRolePolicy) {Statements(grants)}");

    private static readonly FindingKind MayNotUseKeyKind = new("LD0115", "The role of the stream may not use the key", FindingSeverity.Blocks, AwsPages.FirehoseAccess);

    public static Finding MayNotUseKey(string reason, IReadOnlyList<string> grants) => MayNotUseKeyKind.Report(
        reason,
        $"Add to a policy of the role (iam:PutRolePolicy) {Statements(grants)}");

    private static readonly FindingKind InvalidPrefixKind = new("LD0116", "The prefix is not valid", FindingSeverity.Blocks, AwsPages.FirehosePrefixes);

    public static Finding InvalidPrefix(string setting, IReadOnlyList<string> problems) => InvalidPrefixKind.Report(
        $"{setting}: {string.Join(" ", problems)}",
        "Give the stream a valid prefix (firehose:UpdateDestination).");

    private static readonly FindingKind MayNotLogErrorsKind = new("LD0117", "The role of the stream may not write the error log", FindingSeverity.Warning, AwsPages.FirehoseErrorLogs);

    public static Finding MayNotLogErrors(string reason, string grant) => MayNotLogErrorsKind.Report(
        $"{reason} Records arrive without it, but why they do not is shown nowhere.",
        $"Add to a policy of the role (iam:PutRolePolicy) the statement {grant}");

    private static readonly FindingKind MayNotCallLambdaKind = new("LD0118", "The role of the stream may not call the function", FindingSeverity.Blocks, AwsPages.FirehoseAccess);

    public static Finding MayNotCallLambda(string reason, string grant) => MayNotCallLambdaKind.Report(
        reason,
        $"Add to a policy of the role (iam:PutRolePolicy) the statement {grant}");

    private static readonly FindingKind MayNotReadKinesisKind = new("LD0119", "The role of the stream may not read its source", FindingSeverity.Blocks, AwsPages.FirehoseAccess);

    public static Finding MayNotReadKinesis(string reason, string grant) => MayNotReadKinesisKind.Report(
        reason,
        $"Add to a policy of the role (iam:PutRolePolicy) the statement {grant}");

    private static readonly FindingKind NoBucketKind = new("LD0120", "The bucket of the stream does not exist", FindingSeverity.Blocks, AwsPages.FirehoseDelivery);

    public static Finding NoBucket(string bucketName) => NoBucketKind.Report(
        $"S3 knows no bucket {bucketName}.",
        "Create the bucket again under this name before somebody else does, or give the stream another one (firehose:UpdateDestination).");

    private static readonly FindingKind NoKeyKind = new("LD0121", "The key of the stream does not exist", FindingSeverity.Blocks, AwsPages.FirehoseAccess);

    public static Finding NoKey(string keyId) => NoKeyKind.Report(
        $"KMS knows no key {keyId}.",
        "Give the stream or the bucket another key. What a deleted key encrypted is lost.");

    private static readonly FindingKind CompressedTwiceKind = new("LD0122", "Records are compressed twice", FindingSeverity.Warning, AwsPages.SubscriptionFilters);

    public static Finding CompressedTwice(string format, bool decompresses) => CompressedTwiceKind.Report(
        $"CloudWatch Logs sends gzip, and the stream compresses it again (CompressionFormat {format}): objects hold {format.ToLowerInvariant()} of gzip, which most tools unpack once only.",
        decompresses ? "Nothing has to be done." : "Set CompressionFormat to UNCOMPRESSED (firehose:UpdateDestination), or decompress on the way (processor Decompression). Expand-LogSubscription reads both.");

    private static readonly FindingKind LogsNoErrorsKind = new("LD0123", "Errors of the stream are not logged", FindingSeverity.Warning, AwsPages.FirehoseErrorLogs);

    public static Finding LogsNoErrors(string name) => LogsNoErrorsKind.Report(
        $"CloudWatchLoggingOptions of the stream {name} is off: when records stop, nothing says why.",
        "Switch it on (firehose:UpdateDestination) with a log group and a log stream that exist, and allow the role logs:PutLogEvents on them.");

    private static readonly FindingKind NoErrorLogKind = new("LD0124", "The log of the stream's errors does not exist", FindingSeverity.Warning, AwsPages.FirehoseErrorLogs);

    public static Finding NoErrorLog(string group, string stream) => NoErrorLogKind.Report(
        $"Errors go to the log stream {stream} of {group}, and there is none: what is logged there is lost.",
        "Create the log group and the log stream; Firehose creates neither.");

    private static readonly FindingKind GluedTogetherKind = new("LD0125", "Records follow each other without a line break", FindingSeverity.Noise, AwsPages.FirehoseDecompression);

    public static Finding GluedTogether(string setting) => GluedTogetherKind.Report(
        $"{setting}: the JSON objects in a file stand next to each other with nothing in between, which line-based tools such as Athena read as one record.",
        "Add the processor AppendDelimiterToRecord (firehose:UpdateDestination), or read the objects with Expand-LogSubscription.");

    private static readonly FindingKind OtherTimePatternKind = new("LD0126", "The time in the prefix is not the one that it looks like", FindingSeverity.Warning, AwsPages.FirehosePrefixes);

    public static Finding OtherTimePattern(string setting, IReadOnlyList<string> doubts) => OtherTimePatternKind.Report(
        $"{setting}: {string.Join(" ", doubts)}",
        "Give the stream the prefix that is meant (firehose:UpdateDestination); the letters are those of Java's DateTimeFormatter.");

    private static readonly FindingKind ErrorsWithoutCauseKind = new("LD0127", "The stream reports errors that nothing here explains", FindingSeverity.Blocks, AwsPages.ServiceControlPolicies);

    public static Finding ErrorsWithoutCause(string code, string time, string? unread = null) => ErrorsWithoutCauseKind.Report(
        $"The stream's log has {code} at {time}, after the newest object, and every policy and setting that can be read lets it pass.{(unread is null ? string.Empty : $" {unread} could not be judged.")}",
        "Where something was repaired lately, wait for the next delivery. Otherwise look for a control policy of the organization (SCP, RCP) that denies the role.");

    private static readonly FindingKind RecordsSetAsideKind = new("LD0128", "Records were set aside under the error prefix", FindingSeverity.Warning, AwsPages.FirehoseFailures);

    public static Finding RecordsSetAside(int count, string prefix, string code) => RecordsSetAsideKind.Report(
        FormattableString.Invariant($"{count:N0} of the newest records below {prefix} could not be processed, the last one because of {code}."),
        "Mend what the error code names. The records are kept there, in rawData as base64, and Firehose does not deliver them again by itself.");

    private static readonly FindingKind NothingArrivesKind = new("LD0129", "Events match, and nothing arrives", FindingSeverity.Blocks, AwsPages.FirehoseDelivery);

    public static Finding NothingArrives(int events, string since) => NothingArrivesKind.Report(
        FormattableString.Invariant($"{events:N0} events since {since} match the pattern and are older than the stream buffers, and no object was written after them."),
        "Compare with the metrics IncomingRecords and DeliveryToS3.Success of the stream: where nothing comes in, CloudWatch Logs is throttled or may not write; where it does, look for a control policy of the organization.");

    private static readonly FindingKind NotToS3Kind = new("LD0130", "The stream does not deliver to S3", FindingSeverity.Blocks, AwsPages.FirehoseStreams);

    public static Finding NotToS3(string name, string destination) => NotToS3Kind.Report(
        $"The destination of the stream {name} is {destination}.",
        "Look at a stream with an S3 destination; what lies behind other destinations is not looked at here.");

    private static string Statements(IReadOnlyList<string> grants)
        => grants.Count == 1 ? $"the statement {grants[0]}" : $"the statements {string.Join(" and ", grants)}";
}
