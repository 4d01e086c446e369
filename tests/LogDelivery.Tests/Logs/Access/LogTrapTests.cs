using System.Text.Json.Nodes;
using LogDelivery.Logs.Access;
using LogDelivery.Logs.Files;
using LogDelivery.Tests.Logs.AccessLogs;
using Xunit;

namespace LogDelivery.Tests.Logs.Access;

/// <summary>What the requests in a log show to be wrong with a trail.</summary>
public sealed class LogTrapTests
{
    private const string Key = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/04/01/111122223333_CloudTrail_us-east-1_20260401T1020Z_abcdefgh.json.gz";

    [Theory]
    [InlineData("logs//" + Key, "logs//AWSLogs/")]
    [InlineData("//" + Key, "//AWSLogs/")]
    [InlineData("/" + Key, "/AWSLogs/")]
    public void A_prefix_that_ends_in_a_slash_shows_in_the_keys(string key, string beginning)
    {
        var finding = Assert.Single(Find(S3Events.File(Delivery(key))), f => f.Id == "LD0090");
        Assert.Contains($" below {beginning}:", finding.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Key)]
    [InlineData("logs/" + Key)]
    [InlineData("a//b/" + Key)]
    public void Other_prefixes_do_not(string key) => Assert.DoesNotContain(Find(S3Events.File(Delivery(key))), f => f.Id == "LD0090");

    [Fact]
    public void A_trail_that_records_deliveries_of_trails_is_told_once_for_each_bucket()
    {
        var scan = new AccessScan(new() { Callers = [S3CallerKind.Console] }, new());
        Assert.Empty(scan.Run([S3Events.File(Delivery(Key), Delivery(Key), Delivery(Key, "amzn-s3-demo-other"))], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(["LD0091", "LD0091"], scan.Findings.Select(f => f.Id));
        Assert.Contains(scan.Findings, f => f.Evidence.Contains("amzn-s3-demo-other", StringComparison.Ordinal));
    }

    [Fact]
    public void Deliveries_of_others_and_those_in_access_logs_are_no_trap()
    {
        Assert.Empty(Find(S3Events.File(Delivery(Key, principal: "delivery.logs.amazonaws.com"))));
        Assert.Empty(Find(S3Events.File(S3Events.Event(e => e["eventName"] = "PutObject"))));
        Assert.Empty(Find(new MemoryObject(AccessLogLines.FailedDelivery(principal: "cloudtrail.amazonaws.com") + "\n", "access.log")));
    }

    private static JsonObject Delivery(string key, string bucket = "amzn-s3-demo-bucket", string principal = "cloudtrail.amazonaws.com") => S3Events.Event(e =>
    {
        e["eventName"] = "PutObject";
        e["userIdentity"] = new JsonObject { ["type"] = "AWSService", ["invokedBy"] = principal };
        e["sourceIPAddress"] = principal;
        e["requestParameters"] = new JsonObject { ["bucketName"] = bucket, ["key"] = key };
        e["resources"] = new JsonArray();
    });

    private static IReadOnlyList<Finding> Find(LogObject file)
        => [.. new AccessScan(new(), new()).Run([file], cancellationToken: TestContext.Current.CancellationToken).SelectMany(a => a.Findings)];
}
