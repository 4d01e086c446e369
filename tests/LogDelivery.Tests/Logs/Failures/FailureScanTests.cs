using System.Text;
using System.Text.Json.Nodes;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Logs;

public sealed class FailureScanTests
{
    private const string AccessLogStart = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be amzn-s3-demo-bucket [31/Jan/2026:23:55:01 +0000]";
    private const string AccessLogEnd = "AccessDenied 243 - 21 9 \"-\" \"-\" - HOSTID= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader amzn-s3-demo-bucket.s3.ap-northeast-1.amazonaws.com TLSv1.2 - -";

    [Fact]
    public void AFailureSaysAllThatTheEventSays()
    {
        var text = EventText.File(EventText.Delivery(error: null), EventText.Delivery());
        var failure = Assert.Single(Scan(text));
        Assert.Equal(new DateTime(2026, 1, 31, 23, 55, 0, DateTimeKind.Utc), failure.Time);
        Assert.Equal(DateTimeKind.Utc, failure.Time.Kind);
        Assert.Equal(
            ("VpcFlowLogs", "delivery.logs.amazonaws.com", "111122223333", "ap-northeast-1", "amzn-s3-demo-bucket", EventText.FlowLogKey),
            (failure.Source, failure.Principal, failure.AccountId, failure.Region, failure.BucketName, failure.Key));
        Assert.Equal(
            ("AccessDenied", "Access Denied", "EXAMPLE123456789", DeliveryEvidence.CloudTrail, "memory", "s3:PutObject"),
            (failure.ErrorCode, failure.ErrorMessage, failure.RequestId, failure.EvidenceValue, failure.File, failure.Action));
        Assert.Equal(new ObservedRequest("s3:PutObject", EventText.FlowLogKey, true, "bucket-owner-full-control"), failure.ObservedRequest);
        Assert.Equal(text.LastIndexOf("{\"eventVersion\"", StringComparison.Ordinal), failure.Position);
    }

