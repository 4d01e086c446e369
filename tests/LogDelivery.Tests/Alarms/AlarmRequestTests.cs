using LogDelivery.Alarms;
using LogDelivery.Patterns;
using Xunit;

namespace LogDelivery.Tests.Alarms;

/// <summary>What cannot be an alarm is told before anybody is asked.</summary>
public sealed class AlarmRequestTests
{
    private static AlarmRequest Request => new() { Preset = AlarmPresets.Find("DeliveryFailure"), LogGroupName = "trail-events" };

    private static readonly (string Part, Func<AlarmRequest, AlarmRequest> Change)[] Wrong =
    [
        ("preset", r => r with { Preset = null }),
        ("log group", r => r with { LogGroupName = "a b" }),
        ("log group", r => r with { LogGroupName = string.Empty }),
        ("bucket", r => r with { Values = new() { BucketName = "b\" || $.a = \"" } }),
        ("bytes", r => r with { Values = new() { LargerThan = -1 } }),
        ("endpoint", r => r with { Values = new() { VpcEndpointIds = ["vpc-1"] } }),
        ("threshold", r => r with { Threshold = 0 }),
        ("period", r => r with { Period = TimeSpan.FromSeconds(90) }),
        ("period", r => r with { Period = TimeSpan.FromDays(2) }),
        ("name for an alarm", r => r with { Name = "a:b" }),
        ("name for an alarm", r => r with { Name = "a\nb" }),
        ("name for an alarm", r => r with { Name = new string('a', 256) }),
        ("topic", r => r with { Topic = "arn:aws:sqs:us-east-1:111122223333:queue" }),
        ("topic", r => r with { Topic = "my topic" }),
        ("e-mail", r => r with { Emails = ["Alice <alice@example.com>"] }),
        ("At most", r => r with { Emails = [.. Enumerable.Range(0, 11).Select(i => $"a{i}@example.com")] }),
        ("bucket", r => r with { AddDataEvents = true }),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Wrong.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_wrong_is_named(int row)
        => Assert.Contains(Wrong[row].Part, Assert.Throws<InvalidAlarmException>(() => Wrong[row].Change(Request).Check()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pattern_that_grows_too_long_is_refused_with_its_column()
    {
        var values = new PresetValues { VpcEndpointIds = [.. Enumerable.Range(0, 60).Select(i => $"vpce-{i:d17}")] };
        var request = Request with { Preset = AlarmPresets.Find("OutsideVpcEndpoint"), Values = values };
        Assert.Equal(1025, Assert.Throws<FilterPatternException>(() => request.Check()).Column);
    }

    [Theory]
    [InlineData("/aws/cloudtrail/audit", "LogDelivery-DeliveryFailure-aws-cloudtrail-audit")]
    [InlineData("#odd_name.1", "LogDelivery-DeliveryFailure--odd_name.1")]
    public void The_name_of_a_log_group_becomes_a_part_of_the_alarms(string logGroup, string name) => Assert.Equal(name, (Request with { LogGroupName = logGroup }).AlarmName);

    [Fact]
    public void The_longest_names_of_log_groups_give_names_of_their_own()
    {
        var (one, other) = (new string('a', 511) + "1", new string('a', 511) + "2");
        string[] names = [(Request with { LogGroupName = one }).AlarmName, (Request with { LogGroupName = other }).AlarmName];
        Assert.Distinct(names);
        Assert.All(names, n => Assert.InRange(n.Length, 1, 255));
        (Request with { LogGroupName = one }).Check();
    }

    [Fact]
    public void Two_patterns_of_the_users_own_have_two_names()
    {
        var request = Request with { Preset = null, FilterPattern = "error" };
        Assert.NotEqual(request.AlarmName, (request with { FilterPattern = "fatal" }).AlarmName);
        Assert.Equal(request.AlarmName, (request with { Threshold = 3 }).AlarmName);
    }
}
