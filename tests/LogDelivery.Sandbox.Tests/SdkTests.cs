using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Xunit;

namespace LogDelivery.Sandbox.Tests;

/// <summary>The AWS SDK for .NET against the sandbox, with signatures that are checked.</summary>
public sealed class SdkTests : IDisposable
{
    private const string Bucket = RunningSandbox.Bucket;
    private const string Key = "AKIAEXAMPLE";
    private const string Secret = "a/secret+that=is none";

    private readonly RunningSandbox sandbox = new(new SandboxOptions { StartTime = RunningSandbox.Start, AccessKeyId = Key, SecretAccessKey = Secret });

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public async Task Buckets_policies_and_objects()
    {
        using var s3 = Client();
        await s3.PutBucketAsync(Bucket, RunningSandbox.Cancel);
        await s3.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = Bucket, Policy = RunningSandbox.TrailPolicy(), ExpectedBucketOwner = RunningSandbox.Account }, RunningSandbox.Cancel);
        Assert.Equal(RunningSandbox.TrailPolicy(), (await s3.GetBucketPolicyAsync(Bucket, RunningSandbox.Cancel)).Policy);
        Assert.False((await s3.GetBucketPolicyStatusAsync(new GetBucketPolicyStatusRequest { BucketName = Bucket }, RunningSandbox.Cancel)).PolicyStatus.IsPublic);
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "a/b c ü+.txt", ContentBody = "content" }, RunningSandbox.Cancel);
        using var got = await s3.GetObjectAsync(Bucket, "a/b c ü+.txt", RunningSandbox.Cancel);
        using var reader = new StreamReader(got.ResponseStream, Encoding.UTF8);
        Assert.Equal("content", await reader.ReadToEndAsync(RunningSandbox.Cancel));
        Assert.Equal("a/b c ü+.txt", Assert.Single((await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = "a/" }, RunningSandbox.Cancel)).S3Objects).Key);
        Assert.Equal(ServerSideEncryptionMethod.AES256, (await s3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = Bucket }, RunningSandbox.Cancel)).ServerSideEncryptionConfiguration.ServerSideEncryptionRules[0].ServerSideEncryptionByDefault.ServerSideEncryptionAlgorithm);
        Assert.Equal(ObjectOwnership.BucketOwnerEnforced, (await s3.GetBucketOwnershipControlsAsync(new GetBucketOwnershipControlsRequest { BucketName = Bucket }, RunningSandbox.Cancel)).OwnershipControls.Rules[0].ObjectOwnership);
        Assert.Equal("BucketOwner", (await s3.GetBucketRequestPaymentAsync(Bucket, RunningSandbox.Cancel)).Payer);
    }

    [Fact]
    public async Task A_policy_that_is_not_there_comes_as_the_error_document_with_404()
    {
        using var s3 = Client();
        await s3.PutBucketAsync(Bucket, RunningSandbox.Cancel);
        var none = await s3.GetBucketPolicyAsync(Bucket, RunningSandbox.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, none.HttpStatusCode);
        Assert.Contains("<Code>NoSuchBucketPolicy</Code>", none.Policy, StringComparison.Ordinal);
        Assert.Contains("<Code>NoSuchBucket</Code>", (await s3.GetBucketPolicyAsync("amzn-s3-demo-nowhere", RunningSandbox.Cancel)).Policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_S3_refuses_is_an_exception_with_its_code()
    {
        using var s3 = Client();
        await s3.PutBucketAsync(Bucket, RunningSandbox.Cancel);
        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.PutBucketPolicyAsync(Bucket, "{}", RunningSandbox.Cancel));
        Assert.Equal(("MalformedPolicy", HttpStatusCode.BadRequest), (refused.ErrorCode, refused.StatusCode));
        var throttled = Client(retries: 2);
        sandbox.Server.SetFaults("""{"throttleRate":1,"times":2}""");
        await throttled.ListBucketsAsync(RunningSandbox.Cancel);
    }

    [Fact]
    public async Task A_wrong_secret_an_unknown_key_and_no_signature_are_told_apart()
    {
        async Task<string> CodeOf(string key, string secret)
        {
            using var s3 = Client(key, secret);
            return (await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.ListBucketsAsync(RunningSandbox.Cancel))).ErrorCode;
        }

        Assert.Equal("SignatureDoesNotMatch", await CodeOf(Key, "wrong"));
        Assert.Equal("InvalidAccessKeyId", await CodeOf("AKIAOTHER", Secret));
        Assert.Equal(HttpStatusCode.Forbidden, (await sandbox.Http.GetAsync(new Uri("/", UriKind.Relative), RunningSandbox.Cancel)).StatusCode);
        Assert.Equal("InvalidClientTokenId", (await sandbox.Query("sts", "2011-06-15", "GetCallerIdentity", accessKey: "AKIAOTHER")).Error);
        Assert.Equal("SignatureDoesNotMatch", (await sandbox.Query("sts", "2011-06-15", "GetCallerIdentity", accessKey: Key)).Error);
        Assert.Equal("UnrecognizedClientException", (await sandbox.CloudTrail("ListTrails", accessKey: "AKIAOTHER")).Error);
        (await sandbox.Control("GET", "state")).Ok();
    }

    private AmazonS3Client Client(string key = Key, string secret = Secret, int retries = 0) => new(
        new BasicAWSCredentials(key, secret),
        new AmazonS3Config { ServiceURL = sandbox.Server.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1", MaxErrorRetry = retries });
}
