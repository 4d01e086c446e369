using System.Text.Json.Nodes;
using LogDelivery.Logs.Access;
using LogDelivery.Logs.Files;
using LogDelivery.Tests.Logs.AccessLogs;
using Xunit;

namespace LogDelivery.Tests.Logs.Access;

/// <summary>Who did what with objects, and from where.</summary>
public sealed class AccessScanTests
{
    private const string Canonical = "aaaabbbbccccddddeeeeffff0000111122223333444455556666777788889999";

    [Fact]
    public void An_access_says_who_what_from_where_and_how_much()
    {
        var access = Single(S3Events.File(S3Events.Event()));
        Assert.Equal(
            new S3ObjectAccess
            {
                Time = new(2026, 4, 1, 10, 20, 3, DateTimeKind.Utc),
                AccessValue = S3AccessKind.Read,
                Operation = "GetObject",
                BucketName = "amzn-s3-demo-bucket",
                Key = "secret.csv",
                Arn = "arn:aws:sts::111122223333:assumed-role/app/i-0123456789abcdef0",
                AccountId = "111122223333",
                CallerValue = S3CallerKind.PublicAddress,
                IsCrossAccount = false,
                SourceIPAddress = "203.0.113.9",
                UserAgent = "[aws-cli/1.10.56 Python/2.7.12]",
                BytesTransferredIn = 0,
                BytesTransferredOut = 5000,
                Region = "us-east-1",
                RequestId = "D2A9EXAMPLE",
                File = "trail.json",
                Position = access.Position,
                Findings = access.Findings,
            },
            access);
        Assert.Empty(access.Findings);
    }

    [Fact]
    public void A_line_of_an_access_log_says_the_same()
    {
        var access = Single(new MemoryObject(AccessLogLines.Clear + "\n", "access.log"));
        Assert.Equal((S3AccessKind.Read, "REST.GET.OBJECT", "amzn-s3-demo-bucket1", "logs/a.gz", 113L), (access.AccessValue, access.Operation, access.BucketName, access.Key, access.BytesTransferredOut));
        Assert.Equal((AccessLogLines.Owner, S3CallerKind.Console, false, "us-west-1"), (access.Arn, access.CallerValue, access.IsCrossAccount, access.Region));
    }

