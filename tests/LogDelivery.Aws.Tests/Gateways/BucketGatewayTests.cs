using LogDelivery.Aws.Tests.Support;
using LogDelivery.Gateways;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Aws.Tests.Gateways;

/// <summary>S3 and what the SDK makes of its answers: a 404 that does not throw, an error document as a policy, redirects.</summary>
public sealed class BucketGatewayTests
{
    private const string Bucket = "amzn-s3-demo-bucket";
    private const string Policy = """{"Version":"2012-10-17","Statement":[]}""";

    [Fact]
    public async Task A_policy_is_read_as_it_is()
    {
        using var aws = new FakeAws(r => r.Method == "HEAD" ? Head() : new Answer(200, Policy, "application/json"));
        using var session = await Given.SessionAsync(aws);
        var policy = await session.Buckets.GetPolicyAsync(Bucket, TestContext.Current.CancellationToken);
        Assert.Equal(Policy, policy.Value);
        Assert.All(aws.Requests, r => Signature.Check(r, Given.AccessKey, Given.SecretKey, Given.Region, "s3"));
        Assert.Equal($"/{Bucket}/?policy", aws.Requests[^1].RawUrl);
    }

    [Fact]
    public async Task No_policy_is_missing_and_not_an_error_document()
    {
        using var aws = new FakeAws(r => r.Method == "HEAD" ? Head() : Answer.S3Error("NoSuchBucketPolicy", 404));
        using var session = await Given.SessionAsync(aws);
        var policy = await session.Buckets.GetPolicyAsync(Bucket, TestContext.Current.CancellationToken);
        Assert.True(policy.IsMissing);
    }

    [Fact]
    public async Task A_bucket_that_vanishes_in_between_is_an_error_and_no_policy()
    {
        using var aws = new FakeAws(r => r.Method == "HEAD" ? Head() : Answer.S3Error("NoSuchBucket", 404));
        using var session = await Given.SessionAsync(aws);
        var answer = await session.Buckets.GetPolicyAsync(Bucket, TestContext.Current.CancellationToken);
        Assert.True(answer.IsMissing);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_missing()
    {
        using var aws = new FakeAws(_ => Answer.S3Error("NoSuchBucket", 404));
        using var session = await Given.SessionAsync(aws);
        Assert.True((await session.Buckets.FindAsync(Bucket, TestContext.Current.CancellationToken)).IsMissing);
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => session.Buckets.GetPolicyAsync(Bucket, TestContext.Current.CancellationToken));
        Assert.Equal("NoSuchBucket", exception.Code);
        Assert.Equal(AwsErrorKind.NotFound, exception.Kind);
    }

    [Theory]
    [InlineData(403, "AccessDenied")]
    [InlineData(405, "MethodNotAllowed")]
    public async Task A_policy_that_may_not_be_read_names_the_permission(int status, string code)
    {
        using var aws = new FakeAws(r => r.Method == "HEAD" ? Head() : Answer.S3Error(code, status));
        using var session = await Given.SessionAsync(aws);
        var policy = await session.Buckets.GetPolicyAsync(Bucket, TestContext.Current.CancellationToken);
        Assert.True(policy.IsUnreadable);
        Assert.False(policy.IsMissing);
        Assert.Equal("s3:GetBucketPolicy", policy.MissingPermission);
    }

    [Fact]
    public async Task A_bucket_of_somebody_else_s_is_there_but_denied()
    {
        using var aws = new FakeAws(_ => Answer.S3Error("AccessDenied", 403, "us-west-1"));
        using var session = await Given.SessionAsync(aws);
        var place = await session.Buckets.FindAsync(Bucket, TestContext.Current.CancellationToken);
        Assert.Equal(new BucketPlace("us-west-1", true), place.Value);
    }

