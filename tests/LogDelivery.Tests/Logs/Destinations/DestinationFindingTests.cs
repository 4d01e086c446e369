using LogDelivery.Logs.Destinations;
using LogDelivery.Sources;
using LogDelivery.Tests.Diagnosis;
using LogDelivery.Tests.Logs.AccessLogs;
using Xunit;
using static LogDelivery.Tests.Logs.Destinations.CallEvents;

namespace LogDelivery.Tests.Logs.Destinations;

/// <summary>What is wrong with destinations, each kind with its page.</summary>
public sealed class DestinationFindingTests
{
    private const string FlowLogKey = $"net/AWSLogs/{Account}/vpcflowlogs/us-east-1/2026/03/01/{Account}_vpcflowlogs_us-east-1_fl-1_20260301T1000Z_0a1b2c3d.log.gz";

    /// <summary>The findings as the examples of their pages have them.</summary>
    private static readonly Finding[] Examples =
    [
        DestinationFindings.Elsewhere("CloudTrail arn:aws:cloudtrail:us-east-1:111122223333:trail/example", "amzn-s3-demo-other", ["amzn-s3-demo-bucket"], "by cloudtrail:CreateTrail"),
        DestinationFindings.Refused("CloudTrail", "CloudTrail example", "cloudtrail:CreateTrail", "InsufficientS3BucketPolicyException", null, "The policy does not let the source in."),
        DestinationFindings.Moved("CloudTrail arn:aws:cloudtrail:us-east-1:111122223333:trail/example", "amzn-s3-demo-bucket", "amzn-s3-demo-other", "by cloudtrail:UpdateTrail"),
        DestinationFindings.NothingCame("VpcFlowLogs vpc-0123456789abcdef0", "amzn-s3-demo-bucket", new(2026, 1, 31, 8, 0, 0, DateTimeKind.Utc), new(2026, 1, 31, 9, 0, 0, DateTimeKind.Utc)),
    ];

    public static TheoryData<string> Ids => [.. Examples.Select(f => f.Id)];

    [Fact]
    public void A_source_that_points_elsewhere_is_told_of_as_long_as_it_does()
    {
        var finding = Assert.Single(Assert.Single(FindAll(CreateTrail(Other))).Findings);
        Assert.Equal("LD0150", finding.Id);
        Assert.Contains($"CloudTrail {Trail} delivers to {Other}, which is not among the expected buckets ({Bucket}). It was set by {User} with cloudtrail:CreateTrail at 2026-03-01T10:00:00Z.", finding.Evidence, StringComparison.Ordinal);
        Assert.Empty(Assert.Single(FindAll(CreateTrail(Bucket))).Findings);
        Assert.DoesNotContain(FindAll(CreateTrail(Other), UpdateTrail(Bucket, 5)), d => d.Findings.Length > 0);
        Assert.DoesNotContain(FindAll(CreateTrail(Other), Call("cloudtrail:DeleteTrail", """{"name":"main"}""", minute: 5)), d => d.Findings.Length > 0);
    }

    [Fact]
    public void An_expected_bucket_may_be_given_by_its_ARN()
        => Assert.True(Assert.Single(Find(new DestinationFilter { ExpectedBucketNames = [$"arn:aws:s3:::{Bucket}"] }, CreateTrail())).IsExpected);

    [Fact]
    public void What_somebody_wrote_into_a_request_stays_in_its_line()
    {
        var found = Assert.Single(FindAll(Call("cloudtrail:CreateTrail", """{"name":"a\u001b[2Jb\nc","s3BucketName":"b-1"}""", error: "InvalidTrailNameException", change: e => e["errorMessage"] = "No\r\nname\u0007")));
        Assert.DoesNotContain(Assert.Single(found.Findings).Evidence, char.IsControl);
        Assert.Equal("a\u001b[2Jb\nc", found.Resource);
    }