    [Theory]
    [InlineData("cloudtrail.amazonaws.com", "logs/AWSLogs/111122223333/CloudTrail/us-east-1/2026/01/31/x.json.gz", "CloudTrail", "111122223333", "us-east-1", "logs")]
    [InlineData("cloudtrail.amazonaws.com", "AWSLogs/o-exampleorgid/111122223333/CloudTrail-Digest/us-east-1/2026/01/31/x.json.gz", "CloudTrail", "111122223333", "us-east-1", null)]
    [InlineData("logdelivery.elasticloadbalancing.amazonaws.com", "AWSLogs/111122223333/elasticloadbalancing/eu-west-1/2026/01/31/111122223333_elasticloadbalancing_eu-west-1_app.my-lb.0123456789abcdef_x.log.gz", "AlbAccessLogs", "111122223333", "eu-west-1", null)]
    [InlineData("logdelivery.elasticloadbalancing.amazonaws.com", "AWSLogs/111122223333/elasticloadbalancing/eu-west-1/2026/01/31/111122223333_elasticloadbalancing_eu-west-1_my-lb_x.log", "ClbAccessLogs", "111122223333", "eu-west-1", null)]
    [InlineData("delivery.logs.amazonaws.com", "AWSLogs/111122223333/elasticloadbalancing/eu-west-1/2026/01/31/111122223333_elasticloadbalancing_eu-west-1_net.my-lb.0123456789abcdef_x.log.gz", "NlbAccessLogs", "111122223333", "eu-west-1", null)]
    [InlineData("delivery.logs.amazonaws.com", "AWSLogs/111122223333/WAFLogs/cloudfront/my-acl/2026/01/31/23/50/x.log.gz", "Waf", "111122223333", "us-east-1", null)]
    [InlineData("delivery.logs.amazonaws.com", "AWSLogs/111122223333/network-firewall/flow/eu-west-1/fw/2026/01/31/23/x.log.gz", "NetworkFirewall", "111122223333", "eu-west-1", null)]
    [InlineData("delivery.logs.amazonaws.com", "AWSLogs/111122223333/vpcdnsquerylogs/vpc-0123456789abcdef0/2026/01/31/x.log.gz", "ResolverQueryLogs", "111122223333", "ap-northeast-1", null)]
    [InlineData("delivery.logs.amazonaws.com", "a/b/AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=eu-west-1/year=2026/month=01/day=31/x.log.gz", "VpcFlowLogs", "111122223333", "eu-west-1", "a/b")]
    [InlineData("delivery.logs.amazonaws.com", "AWSLogs/111122223333/somethingnew/eu-west-1/x.log.gz", "VendedLogsV2", "111122223333", "eu-west-1", null)]
    [InlineData("delivery.logs.amazonaws.com", "cdn/EMLARXS9EXAMPLE.2026-01-31-23.abcdef12.gz", "CloudFrontV2", "444455556666", "ap-northeast-1", null)]
    [InlineData("config.amazonaws.com", "AWSLogs/111122223333/Config/eu-west-1/2026/1/31/ConfigHistory/x.json.gz", "Config", "111122223333", "eu-west-1", null)]
    [InlineData("logging.s3.amazonaws.com", "access/2026-01-31-23-50-00-ABCDEF0123456789", "S3AccessLogs", "444455556666", "ap-northeast-1", "access/")]
    [InlineData("logging.s3.amazonaws.com", "access/111122223333/eu-west-1/amzn-s3-demo-source-bucket/2026/01/31/2026-01-31-23-50-00-ABCDEF0123456789", "S3AccessLogs", "111122223333", "eu-west-1", "access/")]
    [InlineData("guardduty.ap-east-1.amazonaws.com", "AWSLogs/111122223333/GuardDuty/ap-east-1/2026/01/31/x.jsonl.gz", "GuardDuty", "111122223333", "ap-east-1", null)]
    [InlineData("logs.eu-west-1.amazonaws.com", "exports/task/stream/000000.gz", "CloudWatchLogsExport", "444455556666", "ap-northeast-1", null)]
    [InlineData("redshift.amazonaws.com", "AWSLogs/111122223333/redshift/eu-west-1/2026/01/31/x.gz", "RedshiftAudit", "111122223333", "eu-west-1", null)]
    [InlineData("delivery.logs.amazonaws.com.cn", "AWSLogs/111122223333/vpcflowlogs/cn-north-1/2026/01/31/x.log.gz", "VpcFlowLogs", "111122223333", "cn-north-1", null)]
    public void TheSourceIsNamedByPrincipalAndKey(string principal, string key, string source, string account, string region, string? prefix)
    {
        var failure = Assert.Single(Scan(EventText.File(EventText.Delivery(principal: principal, key: key))));
        Assert.Equal((source, account, region, prefix), (failure.Source, failure.AccountId, failure.Region, failure.KeyPrefix));
    }

    [Fact]
    public void EveryServicePrincipalOfTheCatalogCounts()
    {
        foreach (var source in SourceCatalog.All)
        {
            foreach (var principal in new[] { source.Principal, source.OptInPrincipal }.OfType<string>().Where(p => p.EndsWith(".amazonaws.com", StringComparison.Ordinal)))
            {
                var record = EventText.Delivery(principal: principal.Replace("{region}", "af-south-1", StringComparison.Ordinal), key: "some/key");
                Assert.Single(Scan(EventText.File(record)));
            }
        }
    }

    [Fact]
    public void AccountsFromBeforeTheServicePrincipalsCount()
    {
        foreach (var (account, folder, source) in new[]
        {
            (ElbAccounts.Table.ForRegion("eu-west-1")!, "elasticloadbalancing", "ClbAccessLogs"),
            (CloudTrailAccounts.Table.ForRegion("eu-west-1")!, "CloudTrail", "CloudTrail"),
            (RedshiftAccounts.Table.ForRegion("eu-west-1")!, "redshift", "RedshiftAudit"),
        })
        {
            var record = EventText.Delivery(key: $"AWSLogs/111122223333/{folder}/eu-west-1/2026/01/31/x.log");
            record["userIdentity"] = new JsonObject { ["type"] = "AWSAccount", ["principalId"] = "AIDAEXAMPLE", ["accountId"] = account };
            var failure = Assert.Single(Scan(EventText.File(record)));
            Assert.Equal((source, account), (failure.Source, failure.Principal));
        }
    }

