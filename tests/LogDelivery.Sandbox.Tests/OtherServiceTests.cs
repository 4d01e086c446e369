using System.Net;
using Xunit;

namespace LogDelivery.Sandbox.Tests;

public sealed class OtherServiceTests : IDisposable
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private readonly RunningSandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public async Task A_key_has_a_policy_a_state_and_aliases()
    {
        var key = (await sandbox.Kms("CreateKey", new { Description = "logs" })).Ok().Json["KeyMetadata"]!;
        var id = (string)key["KeyId"]!;
        Assert.Equal("Enabled", (string?)key["KeyState"]);
        Assert.Contains("arn:aws:iam::111122223333:root", (string?)(await sandbox.Kms("GetKeyPolicy", new { KeyId = id, PolicyName = "default" })).Json["Policy"], StringComparison.Ordinal);
        (await sandbox.Kms("CreateAlias", new { AliasName = "alias/logs", TargetKeyId = id })).Ok();
        (await sandbox.Kms("DisableKey", new { KeyId = id })).Ok();
        Assert.Equal("Disabled", (string?)(await sandbox.Kms("DescribeKey", new { KeyId = "alias/logs" })).Json["KeyMetadata"]!["KeyState"]);
        (await sandbox.Kms("EnableKey", new { KeyId = id })).Ok();
        var scheduled = (await sandbox.Kms("ScheduleKeyDeletion", new { KeyId = id, PendingWindowInDays = 7 })).Ok().Json;
        Assert.Equal(RunningSandbox.Start.AddDays(7).ToUnixTimeSeconds(), (decimal)scheduled["DeletionDate"]!);
        Assert.Equal("KMSInvalidStateException", (await sandbox.Kms("EnableKey", new { KeyId = id })).Error);
        Assert.Single((await sandbox.Kms("ListKeys")).Json["Keys"]!.AsArray());
        Assert.Equal("alias/logs", (string?)(await sandbox.Kms("ListAliases", new { KeyId = id })).Json["Aliases"]![0]!["AliasName"]);
    }

    [Theory]
    [InlineData("DescribeKey", """{"KeyId":"1234abcd-12ab-34cd-56ef-1234567890ab"}""", "NotFoundException")]
    [InlineData("DescribeKey", """{"KeyId":"arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"}""", "NotFoundException")]
    [InlineData("DescribeKey", "{}", "ValidationException")]
    [InlineData("CreateKey", """{"Policy":"not a policy"}""", "MalformedPolicyDocumentException")]
    [InlineData("CreateAlias", """{"AliasName":"logs","TargetKeyId":"x"}""", "InvalidAliasNameException")]
    [InlineData("Encrypt", "{}", "UnknownOperationException")]
    public async Task Keys_that_are_not_there_or_not_right_are_errors(string operation, string input, string error)
        => Assert.Equal(error, (await sandbox.Kms(operation, System.Text.Json.Nodes.JsonNode.Parse(input))).Error);

    [Fact]
    public async Task The_access_key_tells_the_account_and_roles_can_be_assumed_into_others()
    {
        Assert.Equal("111122223333", (await sandbox.Query("sts", "2011-06-15", "GetCallerIdentity")).Value("Account"));
        Assert.Equal("444455556666", (await sandbox.Query("sts", "2011-06-15", "GetCallerIdentity", accessKey: "444455556666")).Value("Account"));
        var role = (await sandbox.Query("sts", "2011-06-15", "AssumeRole", parameters: [("RoleArn", "arn:aws:iam::777788889999:role/audit"), ("RoleSessionName", "check")])).Ok();
        var identity = await sandbox.Query("sts", "2011-06-15", "GetCallerIdentity", accessKey: role.Value("AccessKeyId"));
        Assert.Equal("arn:aws:sts::777788889999:assumed-role/audit/check", identity.Value("Arn"));
        Assert.Equal("ValidationError", (await sandbox.Query("sts", "2011-06-15", "AssumeRole", parameters: [("RoleArn", "audit"), ("RoleSessionName", "check")])).Error);
    }

    [Fact]
    public async Task A_role_that_is_known_is_assumed_by_whom_its_trust_policy_lets()
    {
        (await sandbox.Query("iam", "2010-05-08", "CreateRole", parameters: [("RoleName", "logs"), ("AssumeRolePolicyDocument", Trust)])).Ok();
        (string, string)[] assume = [("RoleArn", "arn:aws:iam::111122223333:role/logs"), ("RoleSessionName", "check")];
        Assert.Equal("AccessDenied", (await sandbox.Query("sts", "2011-06-15", "AssumeRole", parameters: assume)).Error);
        (await sandbox.Query("iam", "2010-05-08", "UpdateAssumeRolePolicy", parameters: [("RoleName", "logs"), ("PolicyDocument", Trust.Replace("\"Service\":\"cloudtrail.amazonaws.com\"", "\"AWS\":\"111122223333\"", StringComparison.Ordinal))])).Ok();
        (await sandbox.Query("sts", "2011-06-15", "AssumeRole", parameters: assume)).Ok();
    }

    [Fact]
    public async Task Managed_policies_have_versions_and_are_attached()
    {
        Task<WireAnswer> Iam(string operation, params (string, string)[] parameters) => sandbox.Query("iam", "2010-05-08", operation, parameters: parameters);
        (string, string) arn = ("PolicyArn", "arn:aws:iam::111122223333:policy/write");
        (await Iam("CreateRole", ("RoleName", "logs"), ("AssumeRolePolicyDocument", Trust))).Ok();
        Assert.Equal("NoSuchEntity", (await Iam("AttachRolePolicy", ("RoleName", "logs"), arn)).Error);
        (await Iam("CreatePolicy", ("PolicyName", "write"), ("PolicyDocument", """{"Version":"1"}"""))).Ok();
        Assert.Equal("EntityAlreadyExists", (await Iam("CreatePolicy", ("PolicyName", "write"), ("PolicyDocument", "{}"))).Error);
        (await Iam("CreatePolicyVersion", arn, ("PolicyDocument", """{"Version":"2"}"""), ("SetAsDefault", "true"))).Ok();
        (await Iam("AttachRolePolicy", ("RoleName", "logs"), arn)).Ok();
        (await Iam("PutRolePermissionsBoundary", ("RoleName", "logs"), ("PermissionsBoundary", arn.Item2))).Ok();
        Assert.Equal(arn.Item2, (await Iam("ListAttachedRolePolicies", ("RoleName", "logs"))).Value("PolicyArn"));
        Assert.Equal(arn.Item2, (await Iam("GetRole", ("RoleName", "logs"))).Value("PermissionsBoundaryArn"));
        Assert.Equal("v2", (await Iam("GetPolicy", arn)).Value("DefaultVersionId"));
        Assert.Equal("""{"Version":"1"}""", Uri.UnescapeDataString((await Iam("GetPolicyVersion", arn, ("VersionId", "v1"))).Value("Document")!));
        Assert.Equal("NoSuchEntity", (await Iam("GetPolicyVersion", arn, ("VersionId", "v3"))).Error);
        Assert.Equal("DeleteConflict", (await Iam("DeletePolicy", arn)).Error);
        Assert.Equal("DeleteConflict", (await Iam("DeleteRole", ("RoleName", "logs"))).Error);
        (await Iam("DetachRolePolicy", ("RoleName", "logs"), arn)).Ok();
        (await Iam("DeleteRole", ("RoleName", "logs"))).Ok();
    }

    [Fact]
    public async Task Roles_keep_their_policies_percent_encoded_as_IAM_does()
    {
        (await sandbox.Query("iam", "2010-05-08", "CreateRole", parameters: [("RoleName", "logs"), ("AssumeRolePolicyDocument", Trust)])).Ok();
        (await sandbox.Query("iam", "2010-05-08", "PutRolePolicy", parameters: [("RoleName", "logs"), ("PolicyName", "write"), ("PolicyDocument", Trust)])).Ok();
        Assert.Equal(Trust, Uri.UnescapeDataString((await sandbox.Query("iam", "2010-05-08", "GetRolePolicy", parameters: [("RoleName", "logs"), ("PolicyName", "write")])).Value("PolicyDocument")));
        Assert.Equal("write", (await sandbox.Query("iam", "2010-05-08", "ListRolePolicies", parameters: [("RoleName", "logs")])).Value("member"));
        Assert.Equal("NoSuchEntity", (await sandbox.Query("iam", "2010-05-08", "GetRole", parameters: [("RoleName", "none")])).Error);
        Assert.Equal("EntityAlreadyExists", (await sandbox.Query("iam", "2010-05-08", "CreateRole", parameters: [("RoleName", "logs"), ("AssumeRolePolicyDocument", Trust)])).Error);
        Assert.Equal("MalformedPolicyDocument", (await sandbox.Query("iam", "2010-05-08", "CreateRole", parameters: [("RoleName", "bad"), ("AssumeRolePolicyDocument", "{}")])).Error);
    }

    [Fact]
    public async Task A_topic_lets_CloudTrail_in_only_by_its_policy()
    {
        var topic = (await sandbox.Query("sns", "2010-03-31", "CreateTopic", parameters: ("Name", "trail-notices"))).Ok().Value("TopicArn");
        (await sandbox.S3("PUT", $"/{RunningSandbox.Bucket}")).Ok();
        (await sandbox.S3("PUT", $"/{RunningSandbox.Bucket}?policy", RunningSandbox.TrailPolicy())).Ok();
        var trail = new { Name = "management", S3BucketName = RunningSandbox.Bucket, SnsTopicName = "trail-notices" };
        Assert.Equal("InsufficientSnsTopicPolicyException", (await sandbox.CloudTrail("CreateTrail", trail)).Error);
        var allowing = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"SNS:Publish","Resource":"{{topic}}"}]}""";
        (await sandbox.Query("sns", "2010-03-31", "SetTopicAttributes", parameters: [("TopicArn", topic), ("AttributeName", "Policy"), ("AttributeValue", allowing)])).Ok();
        (await sandbox.CloudTrail("CreateTrail", trail)).Ok();
        (await sandbox.CloudTrail("StartLogging", new { Name = "management" })).Ok();
        await sandbox.Advance(5);
        Assert.True((await sandbox.Status()).ContainsKey("LatestNotificationTime"));
        (await sandbox.Query("sns", "2010-03-31", "SetTopicAttributes", parameters: [("TopicArn", topic), ("AttributeName", "Policy"), ("AttributeValue", allowing.Replace("cloudtrail", "config", StringComparison.Ordinal))])).Ok();
        await sandbox.Advance(5);
        Assert.Equal("AuthorizationError", (string?)(await sandbox.Status())["LatestNotificationError"]);
        Assert.Equal("NotFound", (await sandbox.Query("sns", "2010-03-31", "Publish", parameters: [("TopicArn", topic + "-none"), ("Message", "m")])).Error);
    }

    [Fact]
    public async Task A_trails_events_reach_its_log_group_and_can_be_filtered()
    {
        (await sandbox.Logs("CreateLogGroup", new { logGroupName = "trail" })).Ok();
        (await sandbox.Query("iam", "2010-05-08", "CreateRole", parameters: [("RoleName", "logs"), ("AssumeRolePolicyDocument", Trust)])).Ok();
        await sandbox.CreateLoggingTrail(settings: new
        {
            Name = "management",
            S3BucketName = RunningSandbox.Bucket,
            CloudWatchLogsLogGroupArn = "arn:aws:logs:us-east-1:111122223333:log-group:trail:*",
            CloudWatchLogsRoleArn = "arn:aws:iam::111122223333:role/logs",
        });
        await sandbox.Advance(5);
        Assert.Equal("Access denied", (string?)(await sandbox.Status())["LatestCloudWatchLogsDeliveryError"]);
        const string Write = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:us-east-1:111122223333:log-group:trail:log-stream:111122223333_CloudTrail_us-east-1*"}]}""";
        (await sandbox.Query("iam", "2010-05-08", "PutRolePolicy", parameters: [("RoleName", "logs"), ("PolicyName", "write"), ("PolicyDocument", Write)])).Ok();
        await sandbox.Advance(10);
        Assert.True((await sandbox.Status()).ContainsKey("LatestCloudWatchLogsDeliveryTime"));
        var all = (await sandbox.Logs("FilterLogEvents", new { logGroupName = "trail" })).Ok().Json["events"]!.AsArray();
        Assert.Equal(4, all.Count);
        Assert.Empty((await sandbox.Logs("FilterLogEvents", new { logGroupName = "trail", filterPattern = "{ $.errorCode = \"AccessDenied\" }" })).Json["events"]!.AsArray());
        Assert.Equal(4, (await sandbox.Logs("FilterLogEvents", new { logGroupName = "trail", filterPattern = "{ $.recipientAccountId = \"111122223333\" }" })).Json["events"]!.AsArray().Count);
        Assert.Equal("InvalidParameterException", (await sandbox.Logs("FilterLogEvents", new { logGroupName = "trail", filterPattern = "{ $.a > }" })).Error);
        Assert.Equal("ResourceNotFoundException", (await sandbox.Logs("FilterLogEvents", new { logGroupName = "none" })).Error);
    }

    [Fact]
    public async Task Filters_and_alarms_are_kept_as_they_were_put()
    {
        (await sandbox.Logs("CreateLogGroup", new { logGroupName = "trail" })).Ok();
        (await sandbox.Logs("PutMetricFilter", new { logGroupName = "trail", filterName = "denied", filterPattern = "{ $.errorCode = \"AccessDenied\" }", metricTransformations = new[] { new { metricName = "Denied", metricNamespace = "Logs", metricValue = "1" } } })).Ok();
        var filter = (await sandbox.Logs("DescribeMetricFilters", new { logGroupName = "trail" })).Json["metricFilters"]![0]!;
        Assert.Equal("{ $.errorCode = \"AccessDenied\" }", (string?)filter["filterPattern"]);
        Assert.Equal("Denied", (string?)filter["metricTransformations"]![0]!["metricName"]);

        var topic = (await sandbox.Query("sns", "2010-03-31", "CreateTopic", parameters: ("Name", "alarms"))).Value("TopicArn");
        (await sandbox.Query("monitoring", "2010-08-01", "PutMetricAlarm", parameters: [("AlarmName", "denied"), ("MetricName", "Denied"), ("EvaluationPeriods", "1"), ("ComparisonOperator", "GreaterThanThreshold"), ("AlarmActions.member.1", topic)])).Ok();
        (await sandbox.Query("monitoring", "2010-08-01", "SetAlarmState", parameters: [("AlarmName", "denied"), ("StateValue", "ALARM"), ("StateReason", "test")])).Ok();
        Assert.Equal("ALARM", (await sandbox.Query("monitoring", "2010-08-01", "DescribeAlarms")).Value("StateValue"));
        Assert.Equal(1, (int)(await sandbox.Control("GET", "state")).Json["topics"]![0]!["messages"]!);
    }

    [Fact]
    public async Task Regions_are_those_of_the_sandbox_and_the_ones_not_opted_in_to()
    {
        static string[] Names(WireAnswer answer) => [.. answer.Xml.Descendants().Where(e => e.Name.LocalName == "regionName").Select(e => e.Value)];
        Assert.Equal(["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"], Names(await sandbox.Query("ec2", "2016-11-15", "DescribeRegions")));
        Assert.Contains("af-south-1", Names(await sandbox.Query("ec2", "2016-11-15", "DescribeRegions", parameters: ("AllRegions", "true"))));
        Assert.Equal(["eu-west-1"], Names(await sandbox.Query("ec2", "2016-11-15", "DescribeRegions", parameters: ("RegionName.1", "eu-west-1"))));
    }

    [Theory]
    [InlineData("arn:aws:s3:::amzn-s3-demo-nowhere", "LogDestinationNotFoundException")]
    [InlineData("arn:aws:s3:::amzn-s3-demo-bucket/AWSLogs/", "InvalidParameter")]
    [InlineData("amzn-s3-demo-bucket", "InvalidParameter")]
    public async Task A_flow_log_without_a_usable_destination_is_refused(string destination, string error)
    {
        (await sandbox.S3("PUT", $"/{RunningSandbox.Bucket}")).Ok();
        var answer = await sandbox.Query("ec2", "2016-11-15", "CreateFlowLogs", parameters: [("ResourceId.1", "vpc-1"), ("ResourceType", "VPC"), ("LogDestinationType", "s3"), ("LogDestination", destination)]);
        Assert.Equal(error, answer.Xml.Descendants("Code").Single().Value);
    }

    [Fact]
    public async Task Another_accounts_bucket_is_not_given_a_policy_for_flow_logs()
    {
        (await sandbox.S3("PUT", $"/{RunningSandbox.Bucket}", accessKey: "444455556666")).Ok();
        var answer = await sandbox.Query("ec2", "2016-11-15", "CreateFlowLogs", parameters: [("ResourceId.1", "vpc-1"), ("ResourceType", "VPC"), ("LogDestinationType", "s3"), ("LogDestination", $"arn:aws:s3:::{RunningSandbox.Bucket}")]);
        Assert.Contains("Access Denied for LogDestination", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_kept()
    {
        (await sandbox.Json("firehose", "Firehose_20150804.CreateDeliveryStream", new { DeliveryStreamName = "logs", ExtendedS3DestinationConfiguration = new { BucketARN = "arn:aws:s3:::amzn-s3-demo-bucket" } })).Ok();
        var described = (await sandbox.Json("firehose", "Firehose_20150804.DescribeDeliveryStream", new { DeliveryStreamName = "logs" })).Ok().Json["DeliveryStreamDescription"]!;
        Assert.Equal("arn:aws:s3:::amzn-s3-demo-bucket", (string?)described["Destinations"]![0]!["ExtendedS3DestinationDescription"]!["BucketARN"]);
    }

    [Fact]
    public async Task A_service_that_is_not_here_says_so()
    {
        Assert.Equal("UnknownOperationException", (await sandbox.Json("dynamodb", "DynamoDB_20120810.ListTables")).Error);
        Assert.Equal(HttpStatusCode.BadRequest, (await sandbox.Query("sqs", "2012-11-05", "ListQueues")).Status);
    }
}
