using System.Text.Json.Nodes;
using LogDelivery.Logs.Access;
using LogDelivery.Logs.Files;
using LogDelivery.Tests.Records.AccessLogs;
using Xunit;

namespace LogDelivery.Tests.Records.Signatures;

/// <summary>Who signs with which version, from either kind of log.</summary>
public sealed class SignatureScanTests
{
    private static readonly SignatureFilter Old = new() { Versions = ["SigV2"] };

    [Fact]
    public void Requests_are_counted_by_caller_agent_bucket_and_version()
    {
        var usage = Scan(
            new(),
            S3Events.File(
                S3Events.Signed("SigV2", e => e["eventTime"] = "2026-04-01T12:00:00Z"),
                S3Events.Signed("SigV2", e => e["eventTime"] = "2026-04-01T09:00:00Z"),
                S3Events.Signed("SigV2", e => e["userIdentity"] = S3Events.User()),
                S3Events.Signed("SigV2", e => e["userAgent"] = "[Boto/2.9]"),
                S3Events.Signed("SigV2", e => e["requestParameters"]!["bucketName"] = "amzn-s3-demo-other"),
                S3Events.Signed("SigV4")));
        Assert.Equal(5, usage.Count);
        Assert.Equal(
            new S3SignatureUsage
            {
                Arn = "arn:aws:sts::111122223333:assumed-role/app/i-0123456789abcdef0",
                UserAgent = "[aws-cli/1.10.56 Python/2.7.12]",
                BucketName = "amzn-s3-demo-bucket",
                Version = "SigV2",
                Count = 2,
                FirstSeen = new(2026, 4, 1, 9, 0, 0, DateTimeKind.Utc),
                LastSeen = new(2026, 4, 1, 12, 0, 0, DateTimeKind.Utc),
            },
            usage[0]);
        Assert.Contains(usage, u => u.Arn == "arn:aws:iam::111122223333:user/reader");
    }

    [Fact]
    public void Events_that_EventBridge_wrapped_count_the_same()
    {
        JsonObject[] records = [S3Events.Signed("SigV2"), S3Events.Signed("SigV2", e => e["userIdentity"] = S3Events.User()), S3Events.Signed("SigV4")];
        Assert.Equal(Scan(Old, S3Events.File(records)), Scan(Old, S3Events.Wrapped(records)));
        Assert.Equal(2, Scan(Old, S3Events.Wrapped(records)).Count);
    }

    [Fact]
    public void Access_logs_count_too()
    {
        var line = AccessLogLines.Clear.Replace("SigV4", "SigV2", StringComparison.Ordinal);
        var usage = Assert.Single(Scan(Old, new MemoryObject($"{line}\n{AccessLogLines.Clear}\n{line}\n", "access.log")));
        Assert.Equal((AccessLogLines.Owner, "S3Console/0.4", "amzn-s3-demo-bucket1", "SigV2", 2L), (usage.Arn, usage.UserAgent, usage.BucketName, usage.Version, usage.Count));
        Assert.Equal(new DateTime(2019, 2, 6, 0, 0, 38, DateTimeKind.Utc), usage.FirstSeen);
    }

    [Fact]
    public void Access_logs_in_JSON_count_too()
        => Assert.Equal(
            "arn:aws:iam::111122223333:user/reader",
            Assert.Single(Scan(Old, new MemoryObject("""{"bucket_name":"amzn-s3-demo-bucket","request_time":"2026-04-29T14:32:16.250Z","requester":"arn:aws:iam::111122223333:user/reader","operation":"REST.GET.OBJECT","signature_version":"SigV2"}""", "x"))).Arn);

    [Fact]
    public void What_a_client_writes_is_no_signature()
    {
        Assert.Empty(Scan(Old, new MemoryObject(AccessLogLines.Quoted(agent: "x\" - id= SigV2 - AuthHeader") + "\n", "access.log")));
        Assert.Empty(Scan(Old, S3Events.File(S3Events.Event(e => e["userAgent"] = "SignatureVersion\":\"SigV2"))));
        Assert.Empty(Scan(Old, S3Events.File(S3Events.Event(e => e["requestParameters"]!["additionalEventData"] = new JsonObject { ["SignatureVersion"] = "SigV2" }))));
    }

