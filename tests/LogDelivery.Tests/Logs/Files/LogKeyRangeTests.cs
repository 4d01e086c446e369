using LogDelivery.Logs.Files;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Records.Keys;

/// <summary>Which keys a range of time admits, and where a listing goes on behind those that it does not.</summary>
public sealed class LogKeyRangeTests
{
    private const string Random = "0123456789ABCDEF";

    public static TheoryData<string, string> Dated => new()
    {
        { "AWSLogs/111122223333/CloudTrail/us-east-1/2026/04/01/111122223333_CloudTrail_us-east-1_20260401T0000Z_abcdefgh.json.gz", "2026/04/01" },
        { "team/AWSLogs/o-exampleorgid/111122223333/CloudTrail/us-east-1/2026/04/01/x.json.gz", "2026/04/01" },
        { "archive/2019/12/31/AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/04/01/x.log.gz", "2026/04/01" },
        { "AWSLogs/111122223333/elasticloadbalancing/us-east-1/2026/04/01/x.log.gz", "2026/04/01" },
        { "AWSLogs/111122223333/WAFLogs/us-east-1/acl/2026/04/01/08/40/x.log.gz", "2026/04/01" },
        { "AWSLogs/111122223333/Config/us-east-1/2026/4/1/ConfigHistory/x.json.gz", "2026/4/1" },
        { "AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=us-east-1/year=2026/month=04/day=01/hour=08/x.log.gz", "2026/month=04/day=01" },
        { $"logs2026-04-01-08-42-43-{Random}", "2026-04-01" },
        { $"logs/2026-04-01-08-42-43-{Random}", "2026-04-01" },
        { $"logs20262026-04-01-08-42-43-{Random}", "2026-04-01" },
        { $"access/111122223333/us-east-1/amzn-s3-demo-bucket/2026/04/01/2026-04-01-08-42-43-{Random}", "2026/04/01" },
        { "cdn/E1EXAMPLE.2026-04-01-08.abcdef12.gz", "2026-04-01" },
        { "exports/2026-04-01/part.gz", "2026-04-01" },
        { "AWSLogs/111122223333/KafkaBrokerLogs/us-east-1/cluster/2026-04-01-08/x.log.gz", "2026-04-01" },
    };

    [Theory]
    [MemberData(nameof(Dated))]
    public void The_date_of_a_key_is_found_in_the_layouts_of_all_sources(string key, string written)
    {
        var date = LogKeyDate.Find(key);
        Assert.NotNull(date);
        Assert.Equal(new DateOnly(2026, 4, 1), date.Date);
        Assert.Equal(written, key[date.Start..date.End]);
        Assert.Equal(written, date.Write(date.Date));
    }

    [Theory]
    [InlineData("")]
    [InlineData("logs/file.gz")]
    [InlineData("2026/13/01/file.gz")]
    [InlineData("2026/02/30/file.gz")]
    [InlineData("12026/04/01/file.gz")]
    [InlineData("2026-04-01-08-42-43-notrandom")]
    public void A_key_without_a_date_is_always_in(string key)
    {
        Assert.Null(LogKeyDate.Find(key));
        Assert.True(Range("2020-01-01", "2020-01-02").Admits(key, out var resume));
        Assert.Null(resume);
    }

    [Fact]
    public void The_keys_of_every_source_that_documents_its_dates_are_understood()
    {
        foreach (var source in SourceCatalog.All.Where(s => s.KeyDateFormat?.Contains("dd", StringComparison.Ordinal) == true))
        {
            var key = $"prefix/{new DateTime(2026, 4, 1, 8, 42, 43, DateTimeKind.Utc).ToString(source.KeyDateFormat, System.Globalization.CultureInfo.InvariantCulture)}/file.gz";
            Assert.True(LogKeyDate.Find(key)?.Date == new DateOnly(2026, 4, 1), $"{source.Id}: {key}");
        }
    }

    [Fact]
    public void One_day_more_is_looked_at_on_either_side()
    {
        var range = Range("2026-04-10T06:00:00Z", "2026-04-12T06:00:00Z");
        Assert.Equal([9, 10, 11, 12, 13], Enumerable.Range(1, 30).Where(day => range.Admits($"a/2026/04/{day:D2}/x", out _)));
    }

    [Theory]
    [InlineData("a/us-east-1/2026/03/31/x", "a/us-east-1/2026/04/09")]
    [InlineData("a/us-east-1/2025/12/31/x", "a/us-east-1/2026/04/09")]
    [InlineData("a/us-east-1/2026/04/14/x", "a/us-east-1/:")]
    [InlineData("a/year=2026/month=01/day=01/x", "a/year=2026/month=04/day=09")]
    [InlineData("a/year=2027/month=01/day=01/x", "a/year=:")]
    [InlineData("logs2026-04-01-08-42-43-0123456789ABCDEF", "logs2026-04-09")]
    [InlineData("logs2026-05-01-08-42-43-0123456789ABCDEF", "logs:")]
    [InlineData("a/Config/2026/10/1/x", "a/Config/2026/10/10")]
    [InlineData("a/Config/2026/10/12/x", "a/Config/2026/10/120")]
    [InlineData("a/CloudTrail/2026/10/12/x", "a/CloudTrail/:")]
    public void A_listing_goes_on_where_the_next_key_may_be_in(string key, string resumeAfter)
    {
        Assert.False(Range("2026-04-10", "2026-04-12").Admits(key, out var resume));
        Assert.Equal(resumeAfter, resume);
    }

    [Fact]
    public void No_key_that_is_in_stands_before_the_place_where_a_listing_goes_on()
    {
        string[] folders = ["a/us-east-1/", "a/us-east-2/", "a/zone/", "b/"];
        var days = Enumerable.Range(0, 800).Select(d => new DateOnly(2025, 6, 1).AddDays(d)).ToArray();
        string[] formats = ["'t/'yyyy'/'MM'/'dd'/x'", "'Config/'yyyy'/'M'/'d'/x'", "'year='yyyy'/month='MM'/day='dd'/x'", "'log'yyyy-MM-dd'-08-42-43-0123456789ABCDEF'"];
        var keys = folders.SelectMany(f => formats.SelectMany(format => days.Select(d => f + d.ToString(format, System.Globalization.CultureInfo.InvariantCulture)))).Order(StringComparer.Ordinal).ToArray();
        var range = Range("2026-03-05", "2026-04-20");
        var wanted = keys.Where(k => range.Admits(k, out _)).ToArray();
        Assert.Equal(folders.Length * formats.Length * 49, wanted.Length);

        var got = new List<string>();
        string? resume = null;
        foreach (var key in keys.Where(key => resume is null || string.CompareOrdinal(key, resume) > 0))
        {
            if (range.Admits(key, out resume))
            {
                got.Add(key);
            }
        }

        Assert.Equal(wanted, got);
    }

    [Fact]
    public void Without_a_range_everything_is_in()
    {
        Assert.True(new LogKeyRange().IsEverything);
        Assert.True(new LogKeyRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).Admits("a/2026/04/01/x", out _));
    }

    private static LogKeyRange Range(string after, string before)
        => new(DateTimeOffset.Parse(after + (after.Length > 10 ? "" : "T00:00:00Z"), System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.Parse(before + (before.Length > 10 ? "" : "T00:00:00Z"), System.Globalization.CultureInfo.InvariantCulture));
}
