using System.Net;
using System.Text;
using Xunit;

namespace LogDelivery.Sandbox.Tests;

public sealed class S3WireTests : IDisposable
{
    private const string Bucket = RunningSandbox.Bucket;

    private readonly RunningSandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public async Task A_new_bucket_has_the_settings_that_every_new_bucket_has()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        Assert.Equal("AES256", (await sandbox.S3("GET", $"/{Bucket}?encryption")).Value("SSEAlgorithm"));
        Assert.Equal("BucketOwnerEnforced", (await sandbox.S3("GET", $"/{Bucket}?ownershipControls")).Value("ObjectOwnership"));
        Assert.Equal("true", (await sandbox.S3("GET", $"/{Bucket}?publicAccessBlock")).Value("RestrictPublicBuckets"));
        Assert.Equal("BucketOwner", (await sandbox.S3("GET", $"/{Bucket}?requestPayment")).Value("Payer"));
        Assert.Equal("FULL_CONTROL", (await sandbox.S3("GET", $"/{Bucket}?acl")).Value("Permission"));
        Assert.Equal("BucketLoggingStatus", (await sandbox.S3("GET", $"/{Bucket}?logging")).Xml.Name.LocalName);
        Assert.Equal("ObjectLockConfigurationNotFoundError", (await sandbox.S3("GET", $"/{Bucket}?object-lock")).Error);
        Assert.Equal("NoSuchBucketPolicy", (await sandbox.S3("GET", $"/{Bucket}?policyStatus")).Error);
    }

    [Fact]
    public async Task The_location_of_us_east_1_is_empty_and_of_others_their_name()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        (await sandbox.S3("PUT", "/amzn-s3-demo-other", "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>", "eu-west-1")).Ok();
        Assert.Equal(string.Empty, (await sandbox.S3("GET", $"/{Bucket}?location")).Xml.Value);
        Assert.Equal("eu-west-1", (await sandbox.S3("GET", "/amzn-s3-demo-other?location")).Xml.Value);
        Assert.Equal(["amzn-s3-demo-bucket", "amzn-s3-demo-other"], (await sandbox.S3("GET", "/")).Xml.Descendants().Where(e => e.Name.LocalName == "Name").Select(e => e.Value));
    }

    [Fact]
    public async Task The_policy_comes_back_as_it_was_written()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        var put = await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy());
        Assert.Equal(HttpStatusCode.NoContent, put.Status);
        Assert.Equal(RunningSandbox.TrailPolicy(), (await sandbox.S3("GET", $"/{Bucket}?policy")).Text);
        Assert.Equal("FALSE", (await sandbox.S3("GET", $"/{Bucket}?policyStatus")).Value("IsPublic"));
        Assert.Equal(HttpStatusCode.NoContent, (await sandbox.S3("DELETE", $"/{Bucket}?policy")).Status);
        var gone = await sandbox.S3("GET", $"/{Bucket}?policy");
        Assert.Equal((HttpStatusCode.NotFound, "NoSuchBucketPolicy"), (gone.Status, gone.Error));
        Assert.Equal(Bucket, gone.Value("BucketName"));
    }

    [Fact]
    public async Task What_is_not_there_is_404_with_a_document()
    {
        Assert.Equal("NoSuchBucket", (await sandbox.S3("GET", "/amzn-s3-demo-nowhere?policy")).Error);
        var head = await sandbox.S3("HEAD", "/amzn-s3-demo-nowhere");
        Assert.Equal((HttpStatusCode.NotFound, 0), (head.Status, head.Bytes.Length));
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        Assert.Equal("NoSuchKey", (await sandbox.S3("GET", $"/{Bucket}/nothing")).Error);
    }

    [Theory]
    [InlineData("", "Policies must be valid JSON and the first byte must be '{'")]
    [InlineData("<Error/>", "Policies must be valid JSON and the first byte must be '{'")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"somebody","Action":"s3:GetObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*"}]}""", "Invalid principal in policy")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::amzn-s3-demo-other/*"}]}""", "Policy has invalid resource")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"kms:Decrypt","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*"}]}""", "Policy has invalid action")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket"}]}""", "Action does not apply to any resource(s) in statement")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":["s3:GetObject","s3:ListBucket"],"Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*"}]}""", "Action does not apply to any resource(s) in statement")]
    public async Task A_policy_that_S3_refuses_is_malformed_and_changes_nothing(string policy, string message)
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        (await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy())).Ok();
        var answer = await sandbox.S3("PUT", $"/{Bucket}?policy", policy);
        Assert.Equal((HttpStatusCode.BadRequest, "MalformedPolicy"), (answer.Status, answer.Error));
        Assert.Equal(message, answer.Value("Message"));
        Assert.Equal(RunningSandbox.TrailPolicy(), (await sandbox.S3("GET", $"/{Bucket}?policy")).Text);
    }

    [Fact]
    public async Task A_policy_has_20480_bytes_at_most()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        var policy = RunningSandbox.TrailPolicy();
        (await sandbox.S3("PUT", $"/{Bucket}?policy", policy.PadRight(20_480))).Ok();
        var answer = await sandbox.S3("PUT", $"/{Bucket}?policy", policy.PadRight(20_481));
        Assert.Equal("MalformedPolicy", answer.Error);
        Assert.Contains("20480", answer.Value("Message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_expected_owner_is_checked_before_anything_else()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        var wrong = await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy(), headers: ("x-amz-expected-bucket-owner", "444455556666"));
        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (wrong.Status, wrong.Error));
        (await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy(), headers: ("x-amz-expected-bucket-owner", RunningSandbox.Account))).Ok();
    }

    [Fact]
    public async Task A_public_policy_is_blocked_unless_public_access_is_not()
    {
        const string Public = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*"}]}""";
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        Assert.Equal("AccessDenied", (await sandbox.S3("PUT", $"/{Bucket}?policy", Public)).Error);
        (await sandbox.S3("DELETE", $"/{Bucket}?publicAccessBlock")).Ok();
        (await sandbox.S3("PUT", $"/{Bucket}?policy", Public)).Ok();
        Assert.Equal("TRUE", (await sandbox.S3("GET", $"/{Bucket}?policyStatus")).Value("IsPublic"));
        Assert.Equal("NoSuchPublicAccessBlockConfiguration", (await sandbox.S3("GET", $"/{Bucket}?publicAccessBlock")).Error);
    }

    [Fact]
    public async Task A_bucket_elsewhere_is_a_redirect_that_says_where()
    {
        (await sandbox.S3("PUT", $"/{Bucket}", region: "eu-west-1")).Ok();
        var answer = await sandbox.S3("GET", $"/{Bucket}?policy");
        Assert.Equal((HttpStatusCode.MovedPermanently, "PermanentRedirect"), (answer.Status, answer.Error));
        Assert.Equal("eu-west-1", answer.Headers["x-amz-bucket-region"]);
        var head = await sandbox.S3("HEAD", $"/{Bucket}");
        Assert.Equal((HttpStatusCode.MovedPermanently, "eu-west-1"), (head.Status, head.Headers["x-amz-bucket-region"]));
        Assert.Equal("eu-west-1", (await sandbox.S3("HEAD", $"/{Bucket}", region: "eu-west-1")).Ok().Headers["x-amz-bucket-region"]);
    }

    [Fact]
    public async Task The_bucket_may_stand_in_the_host_name()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        (await sandbox.S3("PUT", $"/{Bucket}/a/b.txt", "content")).Ok();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a/b.txt");
        request.Headers.Host = $"{Bucket}.localhost";
        Assert.Equal("content", (await sandbox.Send(request)).Ok().Text);
    }

    [Fact]
    public async Task Objects_are_written_read_in_parts_and_deleted()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        var put = (await sandbox.S3("PUT", $"/{Bucket}/folder/a%20b%C3%BC.txt", "0123456789", headers: ("x-amz-meta-origin", "test"))).Ok();
        Assert.Equal("\"781e5e245d69b566979b86e28d23f2c7\"", put.Headers["ETag"]);
        var get = (await sandbox.S3("GET", $"/{Bucket}/folder/a%20b%C3%BC.txt")).Ok();
        Assert.Equal(("0123456789", "test"), (get.Text, get.Headers["x-amz-meta-origin"]));
        var part = await sandbox.S3("GET", $"/{Bucket}/folder/a%20b%C3%BC.txt", headers: ("Range", "bytes=2-4"));
        Assert.Equal((HttpStatusCode.PartialContent, "234", "bytes 2-4/10"), (part.Status, part.Text, part.Headers["Content-Range"]));
        var head = (await sandbox.S3("HEAD", $"/{Bucket}/folder/a%20b%C3%BC.txt")).Ok();
        Assert.Equal(("10", 0), (head.Headers["Content-Length"], head.Bytes.Length));
        Assert.Equal("BucketNotEmpty", (await sandbox.S3("DELETE", $"/{Bucket}")).Error);
        (await sandbox.S3("DELETE", $"/{Bucket}/folder/a%20b%C3%BC.txt")).Ok();
        (await sandbox.S3("DELETE", $"/{Bucket}")).Ok();
    }

    [Fact]
    public async Task A_listing_comes_in_pages_and_folders()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        foreach (var key in new[] { "a/1", "a/2", "b", "c/1", "c/d/2", "e" })
        {
            (await sandbox.S3("PUT", $"/{Bucket}/{key}", key)).Ok();
        }

        var seen = new List<string>();
        var token = string.Empty;
        do
        {
            var page = (await sandbox.S3("GET", $"/{Bucket}?list-type=2&delimiter=%2F&max-keys=2{token}")).Ok();
            var names = page.Xml.Elements().Where(e => e.Name.LocalName is "Contents" or "CommonPrefixes").Select(e => e.Elements().First().Value).ToArray();
            Assert.Equal(names.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), page.Value("KeyCount"));
            seen.AddRange(names);
            token = page.Value("IsTruncated") == "true" ? $"&continuation-token={Uri.EscapeDataString(page.Value("NextContinuationToken"))}" : string.Empty;
        }
        while (token.Length > 0);

        Assert.Equal(["a/", "b", "c/", "e"], seen.Order(StringComparer.Ordinal));
        Assert.Equal(["c/1", "c/d/2"], await sandbox.Keys(prefix: "c/"));
        Assert.Equal(["c/d/2", "e"], (await sandbox.S3("GET", $"/{Bucket}?list-type=2&start-after=c%2F1")).Xml.Elements().Where(e => e.Name.LocalName == "Contents").Select(e => e.Elements().First().Value));
        Assert.Equal("c/", (await sandbox.S3("GET", $"/{Bucket}?delimiter=%2F&marker=b&max-keys=1")).Value("NextMarker"));
    }

    [Fact]
    public async Task A_body_that_is_signed_in_pieces_is_put_together()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        var pieces = "4;chunk-signature=00\r\nabcd\r\n3;chunk-signature=00\r\nefg\r\n0;chunk-signature=00\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";
        (await sandbox.S3("PUT", $"/{Bucket}/k", pieces, headers: [("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"), ("x-amz-decoded-content-length", "7")])).Ok();
        Assert.Equal("abcdefg", Encoding.UTF8.GetString(await sandbox.Object("k")));
    }

    [Theory]
    [InlineData("encryption", "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>", "SSEAlgorithm", "aws:kms")]
    [InlineData("object-lock", "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>", "ObjectLockEnabled", "Enabled")]
    [InlineData("requestPayment", "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>", "Payer", "Requester")]
    [InlineData("versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>", "Status", "Enabled")]
    [InlineData("ownershipControls", "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>", "ObjectOwnership", "ObjectWriter")]
    public async Task Settings_come_back_as_they_were_written(string name, string document, string element, string value)
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        (await sandbox.S3("PUT", $"/{Bucket}?{name}", document)).Ok();
        Assert.Equal(value, (await sandbox.S3("GET", $"/{Bucket}?{name}")).Value(element));
        Assert.Equal("MalformedXML", (await sandbox.S3("PUT", $"/{Bucket}?{name}", "<broken")).Error);
    }

    [Fact]
    public async Task The_access_log_goes_to_a_bucket_of_the_same_owner_and_Region()
    {
        static string To(string bucket) => $"<BucketLoggingStatus><LoggingEnabled><TargetBucket>{bucket}</TargetBucket><TargetPrefix>log/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>";
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        (await sandbox.S3("PUT", "/amzn-s3-demo-elsewhere", region: "eu-west-1")).Ok();
        (await sandbox.S3("PUT", "/amzn-s3-demo-target")).Ok();
        Assert.Equal("InvalidTargetBucketForLogging", (await sandbox.S3("PUT", $"/{Bucket}?logging", To("amzn-s3-demo-nowhere"))).Error);
        Assert.Equal("CrossLocationLoggingProhibited", (await sandbox.S3("PUT", $"/{Bucket}?logging", To("amzn-s3-demo-elsewhere"))).Error);
        (await sandbox.S3("PUT", $"/{Bucket}?logging", To("amzn-s3-demo-target"))).Ok();
        Assert.Equal("amzn-s3-demo-target", (await sandbox.S3("GET", $"/{Bucket}?logging")).Value("TargetBucket"));
    }

    [Fact]
    public async Task Another_account_needs_the_policy_and_a_deny_hits_the_owner_too()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        Assert.Equal("AccessDenied", (await sandbox.S3("GET", $"/{Bucket}?list-type=2", accessKey: "444455556666")).Error);
        (await sandbox.S3("PUT", $"/{Bucket}?policy", """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::amzn-s3-demo-bucket"},
              {"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*"}]}
            """)).Ok();
        (await sandbox.S3("GET", $"/{Bucket}?list-type=2", accessKey: "444455556666")).Ok();
        var denied = await sandbox.S3("GET", $"/{Bucket}/k");
        Assert.Contains("explicit deny in a resource-based policy", denied.Value("Message"), StringComparison.Ordinal);
        Assert.Equal("BucketAlreadyExists", (await sandbox.S3("PUT", $"/{Bucket}", accessKey: "444455556666")).Error);
    }
}
