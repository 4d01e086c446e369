using LogDelivery.Requests;

namespace LogDelivery.Faces.Tests;

/// <summary>
/// The table of questions. A command's arguments are separated by spaces; a space within an argument is written <c>~</c>.
/// </summary>
internal static class Questions
{
    private const string Trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/management";
    private const string Renamed = "arn:aws:cloudtrail:us-east-1:111122223333:trail/organization";
    private const string European = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/european";
    private const string Key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private const string Bucket = "amzn-s3-demo-trail-logs";
    private const string Role = "arn:aws:iam::444455556666:role/Auditor";

    // A trail in another Region than the default one, in a bucket that lets everything of CloudTrail in.
    private const string Elsewhere = """
        {"minutesAgo":60,"buckets":[{"name":"amzn-s3-demo-european","policy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:*","Resource":["arn:aws:s3:::amzn-s3-demo-european","arn:aws:s3:::amzn-s3-demo-european/*"]}]}}],"trails":[{"name":"european","bucket":"amzn-s3-demo-european","region":"eu-west-1","validation":true}],"steps":[{"advance":60}]}
        """;

    // A trail of another account, in China.
    private const string Foreign = """
        {"minutesAgo":60,"buckets":[{"name":"amzn-s3-demo-foreign","account":"444455556666","region":"cn-north-1","policy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:*","Resource":["arn:aws-cn:s3:::amzn-s3-demo-foreign","arn:aws-cn:s3:::amzn-s3-demo-foreign/*"]}]}}],"trails":[{"name":"foreign","bucket":"amzn-s3-demo-foreign","account":"444455556666","region":"cn-north-1","validation":true}],"steps":[{"advance":60}]}
        """;

    public static IReadOnlyList<Question> All { get; } = [.. Health, .. Streams, .. Policies, .. Repairs, .. Comparisons, .. Logs, .. Alarms];

    private static IEnumerable<Question> Health =>
    [
        HealthOf("Is a trail healthy?", "healthy.json", "", "", Outcome.Well),
        HealthOf("Is a renamed trail healthy?", "renamed-trail.json", "", "", Outcome.Wrong),
        HealthOf("Is a trail of another Region healthy, named by its ARN?", Elsewhere, $"--trail {European}", $"-TrailArn {European}", Outcome.Well),
        HealthOf("Is a trail of another Region healthy, named with its Region?", Elsewhere, "--region eu-west-1", "-Region eu-west-1", Outcome.Well),
        HealthOf("Is a trail healthy that is not there?", "healthy.json", "--trail nobody", "-TrailArn nobody", Outcome.CouldNotTell),
        HealthOf("Is one trail healthy, and one that is not there?", "healthy.json", $"--trail {Trail} --trail nobody", $"-TrailArn {Trail}, nobody", Outcome.CouldNotTell),
        HealthOf("Is a renamed trail healthy, and one that is not there?", "renamed-trail.json", $"--trail {Renamed} --trail nobody", $"-TrailArn {Renamed}, nobody", Outcome.Wrong),
        HealthOf("Are the trails healthy of an account without any?", "{}", "", "", Outcome.CouldNotTell),
        HealthOf("Are trails healthy that may not be listed?", "healthy.json", "", "", Outcome.CouldNotTell) with { Faults = """{"rules":[{"operation":"DescribeTrails","deny":true}]}""" },
        HealthOf("Are the trails of another account healthy, by a role's ARN?", "healthy.json", $"--role-arn {Role}", $"-RoleArn {Role}", null),
        HealthOf("Are the trails of another account healthy, by the name of a role?", "healthy.json", "--account-id 444455556666 --role-name Auditor", "-AccountId 444455556666 -RoleName Auditor", null),
        HealthOf("Are the trails healthy by the name of a role in no account?", "healthy.json", "--role-name Auditor", "-RoleName Auditor", Outcome.Refused),
        HealthOf("Are the trails healthy of what is no account?", "healthy.json", "--account-id 12 --role-name Auditor", "-AccountId 12 -RoleName Auditor", Outcome.Refused),
        HealthOf("Are the trails of China healthy, by the name of a role?", Foreign, "--region cn-north-1 --account-id 444455556666 --role-name Auditor", "-Region cn-north-1 -AccountId 444455556666 -RoleName Auditor", Outcome.Well),
        HealthOf("Are the trails of every Region healthy?", Elsewhere, "--all-regions", "-AllRegion", Outcome.Well),
        HealthOf("Is a trail without a name healthy?", "healthy.json", "--trail ~", "-TrailArn ' '", Outcome.Refused),
    ];

