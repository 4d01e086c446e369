using System.Text.Json.Nodes;
using Amazon.S3.Model;
using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;
using LogDelivery.Sources;
using LogDelivery.Trails;
using Xunit;

namespace LogDelivery.Aws.Tests.Moto;

/// <summary>The gateways on an AWS that others wrote.</summary>
public sealed class MotoTests(MotoServer moto) : IClassFixture<MotoServer>
{
    private const string Bucket = "amzn-s3-demo-bucket";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trail_is_listed_with_its_configuration()
    {
        using var session = await moto.OpenAsync();
        await session.BucketAsync(Bucket);
        var arn = await session.TrailAsync("audit", Bucket, new() { ["S3KeyPrefix"] = "p", ["IsMultiRegionTrail"] = true, ["EnableLogFileValidation"] = true });
        var trail = Assert.Single(await session.Trails.ListAsync("us-east-1", Token));
        Assert.Equal(
            new TrailConfiguration
            {
                TrailArn = arn,
                Name = "audit",
                HomeRegion = "us-east-1",
                BucketName = Bucket,
                KeyPrefix = "p",
                IsMultiRegion = true,
                LogFileValidationEnabled = true,
            },
            trail);
    }

    [Fact]
    public async Task A_trail_of_several_Regions_has_a_shadow_and_a_status_in_each()
    {
        using var session = await moto.OpenAsync();
        await session.BucketAsync(Bucket);
        var arn = await session.TrailAsync("audit", Bucket, new() { ["IsMultiRegionTrail"] = true });
        await session.DoAsync(ServiceModels.CloudTrail, "StartLogging", new() { ["Name"] = "audit" });

        var shadow = Assert.Single(await session.Trails.ListAsync("eu-west-1", Token));
        Assert.Equal((arn, "us-east-1"), (shadow.TrailArn, shadow.HomeRegion));
        Assert.True((await session.Trails.GetStatusAsync("eu-west-1", arn, Token)).IsLogging);
    }

    [Fact]
    public async Task A_status_follows_start_and_stop()
    {
        using var session = await moto.OpenAsync();
        await session.BucketAsync(Bucket);
        var arn = await session.TrailAsync("audit", Bucket);
        Assert.False((await session.Trails.GetStatusAsync("us-east-1", arn, Token)).IsLogging);

        await session.DoAsync(ServiceModels.CloudTrail, "StartLogging", new() { ["Name"] = "audit" });
        var started = await session.Trails.GetStatusAsync("us-east-1", arn, Token);
        Assert.True(started.IsLogging);
        Assert.InRange(started.StartLoggingTime!.Value, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5));
        Assert.False(TrailVerdict.Says(started.LatestDeliveryError));