    [Fact]
    public void Nothing_is_expected_unless_it_is_said()
    {
        var found = Find(new DestinationFilter { IncludeAll = true }, CreateTrail(), UpdateTrail(Other, 5), Write(600));
        Assert.All(found, d => Assert.Null(d.IsExpected));
        Assert.All(found, d => Assert.Empty(d.Findings));
    }

    [Fact]
    public void A_change_from_an_expected_bucket_names_both_and_who_did_it_when()
    {
        var found = FindAll(CreateTrail(Bucket), UpdateTrail(Other, 7));
        Assert.Equal([true, false], found.Select(d => d.IsExpected!.Value));
        Assert.Empty(found[0].Findings);
        Assert.Equal(["LD0150", "LD0152"], found[1].Findings.Select(f => f.Id));
        Assert.Equal($"CloudTrail {Trail} delivered to {Bucket}, and was pointed at {Other} by {User} with cloudtrail:UpdateTrail at 2026-03-01T10:07:00Z.", found[1].Findings[1].Evidence);

        // Back again: the way there is history, and nothing is wrong now.
        var back = FindAll(CreateTrail(Bucket), UpdateTrail(Other, 7), UpdateTrail(Bucket, 9));
        Assert.Equal(["LD0152"], back[1].Findings.Select(f => f.Id));
        Assert.Empty(back[2].Findings);
    }