    private static IEnumerable<Question> Streams =>
    [
        Stream("Does a broken stream work?", "--stream console-login", "console-login", Outcome.Wrong),
        Stream("Does the stream of a log group work?", "--log-group /aws/cloudtrail/management-event", "-LogGroupName /aws/cloudtrail/management-event", Outcome.Wrong),
        Stream("Does a stream work, named by its ARN?", "--stream arn:aws:firehose:us-east-1:111122223333:deliverystream/console-login", "arn:aws:firehose:us-east-1:111122223333:deliverystream/console-login", Outcome.Wrong),
        Stream("Does a log group work that sends nowhere?", "--log-group /aws/kinesisfirehose/console-login", "-LogGroupName /aws/kinesisfirehose/console-login", Outcome.Wrong),
        Stream("Does a stream work that is not there?", "--stream nobody", "nobody", null),
        Stream("Does no stream in particular work?", "", "", Outcome.Refused),
        Stream("Does no stream in particular work, by empty names?", "--stream ~ --log-group ~", "-DeliveryStreamName ' ' -LogGroupName ' '", Outcome.Refused),
    ];

    private static IEnumerable<Question> Policies =>
    [
        Test("Does a renamed trail deliver?", $"--source CloudTrail --trail-arn {Renamed} --policy {{samples}}/renamed-trail.json", $"-Source CloudTrail -TrailArn {Renamed} -Path {{samples}}/renamed-trail.json", Outcome.Wrong),
        Test("Does a trail deliver, without a source?", $"--trail-arn {Trail} --policy {{samples}}/renamed-trail.json", $"-TrailArn {Trail} -Path {{samples}}/renamed-trail.json", Outcome.Well),
        Test("Does a detector deliver, without a source?", $"--source-arn arn:aws:guardduty:us-east-1:111122223333:detector/1 --kms-key-arn {Key} --policy {{samples}}/renamed-trail.json", $"-SourceArn arn:aws:guardduty:us-east-1:111122223333:detector/1 -KmsKeyArn {Key} -Path {{samples}}/renamed-trail.json", Outcome.Wrong),
        Test("Does a bucket deliver, of which several sources could?", "--source-arn arn:aws:s3:::amzn-s3-demo-source --account 111122223333 --region us-east-1 --policy {samples}/renamed-trail.json", "-SourceArn arn:aws:s3:::amzn-s3-demo-source -AccountId 111122223333 -Region us-east-1 -Path {samples}/renamed-trail.json", Outcome.Refused),
        Test("Do the sources of a pattern deliver?", "--source Vpc* --account 111122223333 --region us-east-1 --policy {samples}/flow-logs-removed.json", "-Source Vpc* -AccountId 111122223333 -Region us-east-1 -Path {samples}/flow-logs-removed.json", Outcome.Wrong),
        Test("Does a source deliver in any case of letters, named twice?", $"--source cloudtrail CloudTrail --account 111122223333 111122223333 --trail-arn {Trail} {Trail} --policy {{samples}}/renamed-trail.json", $"-Source cloudtrail, CloudTrail -AccountId 111122223333, 111122223333 -TrailArn {Trail}, {Trail} -Path {{samples}}/renamed-trail.json", Outcome.Well),
        Test("Does a source deliver, and one that is none?", $"--source CloudTrail Nothing --trail-arn {Trail} --policy {{samples}}/renamed-trail.json", $"-Source CloudTrail, Nothing -TrailArn {Trail} -Path {{samples}}/renamed-trail.json", Outcome.Refused),
        Test("Does what is no source deliver?", "--source Nothing --account 111122223333 --region us-east-1 --policy {samples}/renamed-trail.json", "-Source Nothing -AccountId 111122223333 -Region us-east-1 -Path {samples}/renamed-trail.json", Outcome.Refused),
        Test("Does a source deliver without a Region, and one that needs none?", "--source VpcFlowLogs GlobalAccelerator --account 111122223333 --policy {samples}/renamed-trail.json", "-Source VpcFlowLogs, GlobalAccelerator -AccountId 111122223333 -Path {samples}/renamed-trail.json", Outcome.Refused),
        Test("Does a trail deliver, named by its name?", "--source CloudTrail --trail-arn management --policy {samples}/renamed-trail.json", "-Source CloudTrail -TrailArn management -Path {samples}/renamed-trail.json", Outcome.Refused),
        Test("Does a trail deliver for one account, and for what is none?", $"--source CloudTrail --trail-arn {Trail} --account 111122223333 12 --policy {{samples}}/renamed-trail.json", $"-Source CloudTrail -TrailArn {Trail} -AccountId 111122223333, 12 -Path {{samples}}/renamed-trail.json", Outcome.Refused),
        Test("Does a trail deliver, with empty options?", $"--trail-arn {Trail} --organization-id ~ --role-arn ~ --key-prefix ~ --region ~ --policy {{samples}}/renamed-trail.json", $"-TrailArn {Trail} -OrganizationId ' ' -RoleArn ' ' -KeyPrefix ' ' -Region ' ' -Path {{samples}}/renamed-trail.json", Outcome.Well),
        Test("Does a trail deliver to what is no bucket?", $"--trail-arn {Trail} --policy {{samples}}/renamed-trail.json --bucket arn:aws:s3:::x", $"-TrailArn {Trail} -Path {{samples}}/renamed-trail.json -BucketName arn:aws:s3:::x", Outcome.Refused),
        Test("Does an encrypted trail deliver, with an unknown key policy?", $"--trail-arn {Renamed} --kms-key-arn {Key} --policy {{samples}}/encrypted-trail.json", $"-TrailArn {Renamed} -KmsKeyArn {Key} -Path {{samples}}/encrypted-trail.json", null),
        Test("Does an encrypted trail deliver, with its key policy?", $"--trail-arn {Renamed} --kms-key-arn {Key} --key-policy {{samples}}/encrypted-trail-key.json --policy {{samples}}/encrypted-trail.json", $"-TrailArn {Renamed} -KmsKeyArn {Key} -KeyPolicy {{samples}}/encrypted-trail-key.json -Path {{samples}}/encrypted-trail.json", Outcome.Wrong),
        Test("Does a trail deliver by a policy that is not there?", $"--trail-arn {Trail} --policy {{folder}}/none.json", $"-TrailArn {Trail} -Path {{folder}}/none.json", Outcome.Refused),
        new("Does a key let a trail encrypt?", $"test-policy --bucket {Bucket} --trail-arn {Renamed} --kms-key-arn {Key} --key-policy {{samples}}/encrypted-trail-key.json --policy {{samples}}/encrypted-trail.json --output json", $"Test-LogDeliveryKeyPolicy -BucketName {Bucket} -TrailArn {Renamed} -KmsKeyArn {Key} -Path {{samples}}/encrypted-trail-key.json") { RowsDiffer = "The command tests bucket and key together.", Expected = Outcome.Wrong },
        new("What is there of a pattern of sources?", "sources VPC* --output json", "Get-LogDeliverySource VPC*") { Properties = ["Id", "Name", "Principal", "Calls", "StatusApi", "Notes"] },
        new("What is there of all sources?", "sources --output json", "Get-LogDeliverySource") { Properties = ["Id", "Name", "Principal", "Calls", "StatusApi", "Notes"] },
        new("What is there of what is no source?", "sources Nothing --output json", "Get-LogDeliverySource Nothing") { Expected = Outcome.Refused },
        new("Which policy does a trail need?", $"new-policy --bucket {Bucket} --trail-arn {Trail}", $"New-LogDeliveryPolicy -BucketName {Bucket} -TrailArn {Trail}") { Expected = Outcome.Well },
        new("Which policy do the sources of a pattern need?", $"new-policy --bucket {Bucket} --source *AccessLogs --account 111122223333 --region us-east-1 --source-arn arn:aws:s3:::amzn-s3-demo-source", $"New-LogDeliveryPolicy -BucketName {Bucket} -Source *AccessLogs -AccountId 111122223333 -Region us-east-1 -SourceArn arn:aws:s3:::amzn-s3-demo-source") { Expected = Outcome.Well },
        new("Which policy does a key need that is not named?", $"new-policy --for-key --bucket {Bucket} --trail-arn {Trail}", $"New-LogDeliveryPolicy -Target Key -BucketName {Bucket} -TrailArn {Trail}") { Expected = Outcome.Refused },
        new("Which policy does a key need?", $"new-policy --for-key --kms-key-arn {Key} --bucket {Bucket} --trail-arn {Trail}", $"New-LogDeliveryPolicy -Target Key -KmsKeyArn {Key} -BucketName {Bucket} -TrailArn {Trail}") { Expected = Outcome.Well },
    ];