    [Fact]
    public void ARoleThatDataFirehoseWritesWithDelivers()
    {
        var record = EventText.Human("2026/01/31/23/stream-1-2026-01-31-23-55-00-00000000-0000-0000-0000-000000000000");
        record["userIdentity"]!["invokedBy"] = "firehose.amazonaws.com";
        var failure = Assert.Single(Scan(EventText.File(record)));
        Assert.Equal(("Firehose", "arn:aws:iam::111122223333:role/Analyst"), (failure.Source, failure.RoleArn));
    }

    [Theory]
    [InlineData("HeadBucket")]
    [InlineData("ListObjects")]
    public void ARefusedProbeIsNoise(string name)
    {
        var text = EventText.File(EventText.Delivery(name: name, key: null));
        Assert.Empty(Scan(text));
        Assert.Equal(DeliveryFailureKind.Noise, Assert.Single(Scan(text, new() { IncludeAll = true })).KindValue);
    }

    [Fact]
    public void ARefusedCallThatTheCatalogDemandsIsAFailure()
    {
        var failure = Assert.Single(Scan(EventText.File(EventText.Delivery(name: "GetBucketAcl", key: null))));
        Assert.Equal(("s3:GetBucketAcl", null, "444455556666"), (failure.Action, failure.Source, failure.AccountId));
        Assert.Equal("CloudTrail", Assert.Single(Scan(EventText.File(EventText.Delivery(principal: "cloudtrail.amazonaws.com", name: "GetBucketAcl", key: null)))).Source);
    }

    [Fact]
    public void ARefusedKeyIsAFailureOfTheBucketThatItEncrypts()
    {
        var record = EventText.Delivery(name: "GenerateDataKey", key: null);
        record["eventSource"] = "kms.amazonaws.com";
        record["requestParameters"] = new JsonObject { ["encryptionContext"] = new JsonObject { ["aws:s3:arn"] = $"arn:aws:s3:::amzn-s3-demo-bucket/{EventText.FlowLogKey}" } };
        var failure = Assert.Single(Scan(EventText.File(record)));
        Assert.Equal(("VpcFlowLogs", "kms:GenerateDataKey", "amzn-s3-demo-bucket"), (failure.Source, failure.Action, failure.BucketName));
    }

    [Fact]
    public void PeopleAndRolesAreNoDeliveries()
    {
        var text = EventText.File(EventText.Human());
        Assert.Empty(Scan(text));
        var failure = Assert.Single(Scan(text, new() { IncludeAll = true }));
        Assert.Equal((DeliveryFailureKind.OtherCaller, "arn:aws:sts::111122223333:assumed-role/Analyst/jane"), (failure.KindValue, failure.Principal));
    }