    [Fact]
    public void An_ambiguous_line_leaves_the_user_agent_open_and_nothing_else()
    {
        var line = AccessLogLines.Quoted(referer: "a\" \"b", agent: "c").Replace("SigV4", "SigV2", StringComparison.Ordinal);
        var usage = Assert.Single(Scan(Old, new MemoryObject(line + "\n", "access.log")));
        Assert.Equal("(ambiguous)", usage.UserAgent);
        Assert.Equal("amzn-s3-demo-bucket1", usage.BucketName);
    }

    [Theory]
    [InlineData("SigV2", 1)]
    [InlineData("sigv2", 1)]
    [InlineData("SigV4", 1)]
    [InlineData("SigV9", 0)]
    public void A_version_is_asked_for_in_any_case(string version, int count)
        => Assert.Equal(count, Scan(new() { Versions = [version] }, S3Events.File(S3Events.Signed("SigV2"), S3Events.Signed("SigV4"))).Count);

    [Fact]
    public void A_version_written_with_escapes_is_found()
    {
        var text = new JsonObject { ["Records"] = new JsonArray(S3Events.Signed("SigV2")) }.ToJsonString();
        Assert.Single(Scan(Old, new MemoryObject(text.Replace("SigV2", "\\u0053igV2", StringComparison.Ordinal), "x")));
        Assert.Single(Scan(new(), new MemoryObject(text.Replace("SignatureVersion", "Signat\\u0075reVersion", StringComparison.Ordinal), "x")));
    }

    [Fact]
    public void Times_and_buckets_narrow_the_search()
    {
        var file = S3Events.File(S3Events.Signed("SigV2"), S3Events.Signed("SigV2", e => e["requestParameters"]!["bucketName"] = "amzn-s3-demo-other"));
        var time = new DateTime(2026, 4, 1, 10, 20, 3, DateTimeKind.Utc);
        Assert.Equal(2, Scan(Old with { After = time }, file).Count);
        Assert.Empty(Scan(Old with { Before = time }, file));
        Assert.Equal("amzn-s3-demo-other", Assert.Single(Scan(Old with { BucketNames = ["amzn-s3-demo-other"] }, file)).BucketName);
    }

    [Fact]
    public void Callers_without_an_ARN_go_by_what_they_have()
    {
        static JsonObject By(JsonObject identity) => S3Events.Signed("SigV2", e => e["userIdentity"] = identity);

        var usage = Scan(
            Old,
            S3Events.File(
                By(new() { ["type"] = "AWSAccount", ["principalId"] = "AIDAOTHER", ["accountId"] = "444455556666" }),
                By(new() { ["type"] = "AWSService", ["invokedBy"] = "delivery.logs.amazonaws.com" }),
                By(new() { ["type"] = "AWSAccount", ["principalId"] = "", ["accountId"] = "anonymous" })));
        Assert.Equal([null, "AIDAOTHER", "delivery.logs.amazonaws.com"], usage.Select(u => u.Arn));
    }

    [Fact]
    public void Requests_that_nobody_signed_and_other_services_do_not_count()
        => Assert.Empty(Scan(new(), S3Events.File(
            S3Events.Event(e => e["additionalEventData"]!.AsObject().Remove("SignatureVersion")),
            S3Events.Signed("SigV2", e => e["eventSource"] = "ec2.amazonaws.com"))));

    private static IReadOnlyList<S3SignatureUsage> Scan(SignatureFilter filter, params LogObject[] files)
    {
        var tally = new ReadTally();
        var summary = new SignatureSummary();
        foreach (var usage in new SignatureScan(filter, tally) { Workers = 2 }.Run(files, cancellationToken: TestContext.Current.CancellationToken))
        {
            summary.Add(usage);
        }

        Assert.Empty(tally.Damages);
        return summary.Finish();
    }
}