    private static IEnumerable<Question> Repairs =>
    [
        new("How is a document repaired?", $"repair-policy --bucket {Bucket} --trail-arn {Renamed} --policy {{samples}}/renamed-trail.json --output json", $"Repair-LogDeliveryPolicy -BucketName {Bucket} -TrailArn {Renamed} -Path {{samples}}/renamed-trail.json -PassThru -Confirm:$false") { SilenceIsWell = true, Properties = ["HasChanges", "Succeeds", "Edits", "Certificate", "Rejected", "Obstacles"], Expected = Outcome.Well },
        new("How is a document repaired that a Deny stands in the way of?", "repair-policy --bucket amzn-s3-demo-perimeter-logs --source Vpc*Logs --account 111122223333 --region us-east-1 --policy {samples}/org-perimeter.json --output json", "Repair-LogDeliveryPolicy -BucketName amzn-s3-demo-perimeter-logs -Source Vpc*Logs -AccountId 111122223333 -Region us-east-1 -Path {samples}/org-perimeter.json -PassThru -Confirm:$false") { SilenceIsWell = true, Properties = ["HasChanges", "Succeeds", "Edits", "Certificate", "Rejected", "Obstacles"], Expected = Outcome.Wrong },
        Live("How is a policy in AWS repaired?", "", "", Outcome.Well),
        Live("How is a policy in AWS repaired, for a trail?", $"--trail-arn {Renamed}", $"-TrailArn {Renamed}", Outcome.Well),
        Live("How is a policy in AWS repaired, for a pattern of sources?", "--source Vpc*Logs", "-Source Vpc*Logs", Outcome.Well),
        Live("How is a policy in AWS repaired, for a source and one that is none?", "--source CloudTrail Nothing", "-Source CloudTrail, Nothing", Outcome.Refused),
        Live("How is a policy in AWS repaired, for what is no account?", "--account 12", "-AccountId 12", Outcome.Refused),
        Live("How is a policy in AWS repaired, of somebody else's bucket?", "--expected-bucket-owner 444455556666", "-ExpectedBucketOwner 444455556666", Outcome.Wrong),
        new("Which backups are there?", "restore-policy --list --backup-folder {folder}/backups --output json", "Get-LogDeliveryPolicyBackup -BackupFolder {folder}/backups") { SilenceIsWell = true },
        new("Which backup is put back that is not there?", "restore-policy nobody --yes --backup-folder {folder}/backups --output json", "Restore-LogDeliveryPolicy -Id nobody -BackupFolder {folder}/backups -Confirm:$false") { Expected = Outcome.Refused },
    ];