    [Fact]
    public void EveryShapeGivesTheSame()
    {
        var record = EventText.Delivery();
        var wrapped = new JsonObject { ["version"] = "0", ["detail"] = record.DeepClone(), ["detail-type"] = "AWS API Call via CloudTrail", ["source"] = "aws.s3" };
        var envelope = new JsonObject
        {
            ["messageType"] = "DATA_MESSAGE",
            ["owner"] = "111122223333",
            ["logGroup"] = "trail",
            ["logEvents"] = new JsonArray(new JsonObject { ["id"] = "1", ["timestamp"] = 1, ["message"] = EventText.Compact(record) }),
        };
        var file = new JsonObject { ["Records"] = new JsonArray(record.DeepClone()) };
        var reversed = new JsonObject(record.Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        var escaped = EventText.Compact(record).Replace("errorCode", "\\u0065rrorCode", StringComparison.Ordinal).Replace("AWSService", "AW\\u0053Service", StringComparison.Ordinal).Replace("invokedBy", "\\u0069nvokedBy", StringComparison.Ordinal);
        foreach (var text in new[]
        {
            EventText.Compact(file),
            EventText.Indented(file),
            EventText.Compact(record),
            EventText.Compact(record) + "\n" + EventText.Compact(EventText.Delivery(error: null)),
            EventText.Compact(new JsonArray(record.DeepClone())),
            EventText.Compact(reversed),
            EventText.Compact(wrapped),
            EventText.Compact(envelope),
            $$"""{"Records":[{{escaped}}]}""",
        })
        {
            foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), MemoryObject.Gzip(text) })
            {
                var failure = Assert.Single(Scan(new MemoryObject(bytes)));
                Assert.Equal(("VpcFlowLogs", "AccessDenied"), (failure.Source, failure.ErrorCode));
            }
        }
    }

    [Fact]
    public void WhatOnlyLooksLikeAFailureIsNone()
    {
        var nested = EventText.Delivery(error: null);
        nested["responseElements"] = EventText.Delivery();
        var quoted = EventText.Delivery(error: null);
        quoted["requestParameters"]!["note"] = EventText.Compact(EventText.Delivery());
        var inList = EventText.Human();
        inList.Remove("errorCode");
        inList["requestParameters"]!["events"] = new JsonArray(EventText.Delivery(), EventText.Delivery());
        Assert.Empty(Scan(EventText.File(nested, quoted, inList)));
    }

    [Fact]
    public void TheFilterDecidesByTimeBucketAndSource()
    {
        var text = EventText.File(
            EventText.Delivery(time: "2026-01-31T10:00:00Z"),
            EventText.Delivery(time: "2026-01-31T11:00:00Z", bucket: "amzn-s3-demo-bucket2"),
            EventText.Delivery(time: "2026-01-31T12:00:00Z", principal: "cloudtrail.amazonaws.com", key: "AWSLogs/111122223333/CloudTrail/us-east-1/2026/01/31/x.json.gz"));
        Assert.Equal(2, Scan(text, new() { After = At(11) }).Count);
        Assert.Equal(10, Assert.Single(Scan(text, new() { Before = At(11) })).Time.Hour);
        Assert.Equal(11, Assert.Single(Scan(text, new() { BucketNames = ["amzn-s3-demo-bucket2"] })).Time.Hour);
        Assert.Equal(12, Assert.Single(Scan(text, new() { Sources = ["cloudtrail"] })).Time.Hour);
    }

    [Fact]
    public void AccessLogsTellTheSame()
    {
        var line = $"{AccessLogStart} - svc:delivery.logs.amazonaws.com 3E57427F3EXAMPLE REST.PUT.OBJECT {EventText.FlowLogKey} \"PUT /{EventText.FlowLogKey} HTTP/1.1\" 403 {AccessLogEnd}";
        var failure = Assert.Single(Scan($"{line}\n{line.Replace(" 403 AccessDenied", " 200 -", StringComparison.Ordinal)}\n"));
        Assert.Equal(
            ("VpcFlowLogs", "delivery.logs.amazonaws.com", "111122223333", "ap-northeast-1", "AccessDenied", DeliveryEvidence.AccessLog, "3E57427F3EXAMPLE"),
            (failure.Source, failure.Principal, failure.AccountId, failure.Region, failure.ErrorCode, failure.EvidenceValue, failure.RequestId));
        Assert.Null(failure.ObservedRequest!.SendsAcl);
    }

    [Fact]
    public void AClientCannotWriteADeliveryIntoAnAccessLog()
    {
        var line = $"{AccessLogStart} 192.0.2.10 arn:aws:sts::111122223333:assumed-role/Analyst/jane 3E57427F3EXAMPLE REST.GET.OBJECT x \"GET /x svc:delivery.logs.amazonaws.com REST.PUT.OBJECT HTTP/1.1\" 403 {AccessLogEnd.Replace("\"-\" \"-\"", "\"x\" 403 AccessDenied svc:delivery.logs.amazonaws.com\" \"-\"", StringComparison.Ordinal)}";
        Assert.Empty(Scan(line));
    }

    [Fact]
    public void ProbesInAccessLogsAreNoise()
    {
        var line = $"{AccessLogStart} - svc:delivery.logs.amazonaws.com 3E57427F3EXAMPLE REST.HEAD.BUCKET - \"HEAD / HTTP/1.1\" 403 {AccessLogEnd}";
        Assert.Empty(Scan(line));
    }

    [Fact]
    public void ManyFilesGiveTheirFailuresInOrder()
    {
        var files = Enumerable.Range(0, 300).Select(i => new MemoryObject(
            MemoryObject.Gzip(EventText.File([.. Enumerable.Range(0, (i % 7) * 40).Select(j => EventText.Delivery(requestId: $"{i}/{j}"))])), $"file {i}")).ToArray();
        var tally = new ReadTally();
        var expected = files.SelectMany((f, i) => Enumerable.Range(0, (i % 7) * 40).Select(j => $"{i}/{j}"));
        var found = new FailureScan(new(), tally) { Workers = 4 }.Run(files, null, TestContext.Current.CancellationToken).Select(f => f.RequestId);
        Assert.Equal(expected, found);
        Assert.Equal((300, 0), (tally.FilesRead, tally.FilesDamaged));
    }

    [Fact]
    public void ReadingEndsWhenNobodyWantsMore()
    {
        var text = EventText.File([.. Enumerable.Range(0, 2000).Select(_ => EventText.Delivery())]);
        var files = Enumerable.Range(0, 1000).Select(i => new MemoryObject(text, $"file {i}"));
        var tally = new ReadTally();
        Assert.NotNull(new FailureScan(new(), tally).Run(files, null, TestContext.Current.CancellationToken).First());
        Assert.True(tally.FilesRead < 900);
    }

    [Fact]
    public void ItCanBeStopped()
    {
        using var stop = new CancellationTokenSource();
        var text = EventText.File([.. Enumerable.Range(0, 2000).Select(_ => EventText.Delivery())]);
        var files = Enumerable.Range(0, 1000).Select(i => new MemoryObject(text, $"file {i}"));
        var count = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in new FailureScan(new(), new()).Run(files, null, stop.Token))
            {
                count++;
                if (count == 3000)
                {
                    stop.Cancel();
                }
            }
        });
        Assert.True(count < 100_000);
    }

    [Fact]
    public void OtherFilesAreReadWhenSomeAreDamaged()
    {
        var good = MemoryObject.Gzip(EventText.File(EventText.Delivery()));
        var tally = new ReadTally();
        var found = new FailureScan(new(), tally).Run(
        [
            new MemoryObject(good, "good"),
            new MemoryObject(good[..^9], "cut"),
            new MemoryObject("<html></html>", "page"),
            new MemoryObject([], "nothing"),
            new MemoryObject("""{"awsAccountId":"111122223333","digestS3Bucket":"amzn-s3-demo-bucket","logFiles":[]}""", "digest"),
            new FileObject("/no/such/file"),
            new MemoryObject(good, "last"),
        ], null, TestContext.Current.CancellationToken).Select(f => f.File).ToArray();
        Assert.Equal(["good", "cut", "last"], found);
        Assert.Equal(["cut", "page", "nothing", "/no/such/file"], tally.Damages.OrderBy(d => Array.IndexOf(["cut", "page", "nothing"], d.File) is var i && i < 0 ? 9 : i).Select(d => d.File));
        Assert.Equal((1, 4), (tally.FilesSkipped, tally.FilesDamaged));
    }

    [Fact]
    public void ThePlaceOfAFaultWithinARecordIsThatInTheText()
    {
        var text = EventText.Indented(new JsonObject { ["Records"] = new JsonArray(EventText.Delivery(error: null), EventText.Delivery()) }).ReplaceLineEndings("\r\n");
        var place = text.LastIndexOf("\"requestID\"", StringComparison.Ordinal);
        var tally = new ReadTally();
        Assert.Empty(new FailureScan(new(), tally) { Workers = 1 }.Run([new MemoryObject(text.Insert(place, "?"))], null, TestContext.Current.CancellationToken));
        Assert.Equal((DamageKind.Malformed, place), (tally.Damages[0].Kind, tally.Damages[0].Offset));
    }

    private static DateTime At(int hour) => new(2026, 1, 31, hour, 0, 0, DateTimeKind.Utc);

    private static List<DeliveryFailure> Scan(string text, FailureFilter? filter = null) => Scan(new MemoryObject(text), filter);

    private static List<DeliveryFailure> Scan(MemoryObject file, FailureFilter? filter = null)
    {
        var tally = new ReadTally();
        var found = new FailureScan(filter ?? new(), tally) { Workers = 1 }.Run([file], null, TestContext.Current.CancellationToken).ToList();
        Assert.Empty(tally.Damages);
        return found;
    }
}
