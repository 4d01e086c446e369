using System.Globalization;
using System.Text.RegularExpressions;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Sources;

public partial class SourceCatalogTests
{
    public static TheoryData<string> AllIds => Sample.AllIds;

    [Fact]
    public void Ids_are_unique_whatever_their_case()
        => Assert.Equal(SourceCatalog.All.Count, SourceCatalog.All.Select(s => s.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void Find_ignores_case_and_knows_what_it_does_not_know()
    {
        Assert.Equal("S3AccessLogs", SourceCatalog.Find("s3accesslogs")?.Id);
        Assert.Null(SourceCatalog.Find("CloudTrai"));
        Assert.Null(SourceCatalog.Find(null));
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void An_entry_says_who_where_when_and_where_it_is_from(string id)
    {
        var source = Sample.Source(id);
        Assert.Matches(PascalCase(), source.Id);
        Assert.Equal("docs.aws.amazon.com", source.Documentation.Host);
        Assert.Equal("https", source.Documentation.Scheme);
        Assert.EndsWith(".html", source.Documentation.AbsolutePath, StringComparison.Ordinal);
        Assert.NotEmpty(source.Name);
        Assert.NotEmpty(source.Latency);
        Assert.StartsWith("{prefix}", source.KeyLayout, StringComparison.Ordinal);
        Assert.NotEmpty(source.Notes);
        Assert.All(source.Notes, n => Assert.EndsWith(".", n, StringComparison.Ordinal));
        Assert.NotEmpty(source.Calls);
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void The_date_of_the_layout_is_in_a_sample_key(string id)
    {
        var source = Sample.Source(id);
        Assert.Equal(source.KeyDateFormat is not null, source.KeyLayout.Contains("{date}", StringComparison.Ordinal));
        if (source.KeyDateFormat is null)
        {
            return;
        }

        var date = new DateTime(2026, 1, 31, 23, 50, 0, DateTimeKind.Utc).ToString(source.KeyDateFormat, CultureInfo.InvariantCulture);
        Assert.Contains(Sample.Of(id).Keys(), k => k.Contains(date, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void The_date_of_the_hive_layout_is_in_a_sample_key(string id)
    {
        var source = Sample.Source(id);
        var hive = Sample.Of(id) with { HiveCompatiblePartitions = true };
        if (source.HiveKeyLayout is null)
        {
            Assert.Equal(Sample.Of(id).Keys(), hive.Keys());
            Assert.DoesNotContain(source.Parameters, p => p.Name == "HiveCompatiblePartitions");
            return;
        }

        Assert.All(hive.Keys(), k => Assert.StartsWith("AWSLogs/aws-account-id=111122223333/", k, StringComparison.Ordinal));
        Assert.Contains(source.Parameters, p => p.Name == "HiveCompatiblePartitions");
        if (source.HiveKeyDateFormat is { } format)
        {
            var date = new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture);
            Assert.All(hive.Keys(), k => Assert.Contains(date, k, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Parameters_are_properties_of_a_delivery(string id)
    {
        var names = Sample.Source(id).Parameters.Select(p => p.Name == "TrailArn" ? "SourceArn" : p.Name).ToArray();
        Assert.All(names, n => Assert.NotNull(typeof(Delivery).GetProperty(n)));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void Only_the_role_of_a_stream_has_to_be_given()
    {
        var required = SourceCatalog.All.SelectMany(s => s.Parameters.Where(p => p.IsRequired).Select(p => $"{s.Id}.{p.Name}"));
        Assert.Equal(["Firehose.RoleArn"], required);
        var error = Assert.Throws<InvalidDeliveryException>(() => Sample.Source("Firehose").GetRequiredCalls(Sample.Of("Firehose") with { RoleArn = null }));
        Assert.Contains("RoleArn", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AlbAccessLogs")]
    [InlineData("ClbAccessLogs")]
    [InlineData("RedshiftAudit")]
    [InlineData("CostAndUsageReport")]
    public void Sources_that_take_SSE_S3_only_say_so(string id)
        => Assert.Equal([BucketEncryption.SseS3], Sample.Source(id).Constraints.Encryption);

    [Theory]
    [InlineData("AlbAccessLogs", null)]
    [InlineData("NlbAccessLogs", null)]
    [InlineData("Waf", null)]
    [InlineData("S3AccessLogs", null)]
    [InlineData("BedrockInvocation", null)]
    [InlineData("CloudTrail", "cloudtrail:GetTrailStatus")]
    [InlineData("Config", "config:DescribeDeliveryChannelStatus")]
    [InlineData("GuardDuty", "guardduty:DescribePublishingDestination (Status)")]
    public void The_status_API_is_named_where_there_is_one(string id, string? api) => Assert.Equal(api, Sample.Source(id).StatusApi);

    [GeneratedRegex("^([A-Z][a-z0-9]*)+$|^([A-Z][a-z0-9]+|S3|V2)+$")]
    private static partial Regex PascalCase();
}