    private static IEnumerable<Question> Comparisons =>
    [
        new("Are a policy and itself the same?", "compare-policy {samples}/org-perimeter.json {samples}/org-perimeter.json --output json", "Compare-LogDeliveryPolicy {samples}/org-perimeter.json {samples}/org-perimeter.json") { SilenceIsWell = true, Expected = Outcome.Well },
        new("Are two policies the same?", "compare-policy {samples}/renamed-trail.json {samples}/flow-logs-removed.json --output json", "Compare-LogDeliveryPolicy {samples}/renamed-trail.json {samples}/flow-logs-removed.json") { SilenceIsWell = true, Properties = ["Change", "Principal", "Action", "Resource"], Expected = Outcome.Wrong },
        new("What does a policy say to a request?", "evaluate --policy {samples}/renamed-trail.json --requests {folder}/request.jsonl --output json", $"Test-LogDeliveryAccess cloudtrail.amazonaws.com s3:GetBucketAcl arn:aws:s3:::{Bucket} -Context @{{ 'aws:SourceArn' = '{Trail}'; 'aws:SecureTransport' = 'true' }} -Path {{samples}}/renamed-trail.json"),
    ];

    private static IEnumerable<Question> Logs =>
    [
        Log("Which deliveries failed?", "failures {samples}/logs", "Get-LogDeliveryFailure {samples}/logs", Outcome.Wrong),
        Log("Which deliveries of a pattern of sources failed?", "failures {samples}/logs --source Vpc*", "Get-LogDeliveryFailure {samples}/logs -Source Vpc*", Outcome.Wrong),
        Log("Which deliveries of what is no source failed?", "failures {samples}/logs --source Nothing", "Get-LogDeliveryFailure {samples}/logs -Source Nothing", Outcome.Refused),
        Log("Which deliveries of a source failed, and of one that is none?", "failures {samples}/logs --source VpcFlowLogs Nothing", "Get-LogDeliveryFailure {samples}/logs -Source VpcFlowLogs, Nothing", Outcome.Refused),
        Log("Which deliveries failed after a time without a zone?", "failures {samples}/logs --after 2026-01-31T08:45:00", "Get-LogDeliveryFailure {samples}/logs -After 2026-01-31T08:45:00", Outcome.Wrong),
        Log("Which deliveries failed after a time with an offset?", "failures {samples}/logs --after 2026-01-31T09:45:00+01:00", "Get-LogDeliveryFailure {samples}/logs -After 2026-01-31T09:45:00+01:00", Outcome.Wrong),
        Log("Which deliveries failed after what is no time?", "failures {samples}/logs --after soon", "Get-LogDeliveryFailure {samples}/logs -After soon", Outcome.Refused),
        Log("Which calls were refused that no delivery needs?", "failures {samples}/logs --include-all --after 2026-01-31T08:50:00Z", "Get-LogDeliveryFailure {samples}/logs -IncludeAll -After 2026-01-31T08:50:00Z", Outcome.Well),
        Log("Which deliveries failed, in sum?", "failures {samples}/logs --summary", "Get-LogDeliveryFailure {samples}/logs -Summary", Outcome.Wrong),
        Log("Which deliveries failed in an empty folder?", "failures {folder}/empty", "Get-LogDeliveryFailure {folder}/empty", Outcome.CouldNotTell),
        Log("Which deliveries failed in a file that is not there?", "failures {folder}/none.json", "Get-LogDeliveryFailure -LiteralPath {folder}/none.json", Outcome.CouldNotTell),
        Log("Which deliveries failed in a file, and in no place of S3?", "failures {samples}/logs s3://", "Get-LogDeliveryFailure {samples}/logs, s3://", Outcome.Refused),
        Log("Which deliveries failed in a file without a name?", "failures ~", "Get-LogDeliveryFailure ' '", Outcome.Refused),
        Log("Where are logs sent?", "destinations {samples}/destinations", "Get-LogDeliveryDestination {samples}/destinations", Outcome.Wrong),
        Log("Where are logs of a pattern of sources sent?", "destinations {samples}/destinations --source vpc*", "Get-LogDeliveryDestination {samples}/destinations -Source vpc*", Outcome.Well),
        Log("Where are logs sent in an empty folder?", "destinations {folder}/empty", "Get-LogDeliveryDestination {folder}/empty", Outcome.CouldNotTell),
        Log("Who signs how?", "signatures {samples}/object-access", "Get-S3SignatureUsage {samples}/object-access", Outcome.Wrong),
        Log("Who signs how in an empty folder?", "signatures {folder}/empty", "Get-S3SignatureUsage {folder}/empty", Outcome.CouldNotTell),
        Log("Who read which objects?", "access {samples}/object-access", "Get-S3ObjectAccess {samples}/object-access", null),
        Log("Who read which objects, in sum?", "access {samples}/object-access --summary", "Get-S3ObjectAccess {samples}/object-access -Summary", null),
        Log("Who read which objects, but for what is no caller?", "access {samples}/object-access --exclude 300.1.1.1/99", "Get-S3ObjectAccess {samples}/object-access -Exclude 300.1.1.1/99", Outcome.Refused),
        Log("What did a subscription leave?", "expand {samples}/subscriptions", "Expand-LogSubscription {samples}/subscriptions", Outcome.Well),
        Log("What did a subscription leave in an empty folder?", "expand {folder}/empty", "Expand-LogSubscription {folder}/empty", Outcome.CouldNotTell),
        Log("Which events does a pattern select?", "match --pattern {~$.errorCode~=~AccessDenied~} {samples}/destinations", "Select-LogEvent '{ $.errorCode = AccessDenied }' {samples}/destinations", Outcome.Well) with { Properties = ["Message", "File", "Number", "Offset"] },
        Log("Which events does a pattern select in an empty folder?", "match --pattern x {folder}/empty", "Select-LogEvent x {folder}/empty", Outcome.CouldNotTell),
        Log("Which events does a pattern select in no place of S3?", "match --pattern x s3://", "Select-LogEvent x s3://", Outcome.Refused),
        Log("Which events does no pattern select?", "match --pattern {~$.a~=~} {samples}/destinations", "Select-LogEvent '{ $.a = }' {samples}/destinations", Outcome.Refused),
    ];

