using LogDelivery.Requests;
using Xunit;

namespace LogDelivery.Tests.Requests;

/// <summary>What is asked, resolved.</summary>
public class RequestTests
{
    private const string Trail = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";

    [Theory]
    [InlineData("vpc*", "VpcFlowLogs", "VpcLattice")]
    [InlineData("CLOUDTRAIL", "CloudTrail")]
    [InlineData("[cC]loudTrai?", "CloudTrail")]
    [InlineData("AWS CloudTrail")]
    public void Sources_are_found_by_id_and_pattern_in_any_case(string name, params string[] expected)
        => Assert.Equal(expected, SourceNames.Find([name]).Items.Select(s => s.Id));

    [Fact]
    public void Sources_are_found_by_the_name_that_AWS_uses()
        => Assert.All(LogDelivery.Sources.SourceCatalog.All, s => Assert.Contains(s, SourceNames.Find([s.Name.ToUpperInvariant()]).Items));

    [Fact]
    public void An_unknown_source_spoils_no_other_and_the_nearest_is_named()
    {
        var found = SourceNames.Find(["CloudTrial", "cloudtrail", " ", "CloudTrail"]);
        Assert.Equal("CloudTrail", Assert.Single(found.Items).Id);
        var problem = Assert.Single(found.Problems);
        Assert.Equal(("UnknownSource", "CloudTrial"), (problem.Code, problem.Given));
        Assert.Contains("Did you mean \"CloudTrail\"?", problem.Message, StringComparison.Ordinal);
        Assert.False(found.IsRefused);
        Assert.True(SourceNames.Find(["CloudTrial"]).IsRefused);
        Assert.False(SourceNames.Find([]).IsRefused);
    }

    [Theory]
    [InlineData(Trail, "CloudTrail")]
    [InlineData("arn:aws:guardduty:us-east-1:111122223333:detector/1", "GuardDuty")]
    [InlineData("arn:aws:s3:::amzn-s3-demo-bucket", null)]
    [InlineData("arn:aws:ec2:us-east-1:111122223333:instance/i-1", null)]
    public void An_ARN_implies_its_source_where_there_is_but_one(string arn, string? expected)
    {
        var found = SourceNames.ImpliedBy([arn]);
        Assert.Equal(expected, found.Items.SingleOrDefault()?.Id);
        Assert.Equal(expected is null ? 1 : 0, found.Problems.Count);
    }

    [Theory]
    [InlineData("us-iso-east-1", "aws-iso")]
    [InlineData("us-isob-east-1", "aws-iso-b")]
    [InlineData("eusc-de-east-1", "aws-eusc")]
    [InlineData("cn-north-1", "aws-cn")]
    [InlineData("eu-west-1", "aws")]
    public void A_role_is_of_the_partition_of_its_Region(string region, string partition)
        => Assert.Equal($"arn:{partition}:iam::111122223333:role/Audit", RequestRole.ArnOf("Audit", "111122223333", region));

    [Theory]
    [InlineData("2026-01-31T12:00:00", 12)]
    [InlineData("2026-01-31T12:00:00Z", 12)]
    [InlineData("2026-01-31T12:00:00+02:00", 10)]
    public void A_time_without_a_zone_is_UTC(string text, int hour)
    {
        Assert.True(RequestTime.TryParse(text, out var time));
        Assert.Equal((hour, DateTimeKind.Utc), (time.Hour, time.Kind));
        Assert.Equal(time, RequestTime.ToUtc(time.ToLocalTime()));
        Assert.Equal(time, RequestTime.ToUtc(DateTime.SpecifyKind(time, DateTimeKind.Unspecified)));
        Assert.False(RequestTime.TryParse("soon", out _));
    }

    [Fact]
    public void Paths_are_told_from_places_in_S3()
    {
        var paths = LogPath.Read(["logs", "s3://amzn-s3-demo-bucket/AWSLogs", "S3://", " ", "-"]);
        Assert.Equal([null, "AWSLogs", null], paths.Items.Select(p => p.Url?.KeyPrefix));
        Assert.Equal(["InvalidS3Url", "EmptyPath"], paths.Problems.Select(p => p.Code));
    }

    [Fact]
    public void A_live_repair_is_refused_as_a_whole()
    {
        var request = new DeliveryRequest { BucketName = "amzn-s3-demo-bucket", SourceArns = [Trail] };
        Assert.Equal(["CloudTrail"], Assert.Single(request.ResolveLive().Items).Sources);
        Assert.True((request with { AccountIds = ["111122223333", "12"] }).ResolveLive().IsRefused);
        Assert.True((request with { SourceArns = [Trail, "main"] }).ResolveLive().IsRefused);
        Assert.Empty(Assert.Single((request with { SourceArns = [] }).ResolveLive().Items).Sources);
    }

    [Fact]
    public void An_organization_trail_without_its_organization_leaves_something_out()
    {
        var request = new DeliveryRequest { BucketName = "amzn-s3-demo-bucket", SourceArns = [Trail], IsOrganizationTrail = true };
        Assert.Contains(Trail, request.Omission, StringComparison.Ordinal);
        Assert.Null((request with { OrganizationId = "o-exampleorgid" }).Omission);
    }

    [Fact]
    public void A_trail_is_looked_at_in_its_own_Region_unless_Regions_are_given()
    {
        var request = new HealthRequest { Trails = [Trail, "main"] };
        Assert.Equal([("eu-west-1", Trail, "eu-west-1"), ("", "main", null)], Groups(request));
        Assert.Equal([("us-east-1", $"{Trail} main", "us-east-1")], Groups(request with { Regions = ["us-east-1"] }));
        Assert.Equal([("", $"{Trail} main", "us-east-1")], Groups(request with { Regions = ["us-east-1"], AllRegions = true }));
        Assert.Single((request with { Trails = ["main", " "] }).Resolve().Problems);

        static IEnumerable<(string, string, string?)> Groups(HealthRequest request)
            => request.Resolve().Items.Select(g => (string.Join(' ', g.Regions), string.Join(' ', g.Trails), g.SessionRegion));
    }
}
