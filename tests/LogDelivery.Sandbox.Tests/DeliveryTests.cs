using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Sandbox.Tests;

public sealed class DeliveryTests : IDisposable
{
    private const string Bucket = RunningSandbox.Bucket;

    private const string NothingForServices = """
        {"Version":"2012-10-17","Statement":[{"Sid":"Tls","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::amzn-s3-demo-bucket","arn:aws:s3:::amzn-s3-demo-bucket/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}
        """;

    private readonly RunningSandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public async Task A_trail_writes_a_log_file_every_five_minutes_under_the_documented_key()
    {
        await sandbox.CreateLoggingTrail();
        await sandbox.Advance(2);
        Assert.Empty(await sandbox.Keys());
        await sandbox.Advance(10);
        var keys = await sandbox.Keys();
        Assert.Equal(2, keys.Length);
        Assert.Matches("^AWSLogs/111122223333/CloudTrail/us-east-1/2026/01/31/111122223333_CloudTrail_us-east-1_20260131T0905Z_[A-Za-z0-9]{16}\\.json\\.gz$", keys[0]);
        var records = JsonNode.Parse(Unzip(await sandbox.Object(keys[0])))!["Records"]!.AsArray();
        Assert.All(records, r => Assert.Equal(RunningSandbox.Account, (string?)r!["recipientAccountId"]));
        var status = await sandbox.Status();
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 9, 10, 0, TimeSpan.Zero).ToUnixTimeSeconds(), (decimal)status["LatestDeliveryTime"]!);
    }

    [Fact]
    public async Task Broken_policy_error_repair_backlog()
    {
        await sandbox.CreateLoggingTrail();
        await sandbox.Advance(60);
        var before = await sandbox.Keys();
        (await sandbox.S3("PUT", $"/{Bucket}?policy", NothingForServices)).Ok();
        Assert.False((await sandbox.Status()).ContainsKey("LatestDeliveryError"));

        await sandbox.Advance(30);
        var failing = await sandbox.Status();
        Assert.Equal("AccessDenied", (string?)failing["LatestDeliveryError"]);
        Assert.True((bool)failing["IsLogging"]!);
        Assert.Equal("2026-01-31T10:30:00Z", (string?)failing["LatestDeliveryAttemptTime"]);
        Assert.Equal("2026-01-31T10:00:00Z", (string?)failing["LatestDeliveryAttemptSucceeded"]);
        Assert.Equal(before, await sandbox.Keys());

        var delivery = new Delivery { Source = SourceCatalog.Find("CloudTrail")!, BucketName = Bucket, AccountId = RunningSandbox.Account, Region = "us-east-1", SourceArn = RunningSandbox.Trail };
        var plan = PolicyRepair.Plan(PolicyDocument.Parse((await sandbox.S3("GET", $"/{Bucket}?policy")).Text, PolicyKind.Bucket), PolicyTarget.Bucket, [delivery]);
        (await sandbox.S3("PUT", $"/{Bucket}?policy", plan.After.Text)).Ok();

        await sandbox.Advance(5);
        var healthy = await sandbox.Status();
        Assert.False(healthy.ContainsKey("LatestDeliveryError"));
        var all = await sandbox.Keys();
        Assert.Equal(before.Length + 7, all.Length);
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Contains(all, k => k.Contains("20260131T1005Z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_longer_than_thirty_days_is_lost()
    {
        await sandbox.CreateLoggingTrail();
        (await sandbox.S3("DELETE", $"/{Bucket}?policy")).Ok();
        await sandbox.Advance(31 * 24 * 60);
        (await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy())).Ok();
        await sandbox.Advance(5);
        var leg = (await sandbox.Control("GET", "state")).Json["trails"]![0]!["legs"]![0]!["logFiles"]!;
        Assert.Equal(24 * 12, (int)leg["lost"]!);
        Assert.Equal((30 * 24 * 12) + 1, (int)leg["delivered"]!);
        Assert.Equal(0, (int)leg["pending"]!);
    }

    [Fact]
    public async Task Digests_come_hourly_chained_and_fail_by_themselves()
    {
        await sandbox.CreateLoggingTrail(settings: new { Name = "management", S3BucketName = Bucket, EnableLogFileValidation = true });
        await sandbox.Advance(125);
        var digests = await sandbox.Keys(prefix: "AWSLogs/111122223333/CloudTrail-Digest/");
        Assert.Equal(2, digests.Length);
        Assert.EndsWith("111122223333_CloudTrail-Digest_us-east-1_management_us-east-1_20260131T110000Z.json.gz", digests[1], StringComparison.Ordinal);
        var second = JsonNode.Parse(Unzip(await sandbox.Object(digests[1])))!;
        Assert.Equal(digests[0], (string?)second["previousDigestS3Object"]);
        Assert.Equal(12, second["logFiles"]!.AsArray().Count);

        (await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy(path: "AWSLogs/111122223333/CloudTrail/*"))).Ok();
        await sandbox.Advance(60);
        var status = await sandbox.Status();
        Assert.False(status.ContainsKey("LatestDeliveryError"));
        Assert.Equal("AccessDenied", (string?)status["LatestDigestDeliveryError"]);

        (await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy())).Ok();
        await sandbox.Advance(5);
        Assert.False((await sandbox.Status()).ContainsKey("LatestDigestDeliveryError"));
        var late = await sandbox.S3("HEAD", $"/{Bucket}/{(await sandbox.Keys(prefix: "AWSLogs/111122223333/CloudTrail-Digest/"))[2]}");
        Assert.True(late.Headers.ContainsKey("x-amz-meta-backfill-generation-timestamp"));
    }

    [Fact]
    public async Task Digests_are_signed_over_what_they_name()
    {
        await sandbox.CreateLoggingTrail(settings: new { Name = "management", S3BucketName = Bucket, EnableLogFileValidation = true });
        await sandbox.Advance(125);
        var published = (await sandbox.CloudTrail("ListPublicKeys")).Ok().Json["PublicKeyList"]![0]!;
        using var key = RSA.Create();
        key.ImportRSAPublicKey(Convert.FromBase64String((string)published["Value"]!), out _);
        string? previous = null;
        foreach (var name in await sandbox.Keys(prefix: "AWSLogs/111122223333/CloudTrail-Digest/"))
        {
            var text = Unzip(await sandbox.Object(name));
            var digest = JsonNode.Parse(text)!;
            var signature = (await sandbox.S3("HEAD", $"/{Bucket}/{name}")).Headers["x-amz-meta-signature"];
            var signed = $"{digest["digestEndTime"]}\n{Bucket}/{name}\n{HashOf(text)}\n{previous ?? "null"}";
            Assert.Equal((string?)published["Fingerprint"], (string?)digest["digestPublicKeyFingerprint"]);
            Assert.Equal(previous, (string?)digest["previousDigestSignature"]);
            Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(signed), Convert.FromHexString(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), name);
            foreach (var file in digest["logFiles"]!.AsArray())
            {
                Assert.Equal(HashOf(Unzip(await sandbox.Object((string)file!["s3Object"]!))), (string?)file["hashValue"]);
            }

            previous = signature;
        }

        Assert.NotNull(previous);
    }

    [Fact]
    public async Task Insights_events_have_files_of_their_own_that_the_same_policy_lets_in()
    {
        await sandbox.CreateLoggingTrail();
        const string Insight = """{"trail":"management","eventSource":"ec2.amazonaws.com","eventName":"RunInstances"}""";
        Assert.Contains("no insight selector", (await sandbox.Control("POST", "insights", Insight)).Text, StringComparison.Ordinal);
        (await sandbox.CloudTrail("PutInsightSelectors", new { TrailName = "management", InsightSelectors = new[] { new { InsightType = "ApiCallRateInsight" } } })).Ok();
        (await sandbox.Control("POST", "insights", Insight)).Ok();
        (await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy(path: "AWSLogs/111122223333/CloudTrail/*"))).Ok();
        await sandbox.Advance(5);
        Assert.Empty(await sandbox.Keys(prefix: "AWSLogs/111122223333/CloudTrail-Insight/"));
        (await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy())).Ok();
        await sandbox.Advance(5);
        var key = Assert.Single(await sandbox.Keys(prefix: "AWSLogs/111122223333/CloudTrail-Insight/us-east-1/2026/01/31/"));
        var records = JsonNode.Parse(Unzip(await sandbox.Object(key)))!["Records"]!.AsArray();
        Assert.Equal(["Start", "End"], records.Select(r => (string?)r!["insightDetails"]!["state"]));
        Assert.All(records, r => Assert.Equal("Insight", (string?)r!["eventCategory"]));
    }

    [Fact]
    public async Task A_deleted_bucket_is_NoSuchBucket()
    {
        sandbox.Server.LoadScenario($$"""
            {"buckets":[{"name":"{{Bucket}}","policy":{{RunningSandbox.TrailPolicy()}}}],"trails":[{"name":"management","bucket":"{{Bucket}}"}],
             "steps":[{"advance":60},{"deleteBucket":"{{Bucket}}"},{"advance":5}]}
            """);
        Assert.Equal("NoSuchBucket", (string?)(await sandbox.Status())["LatestDeliveryError"]);
    }

    [Theory]
    [InlineData("Disabled", "KMS.DisabledException")]
    [InlineData("PendingDeletion", "KMS.KMSInvalidStateException")]
    public async Task The_state_of_the_key_shows_by_its_own_code(string keyState, string error)
    {
        sandbox.Server.LoadScenario(Encrypted(keyState, allowed: true));
        Assert.Equal(error, (string?)(await sandbox.Status())["LatestDeliveryError"]);
    }

    [Fact]
    public async Task A_key_policy_that_refuses_shows_as_AccessDenied()
    {
        sandbox.Server.LoadScenario(Encrypted("Enabled", allowed: false));
        Assert.Equal("AccessDenied", (string?)(await sandbox.Status())["LatestDeliveryError"]);
        sandbox.Server.LoadScenario(Encrypted("Enabled", allowed: true));
        Assert.False((await sandbox.Status()).ContainsKey("LatestDeliveryError"));
        var item = await sandbox.S3("HEAD", $"/{Bucket}/{(await sandbox.Keys())[0]}");
        Assert.Equal("aws:kms", item.Headers["x-amz-server-side-encryption"]);
    }

    [Fact]
    public async Task Requester_pays_stops_a_trail()
    {
        await sandbox.CreateLoggingTrail();
        (await sandbox.S3("PUT", $"/{Bucket}?requestPayment", "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>")).Ok();
        await sandbox.Advance(5);
        Assert.Equal("AccessDenied", (string?)(await sandbox.Status())["LatestDeliveryError"]);
    }

    [Fact]
    public async Task A_quiet_Region_has_digests_but_no_log_files()
    {
        sandbox.Server.LoadScenario($$"""
            {"time":"2026-01-31T09:00:00Z","quietRegions":["eu-west-1"],
             "buckets":[{"name":"{{Bucket}}","policy":{{RunningSandbox.TrailPolicy()}}}],
             "trails":[{"name":"management","bucket":"{{Bucket}}","multiRegion":true,"validation":true}],"steps":[{"advance":60}]}
            """);
        var status = await sandbox.Status(RunningSandbox.Trail, "eu-west-1");
        Assert.False(status.ContainsKey("LatestDeliveryTime"));
        Assert.True(status.ContainsKey("LatestDigestDeliveryTime"));
        Assert.True((await sandbox.Status(RunningSandbox.Trail, "us-west-2")).ContainsKey("LatestDeliveryTime"));
    }

    [Fact]
    public async Task Attempts_leave_data_events_in_a_trail_that_selects_them_and_lines_in_the_access_log()
    {
        sandbox.Server.LoadScenario("""
            {"time":"2026-01-31T09:00:00Z",
             "buckets":[
               {"name":"amzn-s3-demo-flow-logs","logging":{"bucket":"amzn-s3-demo-access","prefix":"log/"}},
               {"name":"amzn-s3-demo-access","policy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-access/log/*"}]}},
               {"name":"amzn-s3-demo-bucket","policy":POLICY}],
             "trails":[{"name":"management","bucket":"amzn-s3-demo-bucket","dataEvents":["arn:aws:s3:::amzn-s3-demo-flow-logs/"]}],
             "flowLogs":[{"id":"fl-1234567890abcdef0","bucket":"amzn-s3-demo-flow-logs"}],
             "steps":[{"advance":10}]}
            """.Replace("POLICY", RunningSandbox.TrailPolicy(), StringComparison.Ordinal));
        var keys = await sandbox.Keys();
        var records = JsonNode.Parse(Unzip(await sandbox.Object(keys[^1])))!["Records"]!.AsArray();
        var record = Assert.Single(records, r => (string?)r!["eventName"] == "PutObject")!;
        Assert.Equal("AWSService", (string?)record["userIdentity"]!["type"]);
        Assert.Equal("delivery.logs.amazonaws.com", (string?)record["userIdentity"]!["invokedBy"]);
        Assert.Equal(("AccessDenied", "Access Denied"), ((string?)record["errorCode"], (string?)record["errorMessage"]));
        var line = Encoding.UTF8.GetString(await sandbox.Object((await sandbox.Keys("amzn-s3-demo-access"))[0], "amzn-s3-demo-access"));
        Assert.Contains(" svc:delivery.logs.amazonaws.com ", line, StringComparison.Ordinal);
        Assert.Contains(" REST.PUT.OBJECT ", line, StringComparison.Ordinal);
        Assert.Contains(" 403 AccessDenied ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flow_logs_show_an_access_error_and_deliver_after_the_repair()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        var created = (await sandbox.Query("ec2", "2016-11-15", "CreateFlowLogs", parameters: [("ResourceId.1", "vpc-1234567890abcdef0"), ("ResourceType", "VPC"), ("TrafficType", "ALL"), ("LogDestinationType", "s3"), ("LogDestination", $"arn:aws:s3:::{Bucket}/vpc/")])).Ok();
        var id = created.Value("item");
        var granted = (await sandbox.S3("GET", $"/{Bucket}?policy")).Text;
        Assert.Contains("delivery.logs.amazonaws.com", granted, StringComparison.Ordinal);
        await sandbox.Advance(5);
        Assert.Matches($"^vpc/AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/01/31/111122223333_vpcflowlogs_us-east-1_{id}_20260131T0905Z_[0-9a-f]{{8}}\\.log\\.gz$", (await sandbox.Keys())[0]);

        (await sandbox.S3("PUT", $"/{Bucket}?policy", NothingForServices)).Ok();
        await sandbox.Advance(15);
        var failing = await sandbox.Query("ec2", "2016-11-15", "DescribeFlowLogs");
        Assert.Equal(("FAILED", "Access error", "ACTIVE"), (failing.Value("deliverLogsStatus"), failing.Value("deliverLogsErrorMessage"), failing.Value("flowLogStatus")));

        (await sandbox.S3("PUT", $"/{Bucket}?policy", granted)).Ok();
        await sandbox.Advance(5);
        Assert.Equal("SUCCESS", (await sandbox.Query("ec2", "2016-11-15", "DescribeFlowLogs")).Value("deliverLogsStatus"));
        Assert.Equal(5, (await sandbox.Keys()).Length);
    }

    public static TheoryData<string> CatalogSources => [.. SourceCatalog.All.Select(s => s.Id)];

    [Theory]
    [MemberData(nameof(CatalogSources))]
    public async Task Every_source_of_the_catalog_delivers_when_its_documented_policy_is_there(string id)
    {
        var source = SourceCatalog.Find(id)!;
        var delivery = new Delivery
        {
            Source = source,
            BucketName = source.Constraints.NamePrefix is { } prefix ? $"{prefix}sandbox" : Bucket,
            AccountId = RunningSandbox.Account,
            Region = "us-east-1",
            SourceArn = source.Parameters.Any(p => p is { IsRequired: true, Name: "SourceArn" }) ? "arn:aws:example:us-east-1:111122223333:thing/1" : null,
            KmsKeyArn = source.Constraints.RequiresKmsKey ? "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" : null,
            RoleArn = source.Parameters.Any(p => p is { IsRequired: true, Name: "RoleArn" }) ? "arn:aws:iam::111122223333:role/writer" : null,
            KeyPrefix = source.Parameters.Any(p => p is { IsRequired: true, Name: "KeyPrefix" }) ? "logs" : null,
            OrganizationId = source.Parameters.Any(p => p is { IsRequired: true, Name: "OrganizationId" }) ? "o-exampleorgid" : null,
        };
        var scenario = new JsonObject
        {
            ["time"] = "2026-05-17T10:00:00Z",
            ["buckets"] = new JsonArray(new JsonObject
            {
                ["name"] = delivery.BucketName,
                ["policy"] = JsonNode.Parse(PolicyRepair.Create(PolicyTarget.Bucket, [delivery]).Text),
                ["kmsKeyId"] = delivery.KmsKeyArn,
                ["ownership"] = source.Constraints.RequiresAcls ? "ObjectWriter" : null,
            }),
            ["roles"] = new JsonArray(new JsonObject
            {
                ["name"] = "writer",
                ["policies"] = new JsonObject { ["all"] = JsonNode.Parse("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*","kms:*"],"Resource":"*"}]}""") },
            }),
            ["deliveries"] = new JsonArray(new JsonObject
            {
                ["source"] = id,
                ["bucket"] = delivery.BucketName,
                ["sourceArn"] = delivery.SourceArn,
                ["kmsKeyArn"] = delivery.KmsKeyArn,
                ["roleArn"] = delivery.RoleArn,
                ["prefix"] = delivery.KeyPrefix,
                ["organizationId"] = delivery.OrganizationId,
            }),
            ["steps"] = new JsonArray(new JsonObject { ["advance"] = 10 }),
        };
        if (delivery.KmsKeyArn is not null)
        {
            scenario["keys"] = new JsonArray(new JsonObject
            {
                ["id"] = "1234abcd-12ab-34cd-56ef-1234567890ab",
                ["policy"] = JsonNode.Parse(PolicyRepair.Create(PolicyTarget.Key, [delivery]).Text),
            });
        }

        sandbox.Server.LoadScenario(scenario.ToJsonString());
        var delivered = (await sandbox.Control("GET", "state")).Json["deliveries"]![0]!["logFiles"]!;
        Assert.True((int)delivered["delivered"]! == 2, delivered.ToJsonString());
        var keys = await sandbox.Keys(delivery.BucketName);
        Assert.Equal(2, keys.Length);
        Assert.All(keys, key => Assert.DoesNotContain("2026-01-31", key, StringComparison.Ordinal));
        Assert.All(keys, key => Assert.DoesNotContain("2026/01/31", key, StringComparison.Ordinal));
        Assert.All(keys, key => Assert.DoesNotContain("20260131", key, StringComparison.Ordinal));

        var bare = (await sandbox.Control("GET", "state")).Json["buckets"]![0]!["hasPolicy"]!;
        Assert.True((bool)bare);
        await sandbox.S3("DELETE", $"/{delivery.BucketName}?policy");
        await sandbox.Advance(5);
        var after = (await sandbox.Control("GET", "state")).Json["deliveries"]![0]!["logFiles"]!;
        var decidedElsewhere = source.Family != DeliveryFamily.ServicePrincipal;
        Assert.True(decidedElsewhere || (string?)after["error"] == "AccessDenied", after.ToJsonString());
    }

    private static string Encrypted(string keyState, bool allowed) => $$"""
        {"time":"2026-01-31T09:00:00Z",
         "keys":[{"id":"1234abcd-12ab-34cd-56ef-1234567890ab","policy":{"Version":"2012-10-17","Statement":[
           {"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"kms:*","Resource":"*"},
           {"Effect":"{{(allowed ? "Allow" : "Deny")}}","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":["kms:GenerateDataKey*","kms:DescribeKey"],"Resource":"*"}]} }],
         "buckets":[{"name":"{{Bucket}}","policy":{{RunningSandbox.TrailPolicy()}}}],
         "trails":[{"name":"management","bucket":"{{Bucket}}","kmsKeyArn":"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}],
         "steps":[{"setKeyState":{"key":"1234abcd-12ab-34cd-56ef-1234567890ab","state":"{{keyState}}"} },{"advance":5}]}
        """;

    private static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

    private static string Unzip(byte[] bytes)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