    private static IEnumerable<Question> Alarms =>
    [
        Alarm("How is an alarm set up?", "--preset deliveryfailure --log-group trail-events --bucket amzn-s3-demo-flow-logs --yes", "deliveryfailure trail-events -BucketName amzn-s3-demo-flow-logs", Outcome.Well),
        Alarm("How is an alarm set up on no log group?", "--preset DeliveryFailure --log-group nobody --bucket amzn-s3-demo-flow-logs --yes", "DeliveryFailure nobody -BucketName amzn-s3-demo-flow-logs", Outcome.Wrong),
        Alarm("How is an alarm set up by what is no preset?", "--preset Nothing --log-group trail-events --yes", "Nothing trail-events", Outcome.Refused),
        Alarm("How is an alarm set up by no pattern?", "--pattern {~$.a~=~} --log-group trail-events --yes", "-FilterPattern '{ $.a = }' -LogGroupName trail-events", Outcome.Refused),
        Alarm("How is an alarm set up for an empty bucket name?", "--preset DeliveryFailure --log-group trail-events --bucket ~ --yes", "DeliveryFailure trail-events -BucketName ' '", null),
        new("What is an alarm as a template?", "export-template --preset deliveryfailure --bucket amzn-s3-demo-flow-logs", "Export-LogDeliveryTemplate deliveryfailure -BucketName amzn-s3-demo-flow-logs") { Expected = Outcome.Well },
        new("What is an alarm as a template, with empty options?", "export-template --preset DeliveryFailure --bucket ~", "Export-LogDeliveryTemplate DeliveryFailure -BucketName ' '") { Expected = Outcome.Well },
        new("What is no preset as a template?", "export-template --preset Nothing", "Export-LogDeliveryTemplate Nothing") { Expected = Outcome.Refused },
    ];

