using Xunit;

namespace LogDelivery.Sandbox.Tests;

public sealed class CloudTrailTests : IDisposable
{
    private const string Bucket = RunningSandbox.Bucket;

    private readonly RunningSandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public async Task A_trail_is_described_in_full()
    {
        await sandbox.CreateLoggingTrail(settings: new { Name = "management", S3BucketName = Bucket, IsMultiRegionTrail = true, EnableLogFileValidation = true });
        var trail = (await sandbox.CloudTrail("GetTrail", new { Name = "management" })).Ok().Json["Trail"]!;
        Assert.Equal(RunningSandbox.Trail, (string?)trail["TrailARN"]);
        Assert.Equal("us-east-1", (string?)trail["HomeRegion"]);
        Assert.True((bool)trail["IsMultiRegionTrail"]!);
        Assert.True((bool)trail["LogFileValidationEnabled"]!);
        Assert.False((bool)trail["HasInsightSelectors"]!);
        Assert.Null(trail["S3KeyPrefix"]);
    }

    [Theory]
    [InlineData("""{"Name":"management","S3BucketName":"amzn-s3-demo-nowhere"}""", "S3BucketDoesNotExistException")]
    [InlineData("""{"Name":"management","S3BucketName":"No Bucket"}""", "InvalidS3BucketNameException")]
    [InlineData("""{"Name":"management","S3BucketName":"amzn-s3-demo-bucket","S3KeyPrefix":"x/AWSLogs/y"}""", "InvalidS3PrefixException")]
    [InlineData("""{"Name":"management","S3BucketName":"amzn-s3-demo-bucket","S3KeyPrefix":"other"}""", "InsufficientS3BucketPolicyException")]
    [InlineData("""{"Name":"another","S3BucketName":"amzn-s3-demo-bucket"}""", "InsufficientS3BucketPolicyException")]
    [InlineData("""{"Name":"a","S3BucketName":"amzn-s3-demo-bucket"}""", "InvalidTrailNameException")]
    [InlineData("""{"Name":"management","S3BucketName":"amzn-s3-demo-bucket","KmsKeyId":"alias/none"}""", "KmsKeyNotFoundException")]
    [InlineData("""{"Name":"management","S3BucketName":"amzn-s3-demo-bucket","SnsTopicName":"none"}""", "InvalidSnsTopicNameException")]
    [InlineData("""{"Name":"management","S3BucketName":"amzn-s3-demo-bucket","IsOrganizationTrail":true}""", "OrganizationsNotInUseException")]
    [InlineData("""{"Name":"management","S3BucketName":"amzn-s3-demo-bucket","CloudWatchLogsLogGroupArn":"arn:aws:logs:us-east-1:111122223333:log-group:none:*"}""", "InvalidCloudWatchLogsLogGroupArnException")]
    public async Task A_configuration_that_cannot_work_is_refused(string input, string error)
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        (await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy())).Ok();
        Assert.Equal(error, (await sandbox.CloudTrail("CreateTrail", System.Text.Json.Nodes.JsonNode.Parse(input))).Error);
        Assert.Empty((await sandbox.CloudTrail("ListTrails")).Json["Trails"]!.AsArray());
    }

    [Fact]
    public async Task A_key_that_does_not_let_CloudTrail_in_is_told_from_a_bucket_that_does_not()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        (await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy())).Ok();
        var key = (string?)(await sandbox.Kms("CreateKey")).Ok().Json["KeyMetadata"]!["Arn"];
        Assert.Equal("InsufficientEncryptionPolicyException", (await sandbox.CloudTrail("CreateTrail", new { Name = "management", S3BucketName = Bucket, KmsKeyId = key })).Error);
        var elsewhere = (string?)(await sandbox.Kms("CreateKey", region: "eu-west-1")).Ok().Json["KeyMetadata"]!["Arn"];
        Assert.Equal("KmsKeyNotFoundException", (await sandbox.CloudTrail("CreateTrail", new { Name = "management", S3BucketName = Bucket, KmsKeyId = elsewhere })).Error);
        (await sandbox.Kms("DisableKey", new { KeyId = key })).Ok();
        Assert.Equal("KmsException", (await sandbox.CloudTrail("CreateTrail", new { Name = "management", S3BucketName = Bucket, KmsKeyId = key })).Error);
    }

    [Fact]
    public async Task A_refused_update_leaves_the_trail_as_it_was()
    {
        await sandbox.CreateLoggingTrail();
        Assert.Equal("InsufficientS3BucketPolicyException", (await sandbox.CloudTrail("UpdateTrail", new { Name = "management", S3KeyPrefix = "moved", IsMultiRegionTrail = true })).Error);
        var trail = (await sandbox.CloudTrail("GetTrail", new { Name = "management" })).Json["Trail"]!;
        Assert.Null(trail["S3KeyPrefix"]);
        Assert.False((bool)trail["IsMultiRegionTrail"]!);

        (await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy(path: "moved/AWSLogs/111122223333/*"))).Ok();
        (await sandbox.CloudTrail("UpdateTrail", new { Name = "management", S3KeyPrefix = "moved" })).Ok();
        await sandbox.Advance(5);
        Assert.All(await sandbox.Keys(), key => Assert.StartsWith("moved/AWSLogs/", key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_Region_sees_the_shadow_by_its_arn_only()
    {
        await sandbox.CreateLoggingTrail(settings: new { Name = "management", S3BucketName = Bucket, IsMultiRegionTrail = true });
        var shadows = (await sandbox.CloudTrail("DescribeTrails", region: "eu-west-1")).Json["trailList"]!.AsArray();
        Assert.Equal(RunningSandbox.Trail, (string?)Assert.Single(shadows)!["TrailARN"]);
        Assert.Empty((await sandbox.CloudTrail("DescribeTrails", new { includeShadowTrails = false }, "eu-west-1")).Json["trailList"]!.AsArray());
        Assert.Equal("TrailNotFoundException", (await sandbox.CloudTrail("GetTrailStatus", new { Name = "management" }, "eu-west-1")).Error);
        (await sandbox.CloudTrail("GetTrailStatus", new { Name = RunningSandbox.Trail }, "eu-west-1")).Ok();
        Assert.Equal("InvalidHomeRegionException", (await sandbox.CloudTrail("StopLogging", new { Name = RunningSandbox.Trail }, "eu-west-1")).Error);
        Assert.Equal("CloudTrailARNInvalidException", (await sandbox.CloudTrail("GetTrailStatus", new { Name = "arn:aws:s3:::x" })).Error);
    }

    [Fact]
    public async Task A_trail_of_one_Region_is_unknown_in_others()
    {
        await sandbox.CreateLoggingTrail();
        Assert.Equal("TrailNotFoundException", (await sandbox.CloudTrail("GetTrailStatus", new { Name = RunningSandbox.Trail }, "eu-west-1")).Error);
        Assert.Empty((await sandbox.CloudTrail("DescribeTrails", region: "eu-west-1")).Json["trailList"]!.AsArray());
        Assert.Single((await sandbox.CloudTrail("ListTrails", region: "eu-west-1")).Json["Trails"]!.AsArray());
    }

    [Fact]
    public async Task The_status_before_the_first_delivery_has_no_times_and_empty_old_strings()
    {
        await sandbox.CreateLoggingTrail();
        var status = await sandbox.Status();
        Assert.True((bool)status["IsLogging"]!);
        Assert.Equal(RunningSandbox.Start.ToUnixTimeSeconds(), (decimal)status["StartLoggingTime"]!);
        Assert.False(status.ContainsKey("LatestDeliveryTime"));
        Assert.False(status.ContainsKey("LatestDeliveryError"));
        Assert.Equal(string.Empty, (string?)status["LatestDeliveryAttemptTime"]);
        Assert.Equal("2026-01-31T09:02:00Z", (string?)status["TimeLoggingStarted"]);
    }

    [Fact]
    public async Task Stopping_keeps_the_time_of_the_start()
    {
        await sandbox.CreateLoggingTrail();
        await sandbox.Advance(60);
        (await sandbox.CloudTrail("StopLogging", new { Name = "management" })).Ok();
        await sandbox.Advance(60);
        var status = await sandbox.Status();
        Assert.False((bool)status["IsLogging"]!);
        Assert.Equal(RunningSandbox.Start.AddHours(1).ToUnixTimeSeconds(), (decimal)status["StopLoggingTime"]!);
        Assert.Equal(12, (await sandbox.Keys()).Length);
    }

    [Fact]
    public async Task Selectors_are_kept_and_insights_that_are_off_are_an_error()
    {
        await sandbox.CreateLoggingTrail();
        Assert.Equal("InsightNotEnabledException", (await sandbox.CloudTrail("GetInsightSelectors", new { TrailName = "management" })).Error);
        (await sandbox.CloudTrail("PutInsightSelectors", new { TrailName = "management", InsightSelectors = new[] { new { InsightType = "ApiCallRateInsight" } } })).Ok();
        Assert.Single((await sandbox.CloudTrail("GetInsightSelectors", new { TrailName = "management" })).Ok().Json["InsightSelectors"]!.AsArray());
        var usual = (await sandbox.CloudTrail("GetEventSelectors", new { TrailName = "management" })).Json["EventSelectors"]![0]!;
        Assert.True((bool)usual["IncludeManagementEvents"]!);
        Assert.Equal("InvalidEventSelectorsException", (await sandbox.CloudTrail("PutEventSelectors", new { TrailName = "management" })).Error);
    }

    [Fact]
    public async Task A_member_sees_its_organizations_trail_and_may_not_change_it()
    {
        const string Organization = """
            {"time":"2026-01-31T09:00:00Z",
             "organization":{"id":"o-exampleorgid","managementAccount":"111122223333","members":["444455556666"]},
             "buckets":[{"name":"amzn-s3-demo-bucket","policy":{"Version":"2012-10-17","Statement":[
               {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::amzn-s3-demo-bucket"},
               {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/AWSLogs/o-exampleorgid/*","Condition":{"StringEquals":{"aws:SourceOrgID":"o-exampleorgid"}}}]}}],
             "trails":[{"name":"organization","bucket":"amzn-s3-demo-bucket","organization":true}],
             "steps":[{"advance":5}]}
            """;
        sandbox.Server.LoadScenario(Organization);
        const string Trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/organization";
        var status = (await sandbox.CloudTrail("GetTrailStatus", new { Name = Trail }, accessKey: "444455556666")).Ok().Json;
        Assert.NotNull(status["LatestDeliveryTime"]);
        Assert.Equal("NotOrganizationMasterAccountException", (await sandbox.CloudTrail("StopLogging", new { Name = Trail }, accessKey: "444455556666")).Error);
        Assert.Equal("TrailNotFoundException", (await sandbox.CloudTrail("GetTrailStatus", new { Name = Trail }, accessKey: "777788889999")).Error);
        Assert.Equal(["AWSLogs/o-exampleorgid/111122223333/", "AWSLogs/o-exampleorgid/444455556666/"], (await sandbox.Keys()).Select(k => string.Join('/', k.Split('/')[..3]) + "/"));
        Assert.Equal("o-exampleorgid", (string?)(await sandbox.Json("organizations", "AWSOrganizationsV20161128.DescribeOrganization", accessKey: "444455556666")).Ok().Json["Organization"]!["Id"]);
    }
}