    public static TheoryData<string, string, S3CallerKind, string?> Callers => new()
    {
        { "public address", """{}""", S3CallerKind.PublicAddress, null },
        { "endpoint", """{"vpcEndpointId":"vpce-0123456789abcdef0","sourceIPAddress":"10.0.0.5"}""", S3CallerKind.VpcEndpoint, "vpce-0123456789abcdef0" },
        { "console", """{"userAgent":"[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488]"}""", S3CallerKind.Console, null },
        { "console, new", """{"userAgent":"[Mozilla/5.0 (X11; Linux x86_64)]","sessionCredentialFromConsole":"true"}""", S3CallerKind.Console, null },
        { "CloudShell", """{"userAgent":"[aws-cli/2.15.30 Python/3.11.8 exec-env/CloudShell]","sessionCredentialFromConsole":"true"}""", S3CallerKind.CloudShell, null },
        { "Athena", """{"sourceIPAddress":"athena.amazonaws.com","userAgent":"athena.amazonaws.com"}""", S3CallerKind.Athena, "athena.amazonaws.com" },
        { "Athena, invoked", """{"userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/analyst/a","accountId":"111122223333","invokedBy":"athena.amazonaws.com"}}""", S3CallerKind.Athena, "athena.amazonaws.com" },
        { "Lambda", """{"userAgent":"[Boto3/1.17.42 Python/3.9 exec-env/AWS_Lambda_python3.9]","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/report-role-x1y2/report","accountId":"111122223333","sessionContext":{"sessionIssuer":{"userName":"report-role-x1y2"}}}}""", S3CallerKind.Lambda, "report" },
        { "Lambda without a session", """{"userAgent":"[exec-env/AWS_Lambda_nodejs20.x]","userIdentity":{"type":"AssumedRole","accountId":"111122223333","sessionContext":{"sessionIssuer":{"userName":"report-role"}}}}""", S3CallerKind.Lambda, "report-role" },
        { "service", """{"userIdentity":{"type":"AWSService","invokedBy":"delivery.logs.amazonaws.com"},"sourceIPAddress":"delivery.logs.amazonaws.com"}""", S3CallerKind.Service, "delivery.logs.amazonaws.com" },
        { "service for a person", """{"sourceIPAddress":"cloudformation.amazonaws.com"}""", S3CallerKind.Service, "cloudformation.amazonaws.com" },
        { "other account", """{"userIdentity":{"type":"AWSAccount","principalId":"AIDAOTHER","accountId":"444455556666"}}""", S3CallerKind.CrossAccount, "444455556666" },
        { "other account that says it is a console", """{"userIdentity":{"type":"AWSAccount","principalId":"AIDAOTHER","accountId":"444455556666"},"userAgent":"[S3Console/0.4]"}""", S3CallerKind.CrossAccount, "444455556666" },
        { "load balancer", """{"userIdentity":{"type":"AWSAccount","principalId":"AIDAELB","accountId":"127311923021"},"eventName":"PutObject"}""", S3CallerKind.Service, "AlbAccessLogs" },
        { "nobody", """{"userIdentity":{"type":"AWSAccount","principalId":"","accountId":"anonymous"}}""", S3CallerKind.Anonymous, null },
        { "no address", """{"sourceIPAddress":null}""", S3CallerKind.Unknown, null },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public void Callers_are_told_apart(string what, string change, S3CallerKind kind, string? name)
    {
        var access = Single(S3Events.File(S3Events.Event(e =>
        {
            foreach (var (key, value) in JsonNode.Parse(change)!.AsObject())
            {
                e[key] = value?.DeepClone();
            }
        })));
        Assert.True((kind, name) == (access.CallerValue, access.CallerName), $"{what}: {access.Caller} {access.CallerName}");
    }

    [Theory]
    [InlineData("10.1.2.3", "arn:aws:sts::111122223333:assumed-role/app/x", "-", S3CallerKind.VpcEndpoint)]
    [InlineData("172.31.0.1", "arn:aws:sts::111122223333:assumed-role/app/x", "-", S3CallerKind.VpcEndpoint)]
    [InlineData("172.32.0.1", "arn:aws:sts::111122223333:assumed-role/app/x", "-", S3CallerKind.PublicAddress)]
    [InlineData("fd00::1", "arn:aws:sts::111122223333:assumed-role/app/x", "-", S3CallerKind.VpcEndpoint)]
    [InlineData("2001:db8::1", "arn:aws:sts::111122223333:assumed-role/app/x", "-", S3CallerKind.PublicAddress)]
    [InlineData("192.0.2.3", "-", "-", S3CallerKind.Anonymous)]
    [InlineData("192.0.2.3", Canonical, "-", S3CallerKind.CrossAccount)]
    [InlineData("-", "svc:delivery.logs.amazonaws.com", "-", S3CallerKind.Service)]
    [InlineData("-", "AmazonS3", "-", S3CallerKind.Service)]
    [InlineData("192.0.2.3", "arn:aws:iam::111122223333:user/x", "https://us-east-1.console.aws.amazon.com/s3/object/x", S3CallerKind.Console)]
    [InlineData("192.0.2.3", "arn:aws:iam::111122223333:user/x", "https://console.aws.amazon.com.example.com/", S3CallerKind.PublicAddress)]
    public void Callers_in_access_logs_are_told_apart(string address, string requester, string referer, S3CallerKind kind)
    {
        var line = AccessLogLines.Quoted(referer: referer, agent: "aws-cli/2.15").Replace(" 192.0.2.3 " + AccessLogLines.Owner, $" {address} {requester}", StringComparison.Ordinal);
        Assert.Equal(kind, Single(new MemoryObject(line + "\n", "access.log")).CallerValue);
    }

    [Theory]
    [InlineData("arn:aws:sts::111122223333:assumed-role/app/i-0123456789abcdef0")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/app/*")]
    [InlineData("arn:aws:iam::111122223333:role/app")]
    [InlineData("arn:aws:iam::*:role/a*")]
    [InlineData("111122223333")]
    [InlineData("203.0.113.9")]
    [InlineData("203.0.113.0/24")]
    [InlineData("PublicAddress")]
    [InlineData("publicaddress")]
    public void Known_callers_are_left_out(string known)
    {
        var scan = new AccessScan(new() { Exclude = new([known]) }, new());
        Assert.Empty(scan.Run([S3Events.File(S3Events.Event())], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(1, scan.LeftOutCount);
    }

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/ap")]
    [InlineData("203.0.114.0/24")]
    [InlineData("Lambda")]
    [InlineData("PublicAddress:other")]
    [InlineData("*aws-cli*")]
    [InlineData("444455556666")]
    public void Others_are_not(string known) => Assert.Single(Scan(new() { Exclude = new([known]) }, S3Events.File(S3Events.Event())));

    [Fact]
    public void A_function_is_known_by_its_name()
    {
        var file = S3Events.File(S3Events.Event(e =>
        {
            e["userAgent"] = "[exec-env/AWS_Lambda_python3.12]";
            e["userIdentity"] = S3Events.Session("report-role", "report");
        }));
        Assert.Empty(Scan(new() { Exclude = new(["Lambda:rep*"]) }, file));
        Assert.Single(Scan(new() { Exclude = new(["Lambda:import"]) }, file));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("203.0.113.0/240")]
    public void A_known_caller_that_is_none_is_an_error(string known) => Assert.Throws<ArgumentException>(() => new KnownCallers([known]));

    [Theory]
    [InlineData("GetObject", S3AccessKind.Read)]
    [InlineData("HeadObject", S3AccessKind.Read)]
    [InlineData("PutObject", S3AccessKind.Write)]
    [InlineData("CopyObject", S3AccessKind.Write)]
    [InlineData("CompleteMultipartUpload", S3AccessKind.Write)]
    [InlineData("DeleteObjects", S3AccessKind.Delete)]
    [InlineData("ListObjects", S3AccessKind.List)]
    public void Events_read_write_delete_or_list(string name, S3AccessKind kind)
        => Assert.Equal(kind, Single(S3Events.File(S3Events.Event(e => e["eventName"] = name))).AccessValue);

    [Theory]
    [InlineData("REST.GET.OBJECT", S3AccessKind.Read)]
    [InlineData("REST.COPY.OBJECT_GET", S3AccessKind.Read)]
    [InlineData("WEBSITE.GET.OBJECT", S3AccessKind.Read)]
    [InlineData("REST.PUT.OBJECT", S3AccessKind.Write)]
    [InlineData("REST.COPY.OBJECT", S3AccessKind.Write)]
    [InlineData("REST.POST.UPLOADS", S3AccessKind.Write)]
    [InlineData("REST.PUT.ACL", S3AccessKind.Write)]
    [InlineData("REST.DELETE.OBJECT", S3AccessKind.Delete)]
    [InlineData("BATCH.DELETE.OBJECT", S3AccessKind.Delete)]
    [InlineData("S3.EXPIRE.OBJECT", S3AccessKind.Delete)]
    [InlineData("REST.POST.MULTI_OBJECT_DELETE", S3AccessKind.Delete)]
    [InlineData("REST.GET.BUCKET", S3AccessKind.List)]
    [InlineData("SOAP.PutObject", S3AccessKind.Write)]
    public void Operations_of_access_logs_read_write_delete_or_list(string operation, S3AccessKind kind)
        => Assert.Equal(kind, Single(new MemoryObject(AccessLogLines.Clear.Replace("REST.GET.OBJECT", operation, StringComparison.Ordinal), "x")).AccessValue);

    [Theory]
    [InlineData("GetBucketAcl")]
    [InlineData("PutBucketPolicy")]
    [InlineData("HeadBucket")]
    public void Calls_on_a_bucket_are_no_access_to_objects(string name)
        => Assert.Empty(Scan(new(), S3Events.File(S3Events.Event(e => e["eventName"] = name))));

    [Fact]
    public void What_is_not_wanted_is_left_out()
    {
        var file = S3Events.File(S3Events.Event(), S3Events.Event(e => e["eventName"] = "PutObject"), S3Events.Event(e => e["requestParameters"]!["bucketName"] = "amzn-s3-demo-other"));
        Assert.Equal(2, Scan(new() { Access = [S3AccessKind.Read] }, file).Length);
        Assert.Equal(2, Scan(new() { BucketNames = ["amzn-s3-demo-bucket"] }, file).Length);
        Assert.Equal(3, Scan(new() { KeyPrefix = "secret" }, file).Length);
        Assert.Empty(Scan(new() { KeyPrefix = "public" }, file));
        Assert.Equal(3, Scan(new() { MinimumBytes = 5000 }, file).Length);
        Assert.Empty(Scan(new() { MinimumBytes = 5001 }, file));
        Assert.Empty(Scan(new() { Callers = [S3CallerKind.Athena] }, file));
        Assert.Empty(Scan(new() { Before = new(2026, 4, 1, 10, 20, 3, DateTimeKind.Utc) }, file));
    }

    [Fact]
    public void An_ambiguous_line_says_nothing_that_its_readings_do_not_agree_on()
    {
        var access = Single(new MemoryObject(AccessLogLines.Quoted("GET /x HTTP/1.1\" 403 AccessDenied 1 1 1 1 \"-\" \"y HTTP/1.1") + "\n", "access.log"));
        Assert.True(access.IsAmbiguous);
        Assert.Equal("(ambiguous)", access.ErrorCode);
        Assert.Null(access.BytesTransferredOut);
        Assert.Equal(AccessLogLines.Owner, access.Arn);
    }

    [Fact]
    public void A_summary_adds_up_what_each_caller_did()
    {
        var groups = new AccessSummarizer();
        foreach (var access in Scan(new(), S3Events.File(
            S3Events.Event(), S3Events.Event(e => e["errorCode"] = "AccessDenied"), S3Events.Event(e => e["userIdentity"] = S3Events.User()))))
        {
            groups.Add(access);
        }

        var sums = groups.Finish();
        Assert.Equal([(2L, 1L, 10_000L), (1L, 0L, 5_000L)], sums.Select(s => (s.Count, s.Errors, s.BytesTransferredOut)));
    }

    private static S3ObjectAccess Single(LogObject file) => Assert.Single(Scan(new(), file));

    private static S3ObjectAccess[] Scan(AccessFilter filter, params LogObject[] files)
    {
        var tally = new ReadTally();
        var found = new AccessScan(filter, tally) { Workers = 2 }.Run(files, cancellationToken: TestContext.Current.CancellationToken).ToArray();
        Assert.Empty(tally.Damages);
        return found;
    }
}