    private static Question HealthOf(string name, string scenario, string options, string parameters, Outcome? expected)
        => new(name, Join("health --endpoint-url {url} --output json", options), $"Get-TrailDeliveryHealth @aws {parameters}") { Scenario = scenario, Expected = expected };

    private static Question Stream(string name, string options, string parameters, Outcome? expected)
        => new(name, Join("test-stream --endpoint-url {url} --output json", options), $"Test-LogDeliveryStream @aws {parameters}")
        {
            Scenario = "login-stream.json",

            // The keys that the calls are judged by hold the time.
            Properties = ["Step", "Link", "State", "DeliveryStreamName", "LogGroupName", "Subject", "Setting", "Findings", "MissingPermissions"],
            Expected = expected,
        };

    private static Question Test(string name, string options, string parameters, Outcome? expected)
    {
        var hasBucket = options.Contains("--bucket", StringComparison.Ordinal);
        return new(name, Join($"test-policy --output json{(hasBucket ? string.Empty : $" --bucket {Bucket}")}", options), $"Test-LogDeliveryBucketPolicy {(hasBucket ? string.Empty : $"-BucketName {Bucket} ")}{parameters}") { Expected = expected };
    }

    private static Question Live(string name, string options, string parameters, Outcome? expected)
        => new(name, Join($"repair-policy --live --yes --bucket {Bucket} --endpoint-url {{url}} --backup-folder {{folder}}/backups --output json", options), $"Repair-LogDeliveryPolicy @aws -PassThru -Confirm:$false -BucketName {Bucket} -BackupFolder {{folder}}/backups {parameters}")
        {
            Scenario = "renamed-trail.json",
            Changes = true,
            Expected = expected,
        };

    private static Question Log(string name, string command, string script, Outcome? expected)
        => new(name, $"{command} --output json", script) { SilenceIsWell = true, Expected = expected };

    private static Question Alarm(string name, string options, string parameters, Outcome? expected)
        => new(name, Join("new-alarm --endpoint-url {url} --output json", options), $"New-LogDeliveryAlarm @aws -Confirm:$false {parameters}")
        {
            Scenario = "watched-bucket.json",
            Changes = true,
            RowsDiffer = "The command prints the plan, the cmdlet the alarm.",
            Expected = expected,
        };

    private static string Join(string command, string options) => options.Length == 0 ? command : $"{command} {options}";
}