        await session.DoAsync(ServiceModels.CloudTrail, "StopLogging", new() { ["Name"] = "audit" });
        Assert.False((await session.Trails.GetStatusAsync("us-east-1", arn, Token)).IsLogging);
    }

    [Fact]
    public async Task A_trail_that_is_not_there_is_not_found()
    {
        using var session = await moto.OpenAsync();
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => session.Trails.GetStatusAsync("us-east-1", "nobody", Token));
        Assert.Equal(("TrailNotFoundException", AwsErrorKind.NotFound), (exception.Code, exception.Kind));
    }

    [Fact]
    public async Task Selectors_are_read()
    {
        using var session = await moto.OpenAsync();
        await session.BucketAsync(Bucket);
        await session.TrailAsync("audit", Bucket);
        await session.JsonAsync(ServiceModels.CloudTrail, "PutEventSelectors", new()
        {
            ["TrailName"] = "audit",
            ["EventSelectors"] = new JsonArray(new JsonObject
            {
                ["ReadWriteType"] = "WriteOnly",
                ["IncludeManagementEvents"] = true,
                ["DataResources"] = new JsonArray(new JsonObject { ["Type"] = "AWS::S3::Object", ["Values"] = new JsonArray("arn:aws:s3") }),
            }),
        });
        var output = await session.Clients.CallAsync(CloudTrailOperations.GetEventSelectors, "us-east-1", new("audit"), Token);
        var selector = Assert.Single(output.EventSelectors!);
        Assert.Equal(("WriteOnly", "AWS::S3::Object"), (selector.ReadWriteType, Assert.Single(selector.DataResources!).Type));
    }

    [Fact]
    public async Task A_bucket_s_policy_and_settings_are_read_and_written()
    {
        using var session = await moto.OpenAsync();
        await session.BucketAsync(Bucket);
        Assert.True((await session.Buckets.GetPolicyAsync(Bucket, Token)).IsMissing);

        const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::amzn-s3-demo-bucket"}]}""";
        await session.Buckets.PutPolicyAsync(Bucket, Policy, Token);
        Assert.Equal(Policy, (await session.Buckets.GetPolicyAsync(Bucket, Token)).Value);

        await session.Clients.CallS3Async(
            "PutBucketEncryption",
            "us-east-1",
            Bucket,
            (s3, token) => s3.PutBucketEncryptionAsync(
                new PutBucketEncryptionRequest
                {
                    BucketName = Bucket,
                    ServerSideEncryptionConfiguration = new()
                    {
                        ServerSideEncryptionRules =
                        [
                            new()
                            {
                                BucketKeyEnabled = true,
                                ServerSideEncryptionByDefault = new() { ServerSideEncryptionAlgorithm = "aws:kms", ServerSideEncryptionKeyManagementServiceKeyId = "alias/mine" },
                            },
                        ],
                    },
                },
                token),
            Token);
        var report = await session.Buckets.GetSettingsAsync(Bucket, null, Token);
        Assert.Equal((BucketEncryption.SseKms, "alias/mine", true), (report.Settings.Encryption, report.Settings.KmsKeyId, report.Settings.BucketKeyEnabled));
        Assert.Equal(false, report.Settings.ObjectLockEnabled);
        Assert.Equal(false, report.Settings.RequesterPays);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_missing()
    {
        using var session = await moto.OpenAsync();
        Assert.True((await session.Buckets.FindAsync("amzn-s3-demo-nowhere", Token)).IsMissing);
    }

    [Fact]
    public async Task A_key_is_described_and_its_policy_read_and_written()
    {
        using var session = await moto.OpenAsync();
        var created = await session.JsonAsync(ServiceModels.Kms, "CreateKey", []);
        var arn = created["KeyMetadata"]!["Arn"]!.GetValue<string>();
        await session.DoAsync(ServiceModels.Kms, "CreateAlias", new() { ["AliasName"] = "alias/logs", ["TargetKeyId"] = arn });

        var key = await session.Keys.DescribeAsync("us-east-1", arn, Token);
        Assert.Equal((arn, true, "CUSTOMER"), (key.Value!.Arn, key.Value.IsEnabled, key.Value.Manager));
        Assert.Contains("kms:*", (await session.Keys.GetPolicyAsync("us-east-1", arn, Token)).Value, StringComparison.Ordinal);
        await session.Keys.PutPolicyAsync("us-east-1", arn, """{"Version":"2012-10-17","Id":"mine","Statement":[]}""", Token);
        Assert.Contains("mine", (await session.Keys.GetPolicyAsync("us-east-1", arn, Token)).Value, StringComparison.Ordinal);
        Assert.Equal(arn.Split('/')[1], (await session.Keys.GetAliasesAsync("us-east-1", Token))["alias/logs"]);

        await session.JsonAsync(ServiceModels.Kms, "ScheduleKeyDeletion", new() { ["KeyId"] = arn.Split('/')[1], ["PendingWindowInDays"] = 7 });
        var doomed = await session.Keys.DescribeAsync("us-east-1", arn, Token);
        Assert.Equal("PendingDeletion", doomed.Value!.State);
        Assert.InRange(doomed.Value.DeletionTime!.Value, DateTime.UtcNow.AddDays(6), DateTime.UtcNow.AddDays(8));
        Assert.True((await session.Keys.DescribeAsync("us-east-1", $"{arn[..^3]}000", Token)).IsMissing);
    }

    [Fact]
    public async Task A_topic_s_policy_is_read()
    {
        using var session = await moto.OpenAsync();
        var topic = await session.QueryAsync(ServiceModels.Sns, "CreateTopic", ("Name", "audit"));
        var arn = topic.Text("TopicArn")!;
        Assert.Contains("SNS:Publish", (await session.Topics.GetPolicyAsync(arn, Token)).Value, StringComparison.Ordinal);
        Assert.True((await session.Topics.GetPolicyAsync($"{arn}-gone", Token)).IsMissing);
    }

    [Fact]
    public async Task A_log_group_is_found_by_its_whole_name()
    {
        using var session = await moto.OpenAsync();
        await session.DoAsync(ServiceModels.Logs, "CreateLogGroup", new() { ["logGroupName"] = "audit-2" });
        const string Arn = "arn:aws:logs:us-east-1:123456789012:log-group:audit";
        Assert.True((await session.LogGroups.FindAsync($"{Arn}:*", Token)).IsMissing);
        Assert.Equal(new LogGroup($"{Arn}-2", "audit-2", null), (await session.LogGroups.FindAsync($"{Arn}-2:*", Token)).Value);
    }

    [Fact]
    public async Task A_role_is_read_with_its_policies()
    {
        using var session = await moto.OpenAsync();
        const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        const string Write = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"*"}]}""";
        await session.QueryAsync(ServiceModels.Iam, "CreateRole", ("RoleName", "ct"), ("AssumeRolePolicyDocument", Trust), ("Path", "/service/"));
        await session.QueryAsync(ServiceModels.Iam, "PutRolePolicy", ("RoleName", "ct"), ("PolicyName", "write"), ("PolicyDocument", Write));
        await session.QueryAsync(ServiceModels.Iam, "CreatePolicy", ("PolicyName", "managed"), ("PolicyDocument", Write));
        await session.QueryAsync(ServiceModels.Iam, "AttachRolePolicy", ("RoleName", "ct"), ("PolicyArn", "arn:aws:iam::123456789012:policy/managed"));
        await session.QueryAsync(ServiceModels.Iam, "PutRolePermissionsBoundary", ("RoleName", "ct"), ("PermissionsBoundary", "arn:aws:iam::123456789012:policy/managed"));
        var role = await session.Roles.FindAsync("arn:aws:iam::123456789012:role/service/ct", Token);
        Assert.Equal(JsonNode.Parse(Trust)!.ToJsonString(), JsonNode.Parse(role.Value!.TrustPolicy!)!.ToJsonString());
        Assert.Equal(JsonNode.Parse(Write)!.ToJsonString(), JsonNode.Parse(role.Value.InlinePolicies["write"])!.ToJsonString());
        var attached = Assert.Single(role.Value.AttachedPolicies.Value!);
        Assert.Equal("arn:aws:iam::123456789012:policy/managed", attached.Key);
        Assert.All([attached.Value, role.Value.PermissionsBoundary.Value!], p => Assert.Equal(JsonNode.Parse(Write)!.ToJsonString(), JsonNode.Parse(p)!.ToJsonString()));
        Assert.True((await session.Roles.FindAsync("arn:aws:iam::123456789012:role/nobody", Token)).IsMissing);
    }

    [Fact]
    public async Task The_account_its_Regions_and_its_organization_are_read()
    {
        using var session = await moto.OpenAsync();
        Assert.Equal("123456789012", (await session.Account.GetIdentityAsync(Token)).AccountId);
        var regions = await session.Account.GetEnabledRegionsAsync(Token);
        Assert.Contains("eu-central-1", regions);
        Assert.True((await session.Account.GetOrganizationIdAsync(Token)).IsMissing);
        var created = await session.JsonAsync(ServiceModels.Organizations, "CreateOrganization", new() { ["FeatureSet"] = "ALL" });
        Assert.Equal(created["Organization"]!["Id"]!.GetValue<string>(), (await session.Account.GetOrganizationIdAsync(Token)).Value);
    }

    [Fact]
    public async Task A_role_is_taken_on()
    {
        using var session = await moto.OpenAsync();
        await session.QueryAsync(ServiceModels.Iam, "CreateRole", ("RoleName", "audit"), ("AssumeRolePolicyDocument", "{}"));
        using var role = await session.AssumeRoleAsync("arn:aws:iam::123456789012:role/audit", cancellationToken: Token);
        Assert.Contains("assumed-role/audit/LogDelivery", (await role.Account.GetIdentityAsync(Token)).Arn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flow_logs_are_read()
    {
        using var session = await moto.OpenAsync();
        await session.BucketAsync(Bucket);
        var vpc = await session.QueryAsync(ServiceModels.Ec2, "CreateVpc", ("CidrBlock", "10.0.0.0/16"));
        await session.QueryAsync(
            ServiceModels.Ec2,
            "CreateFlowLogs",
            ("ResourceId.1", vpc.Member("vpc").Text("vpcId")),
            ("ResourceType", "VPC"),
            ("TrafficType", "ALL"),
            ("LogDestinationType", "s3"),
            ("LogDestination", $"arn:aws:s3:::{Bucket}"));
        var output = await session.Clients.CallAsync(Ec2Operations.DescribeFlowLogs, "us-east-1", new(), Token);
        var log = Assert.Single(output.FlowLogs);
        Assert.Equal(("s3", $"arn:aws:s3:::{Bucket}", "SUCCESS"), (log.LogDestinationType, log.LogDestination, log.DeliverLogsStatus));
        Assert.NotNull(log.CreationTime);
    }

    [Fact]
    public async Task Health_is_checked_from_end_to_end()
    {
        using var session = await moto.OpenAsync();
        await session.BucketAsync(Bucket);
        var arn = await session.TrailAsync("audit", Bucket, new() { ["IsMultiRegionTrail"] = true });
        var results = new List<TrailResult>();
        var scope = new TrailScope { Account = "123456789012", Regions = ["us-east-1", "eu-west-1"], Open = _ => Task.FromResult<IAwsGateways>(session) };
        await foreach (var result in new TrailFanOut().RunAsync([scope], Token))
        {
            results.Add(result);
        }

        Assert.Equal(["eu-west-1", "us-east-1"], results.Select(r => r.Region).Order());
        Assert.All(results, r => Assert.Equal((arn, TrailDeliveryState.Stopped), (r.Health!.TrailArn, r.Health.StateValue)));
        Assert.All(results, r => Assert.Contains(r.Health!.Cause, f => f.Id == "LD0001"));
    }
}