    [Theory]
    [InlineData(301, "PermanentRedirect")]
    [InlineData(400, "AuthorizationHeaderMalformed")]
    [InlineData(307, "TemporaryRedirect")]
    public async Task A_bucket_in_another_Region_is_asked_there(int status, string code)
    {
        using var aws = new FakeAws(r => !r.Header("Authorization")!.Contains("/us-west-1/", StringComparison.Ordinal)
            ? Answer.S3Error(code, status, "us-west-1")
            : r.Method == "HEAD" ? Head("us-west-1") : new Answer(200, Policy, "application/json"));
        using var session = await Given.SessionAsync(aws);
        var place = await session.Buckets.FindAsync(Bucket, TestContext.Current.CancellationToken);
        Assert.Equal(new BucketPlace("us-west-1", false), place.Value);
        Assert.Equal(Policy, (await session.Buckets.GetPolicyAsync(Bucket, TestContext.Current.CancellationToken)).Value);
        Signature.Check(aws.Requests[^1], Given.AccessKey, Given.SecretKey, "us-west-1", "s3");
    }

    [Fact]
    public async Task The_place_of_a_bucket_is_asked_for_once()
    {
        using var aws = new FakeAws(r => r.Method == "HEAD" ? Head() : new Answer(200, Policy, "application/json"));
        using var session = await Given.SessionAsync(aws);
        await session.Buckets.GetPolicyAsync(Bucket, TestContext.Current.CancellationToken);
        await session.Buckets.GetPolicyAsync(Bucket, TestContext.Current.CancellationToken);
        Assert.Single(aws.Requests, r => r.Method == "HEAD");
    }

    [Fact]
    public async Task A_bucket_that_nobody_configured_has_the_defaults()
    {
        using var aws = new FakeAws(r => r switch
        {
            { Method: "HEAD" } => Head(),
            { Query: var q } when q.StartsWith("requestPayment", StringComparison.Ordinal)
                => Answer.Xml("<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>"),
            { Query: var q } when q.StartsWith("encryption", StringComparison.Ordinal) => Answer.S3Error("ServerSideEncryptionConfigurationNotFoundError", 404),
            { Query: var q } when q.StartsWith("ownershipControls", StringComparison.Ordinal) => Answer.S3Error("OwnershipControlsNotFoundError", 404),
            _ => Answer.S3Error("ObjectLockConfigurationNotFoundError", 404),
        });
        using var session = await Given.SessionAsync(aws);
        var report = await session.Buckets.GetSettingsAsync(Bucket, null, TestContext.Current.CancellationToken);
        Assert.Empty(report.MissingPermissions);
        Assert.Equal(
            new BucketSettings
            {
                Region = Given.Region,
                Encryption = BucketEncryption.SseS3,
                BucketKeyEnabled = false,
                ObjectLockEnabled = false,
                ObjectLockDefaultRetention = false,
                RequesterPays = false,
                ObjectOwnership = ObjectOwnership.ObjectWriter,
            },
            report.Settings);
    }

    [Fact]
    public async Task Settings_are_read()
    {
        const string Key = "arn:aws:kms:eu-central-1:111122223333:key/k";
        using var aws = new FakeAws(r => r switch
        {
            { Method: "HEAD" } => Head(),
            { Query: var q } when q.StartsWith("requestPayment", StringComparison.Ordinal)
                => Answer.Xml("<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>"),
            { Query: var q } when q.StartsWith("encryption", StringComparison.Ordinal) => Answer.Xml($"""
                <ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>{Key}</KMSMasterKeyID>
                </ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>
                """),
            { Query: var q } when q.StartsWith("ownershipControls", StringComparison.Ordinal)
                => Answer.Xml("<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>"),
            _ => Answer.Xml("<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>"),
        });
        using var session = await Given.SessionAsync(aws);
        var report = await session.Buckets.GetSettingsAsync(Bucket, "111122223333", TestContext.Current.CancellationToken);
        Assert.Equal(
            new BucketSettings
            {
                Region = Given.Region,
                AccountId = "111122223333",
                Encryption = BucketEncryption.SseKms,
                KmsKeyId = Key,
                BucketKeyEnabled = true,
                ObjectLockEnabled = true,
                ObjectLockDefaultRetention = true,
                RequesterPays = true,
                ObjectOwnership = ObjectOwnership.BucketOwnerEnforced,
            },
            report.Settings);
        Assert.Contains(aws.Requests, r => r.Header("x-amz-expected-bucket-owner") == "111122223333");
    }

