using LogDelivery.Alarms;
using LogDelivery.Gateways;
using Xunit;

namespace LogDelivery.Tests.Alarms;

/// <summary>Which data events selectors take, and what is added to them and taken out again.</summary>
public sealed class EventSelectionTests
{
    private const string BucketArn = "arn:aws:s3:::amzn-s3-demo-bucket";

    private static readonly ObjectCall Write = new("PutObject", $"{BucketArn}/AWSLogs/key", false);
    private static readonly ObjectCall Read = new("GetObject", $"{BucketArn}/AWSLogs/key", true);

    [Theory]
    [InlineData("All", true, true)]
    [InlineData("ReadOnly", false, true)]
    [InlineData("WriteOnly", true, false)]
    public void Basic_selectors_take_reads_writes_or_both(string type, bool writes, bool reads)
    {
        var selection = Basic(type, "AWS::S3::Object", $"{BucketArn}/AWSLogs/");
        Assert.Equal((writes, reads), (selection.Records(Write), selection.Records(Read)));
    }

    [Theory]
    [InlineData("AWS::S3::Object", "arn:aws:s3", true)]
    [InlineData("AWS::S3::Object", "arn:aws:s3:::", true)]
    [InlineData("AWS::S3::Object", BucketArn + "/", true)]
    [InlineData("AWS::S3::Object", BucketArn + "/exports/", false)]
    [InlineData("AWS::S3::Object", BucketArn + "-2/", false)]
    [InlineData("AWS::Lambda::Function", "arn:aws:s3", false)]
    public void Basic_selectors_take_what_begins_so(string type, string value, bool takes) => Assert.Equal(takes, Basic("All", type, value).Records(Write));

    [Fact]
    public void A_trail_without_data_resources_records_none()
        => Assert.False(new EventSelection([new BasicEventSelector()], []).Records(Write));

    [Theory]
    [InlineData(true, "eventCategory=Data", "resources.type=AWS::S3::Object")]
    [InlineData(false, "eventCategory=Management")]
    [InlineData(false, "resources.type=AWS::S3::Object")]
    [InlineData(true, "eventCategory=Data", "resources.ARN^" + BucketArn + "/")]
    [InlineData(false, "eventCategory=Data", "resources.ARN!^" + BucketArn + "/")]
    [InlineData(true, "eventCategory=Data", "eventName=PutObject", "readOnly=false")]
    [InlineData(false, "eventCategory=Data", "eventName=DeleteObject")]
    [InlineData(false, "eventCategory=Data", "readOnly=true")]
    [InlineData(true, "eventCategory=Data", "userIdentity.arn!^arn:aws:sts::111122223333:assumed-role/app")]
    public void Advanced_selectors_take_what_fits_every_field(bool takes, params string[] fields)
        => Assert.Equal(takes, new EventSelection([], [new("s", [.. fields.Select(Field)])]).Records(Write));

    [Fact]
    public void Within_a_field_one_value_that_selects_is_enough_and_none_that_excludes_may_apply()
    {
        var field = new EventFieldSelector { Field = "eventName", EqualTo = ["DeleteObject"], StartsWith = ["Put"], NotEquals = ["PutObjectAcl"] };
        var selection = new EventSelection([], [new("s", [Field("eventCategory=Data"), field])]);
        Assert.True(selection.Records(Write));
        Assert.True(selection.Records(Write with { EventName = "DeleteObject" }));
        Assert.False(selection.Records(Write with { EventName = "PutObjectAcl" }));
        Assert.False(selection.Records(Read));
    }

    [Theory]
    [InlineData(WatchedCalls.Writes, true, false)]
    [InlineData(WatchedCalls.Reads, false, true)]
    [InlineData(WatchedCalls.All, true, true)]
    public void What_is_added_is_taken_out_again(object calls, bool writes, bool reads)
    {
        EventSelection[] trails =
        [
            new([new BasicEventSelector { ExcludeManagementEventSources = ["kms.amazonaws.com"] }], []),
            new([], [new("management", [Field("eventCategory=Management")])]),
        ];
        foreach (var before in trails)
        {
            var after = DataEventAddition.AddTo(before, (WatchedCalls)calls, BucketArn)!;
            Assert.Equal((writes, reads), (after.Records(Write), after.Records(Read)));
            Assert.False(after.Records(Write with { ObjectArn = $"{BucketArn}-2/AWSLogs/key" }));
            var rest = DataEventAddition.RemoveFrom(after, (WatchedCalls)calls, BucketArn)!;
            Assert.Equal(before.Basic, rest.Basic);
            Assert.Equal(before.Advanced, rest.Advanced);
            Assert.Null(DataEventAddition.RemoveFrom(rest, (WatchedCalls)calls, BucketArn));
        }
    }

    [Fact]
    public void A_trail_with_five_basic_selectors_takes_no_more()
        => Assert.Null(DataEventAddition.AddTo(new([.. Enumerable.Repeat(new BasicEventSelector(), 5)], []), WatchedCalls.All, BucketArn));

    private static EventSelection Basic(string readWriteType, string type, string value)
        => new([new BasicEventSelector { ReadWriteType = readWriteType, DataResources = [new(type, [value])] }], []);

    private static EventFieldSelector Field(string text)
    {
        var end = text.IndexOfAny(['=', '^', '!']);
        var (name, rest) = (text[..end], text[end..]);
        return rest switch
        {
            ['=', ..] => new() { Field = name, EqualTo = [rest[1..]] },
            ['^', ..] => new() { Field = name, StartsWith = [rest[1..]] },
            _ => new() { Field = name, NotStartsWith = [rest[2..]] },
        };
    }
}