    [Fact]
    public void A_change_that_is_made_again_is_still_told_with_who_made_it_first()
    {
        var again = UpdateTrail(Other, 9);
        again["userIdentity"] = S3Events.Session("deploy");
        var all = FindAll(CreateTrail(Bucket), UpdateTrail(Other, 7), again);
        Assert.Equal([[], ["LD0152"], ["LD0150"]], all.Select(d => d.Findings.Select(f => f.Id).ToArray()));
        var latest = Assert.Single(Find(new DestinationFilter { ExpectedBucketNames = [Bucket] }, CreateTrail(Bucket), UpdateTrail(Other, 7), again));
        Assert.Equal(At(9), latest.Time);
        Assert.EndsWith($"by {User} with cloudtrail:UpdateTrail at 2026-03-01T10:07:00Z.", latest.Findings.Single(f => f.Id == "LD0152").Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_to_no_bucket_is_one_too()
    {
        var acl = """{"loggingConfiguration":{"resourceArn":"acl","logDestinationConfigs":["TO"]}}""";
        var found = FindAll(
            Call("wafv2:PutLoggingConfiguration", acl.Replace("TO", $"arn:aws:s3:::{Bucket}", StringComparison.Ordinal)),
            Call("wafv2:PutLoggingConfiguration", acl.Replace("TO", "arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-x", StringComparison.Ordinal), minute: 5));
        Assert.Equal("LD0152", Assert.Single(found[1].Findings).Id);
        Assert.Null(found[1].IsExpected);
    }

    [Fact]
    public void A_flow_log_is_moved_by_making_another_and_deleting_the_first()
    {
        Assert.Equal(["LD0150", "LD0152"], FindAll(CreateFlowLog(Bucket), DeleteFlowLog(5, "fl-1"), CreateFlowLog(Other, 6, id: "fl-2"))[1].Findings.Select(f => f.Id));
        Assert.Equal(["LD0150", "LD0152"], FindAll(CreateFlowLog(Bucket), CreateFlowLog(Other, 6, id: "fl-2"), DeleteFlowLog(8, "fl-1"))[1].Findings.Select(f => f.Id));
        Assert.Equal(["LD0150"], FindAll(CreateFlowLog(Bucket), CreateFlowLog(Other, 6, id: "fl-2"))[1].Findings.Select(f => f.Id));
    }

    [Theory]
    [InlineData("cloudtrail:CreateTrail", "S3BucketDoesNotExistException", null, "There is no such bucket")]
    [InlineData("cloudtrail:CreateTrail", "InsufficientS3BucketPolicyException", "Incorrect S3 bucket policy is detected for bucket: b", "The bucket policy does not let the source in")]
    [InlineData("cloudtrail:UpdateTrail", "KmsKeyNotFoundException", null, "not in the Region of the bucket")]
    [InlineData("ec2:CreateFlowLogs", "Client.LogDestinationNotFoundException", null, "There is no such bucket")]
    [InlineData("ec2:CreateFlowLogs", "Client.LogDestinationPermissionIssue", null, "20 KB")]
    [InlineData("ec2:CreateFlowLogs", "Client.InvalidParameter", "Access Denied for LogDestination: b. Please check LogDestination permission", "delivery.logs.amazonaws.com")]
    [InlineData("ec2:CreateFlowLogs", "Client.UnauthorizedOperation", null, "may not make this call")]
    [InlineData("elasticloadbalancing:ModifyLoadBalancerAttributes", "InvalidConfigurationRequestException", "Access Denied for bucket: b. Please check S3bucket permission", "test file")]
    [InlineData("s3:PutBucketLogging", "InvalidTargetBucketForLogging", "The target bucket for logging does not exist", "There is no such bucket")]
    [InlineData("s3:PutBucketLogging", "CrossLocationLoggingProhibited", null, "another Region")]
    [InlineData("config:PutDeliveryChannel", "InsufficientDeliveryPolicyException", null, "config.amazonaws.com")]
    [InlineData("wafv2:PutLoggingConfiguration", "WAFInvalidParameterException", null, "aws-waf-logs-")]
    [InlineData("logs:CreateExportTask", "InvalidParameterException", "GetBucketAcl call on the given bucket failed. Please check if CloudWatch Logs has been granted permission to perform this operation.", "s3:GetBucketAcl")]
    [InlineData("redshift:EnableLogging", "BucketNotFoundFault", null, "There is no such bucket")]
    [InlineData("cloudtrail:CreateTrail", "SomethingNewException", "Says why", "SomethingNewException: Says why")]
    public void A_refusal_says_why(string action, string code, string? message, string cause)
    {
        var request = DestinationCallTests.Pointings.First(p => p.Data.Item1 == action).Data.Item2;
        var found = Assert.Single(Find(new DestinationFilter(), Call(action, request, error: code, change: e => e["errorMessage"] = message)));
        var finding = Assert.Single(found.Findings);
        Assert.Equal(("LD0151", FindingSeverity.Blocks), (finding.Id, finding.SeverityValue));
        Assert.Contains(cause, finding.Evidence, StringComparison.Ordinal);
        Assert.Contains($"{action} was refused with {code}", finding.Evidence, StringComparison.Ordinal);
        Assert.Equal(SourceCatalog.Find(found.Source)!.Documentation, finding.Documentation);
    }

    [Theory]
    [InlineData("ThrottlingException")]
    [InlineData("Client.RequestLimitExceeded")]
    [InlineData("Server.InternalError")]
    public void What_passes_by_itself_is_shown_and_no_finding(string code)
        => Assert.Empty(Assert.Single(FindAll(Call("cloudtrail:CreateTrail", """{"name":"main","s3BucketName":"b-1"}""", error: code))).Findings);

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void Nothing_that_came_is_told_once_writes_were_logged_for_long_enough(int lastWrite, bool isTold)
        => Assert.Equal(isTold ? ["LD0153"] : [], FindAll(CreateFlowLog(), Write(5), Write(lastWrite))[0].Findings.Select(f => f.Id));

    [Fact]
    public void Reads_other_buckets_and_no_data_events_tell_nothing()
    {
        Assert.Empty(FindAll(CreateFlowLog())[0].Findings);
        Assert.Empty(FindAll(CreateFlowLog(), Write(90, bucket: Other))[0].Findings);
        Assert.Empty(FindAll(CreateFlowLog(), Call("s3:GetObject", $$"""{"bucketName":"{{Bucket}}","key":"k"}""", minute: 90))[0].Findings);
        Assert.Empty(FindAll(CreateFlowLog(), Write(90), DeleteFlowLog(95, "fl-1"))[0].Findings);
        Assert.DoesNotContain(FindAll(CreateFlowLog(Other), Write(90))[0].Findings, f => f.Id == "LD0153");
    }

    [Fact]
    public void An_attempt_of_the_source_counts_also_a_refused_one_and_one_that_may_be_its()
    {
        Assert.Empty(FindAll(CreateFlowLog(), Write(20, "delivery.logs.amazonaws.com", FlowLogKey), Write(90))[0].Findings);
        Assert.Empty(FindAll(CreateFlowLog(), Write(20, "delivery.logs.amazonaws.com", FlowLogKey, error: "AccessDenied"), Write(90))[0].Findings);
        Assert.Empty(FindAll(CreateFlowLog(), Write(20, "delivery.logs.amazonaws.com", "some/test"), Write(90))[0].Findings);
    }

    [Fact]
    public void Attempts_of_others_and_of_before_do_not_count()
    {
        Assert.Equal("LD0153", Assert.Single(FindAll(CreateFlowLog(minute: 10), Write(5, "delivery.logs.amazonaws.com", FlowLogKey), Write(90))[0].Findings).Id);
        Assert.Equal("LD0153", Assert.Single(FindAll(CreateFlowLog(), Write(20, "delivery.logs.amazonaws.com", FlowLogKey.Replace(Account, "444455556666", StringComparison.Ordinal)), Write(90))[0].Findings).Id);
        Assert.Equal("LD0153", Assert.Single(FindAll(CreateFlowLog(), Write(20, "logdelivery.elasticloadbalancing.amazonaws.com", $"AWSLogs/{Account}/ELBAccessLogTestFile"), Write(90, User))[0].Findings).Id);
    }

    [Fact]
    public void What_may_be_written_by_a_role_may_have_been_written_by_any()
    {
        var channel = Call("config:PutDeliveryChannel", $$$"""{"deliveryChannel":{"name":"default","s3BucketName":"{{{Bucket}}}"}}""");
        Assert.Empty(FindAll(channel, Write(90, User))[0].Findings);
        Assert.Equal("LD0153", Assert.Single(FindAll(channel, Write(90, "delivery.logs.amazonaws.com", FlowLogKey))[0].Findings).Id);
        Assert.Equal("LD0153", Assert.Single(FindAll(CreateFlowLog(), Write(90, User))[0].Findings).Id);
    }

    [Fact]
    public void A_file_whose_key_names_no_account_may_be_of_any()
    {
        var export = Call("logs:CreateExportTask", $$"""{"logGroupName":"app","destination":"{{Bucket}}"}""", """{"taskId":"t"}""", change: e => e["recipientAccountId"] = "444455556666");
        Assert.Empty(FindAll(export, Write(20, "logs.us-east-1.amazonaws.com", "exportedlogs/t/stream/000000.gz"), Write(90))[0].Findings);
    }

    [Fact]
    public void Access_logs_of_the_bucket_tell_of_attempts_too()
    {
        static MemoryObject LineAt(string time) => new(AccessLogLines.FailedDelivery(Bucket).Replace("01/Apr/2026:08:42:43", time, StringComparison.Ordinal) + "\n", "access.log");
        var filter = new DestinationFilter { ExpectedBucketNames = [Bucket] };
        Assert.Empty(Find(filter, S3Events.File(CreateFlowLog(), Write(90)), LineAt("01/Mar/2026:10:20:00"))[0].Findings);
        Assert.Equal("LD0153", Assert.Single(Find(filter, S3Events.File(CreateFlowLog(), Write(90)), LineAt("01/Mar/2026:09:20:00"))[0].Findings).Id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_shows_what_the_finding_says(string id)
        => Assert.Equal(FindingPage.OneLine(Examples.Single(f => f.Id == id).ToString()), new FindingPage(Path.Combine(Repository.FindingPages, $"{id}.md")).Output);
}