    [Fact]
    public async Task Settings_that_may_not_be_read_are_unknown_and_named()
    {
        using var aws = new FakeAws(r => r.Method == "HEAD" && r.Header("x-amz-expected-bucket-owner") is null ? Head() : Answer.S3Error("AccessDenied", 403));
        using var session = await Given.SessionAsync(aws);
        var report = await session.Buckets.GetSettingsAsync(Bucket, "111122223333", TestContext.Current.CancellationToken);
        Assert.Equal(new BucketSettings { Region = Given.Region }, report.Settings);
        Assert.Equal(
            ["s3:GetBucketObjectLockConfiguration", "s3:GetBucketOwnershipControls", "s3:GetBucketRequestPayment", "s3:GetEncryptionConfiguration"],
            report.MissingPermissions.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_policy_is_replaced_with_the_owner_that_is_expected()
    {
        using var aws = new FakeAws(r => r.Method == "HEAD" ? Head() : new Answer(204, string.Empty, "application/xml"));
        using var session = await Given.SessionAsync(aws);
        await session.Buckets.OwnedBy("111122223333").PutPolicyAsync(Bucket, Policy, TestContext.Current.CancellationToken);
        var put = aws.Requests[^1];
        Assert.Equal("PUT", put.Method);
        Assert.Equal(Policy, put.Text);
        Assert.Equal("111122223333", put.Header("x-amz-expected-bucket-owner"));
        Signature.Check(put, Given.AccessKey, Given.SecretKey, Given.Region, "s3");
    }

    [Fact]
    public async Task The_owner_that_is_expected_goes_with_every_call()
    {
        using var aws = new FakeAws(r => r.Method == "HEAD" ? Head() : Answer.S3Error("NoSuchBucketPolicy", 404));
        using var session = await Given.SessionAsync(aws);
        var buckets = session.Buckets.OwnedBy("111122223333");
        await buckets.GetSettingsAsync(Bucket, "111122223333", TestContext.Current.CancellationToken);
        await buckets.GetPolicyAsync(Bucket, TestContext.Current.CancellationToken);
        await buckets.FindNewestAsync(Bucket, "AWSLogs/", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<AwsCallException>(() => buckets.DeletePolicyAsync(Bucket, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<AwsCallException>(() => buckets.PutPolicyAsync(Bucket, Policy, TestContext.Current.CancellationToken));
        Assert.True(aws.Requests.Count >= 9);
        Assert.All(aws.Requests, r => Assert.Equal("111122223333", r.Header("x-amz-expected-bucket-owner")));
    }

    [Theory]
    [InlineData("SlowDown", 503)]
    [InlineData("InternalError", 500)]
    public async Task A_write_is_tried_once_and_a_read_again(string code, int status)
    {
        using var aws = new FakeAws(r => r.Method == "HEAD" ? Head() : Answer.S3Error(code, status));
        using var session = await Given.SessionAsync(aws, Given.Options(aws) with { MaxAttempts = 2 });
        await Assert.ThrowsAsync<AwsCallException>(() => session.Buckets.PutPolicyAsync(Bucket, Policy, TestContext.Current.CancellationToken));
        Assert.Single(aws.Requests, r => r.Method == "PUT");
        await Assert.ThrowsAsync<AwsCallException>(() => session.Buckets.GetPolicyAsync(Bucket, TestContext.Current.CancellationToken));
        Assert.Equal(2, aws.Requests.Count(r => r.Method == "GET"));
    }

    private static Answer Head(string region = Given.Region)
    {
        var answer = Answer.Xml(string.Empty);
        answer.Headers["x-amz-bucket-region"] = region;
        return answer;
    }
}
