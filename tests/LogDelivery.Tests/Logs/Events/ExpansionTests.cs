using System.Text;
using LogDelivery.Logs.Events;
using LogDelivery.Logs.Files;
using Xunit;

namespace LogDelivery.Tests.Logs.Subscriptions;

public sealed class ExpansionTests
{
    private const string Control = """{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],"logEvents":[{"id":"","timestamp":1769848700000,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}""";
    private const string Record = """{"eventVersion":"1.11","eventSource":"s3.amazonaws.com","eventName":"PutObject","errorCode":"AccessDenied"}""";

    private static readonly LogSubscriptionEvent[] Three = [Shapes.Event("first", 1), Shapes.Event("second {", 2), Shapes.Event("third \"}", 3)];

    [Fact]
    public void Control_messages_are_counted_and_given_when_asked_for()
    {
        byte[] file = [.. MemoryObject.Gzip(Control), .. MemoryObject.Gzip(Shapes.Envelope(Three))];
        var without = Expanded.Of(file);
        Assert.Equal(Three, without.Events);
        Assert.Equal(1, without.ControlMessages);

        var with = Expanded.Of(file, includeControl: true);
        Assert.Equal(4, with.Events.Count);
        Assert.Equal(new() { Owner = "CloudwatchLogs", Timestamp = new(2026, 1, 31, 8, 38, 20, DateTimeKind.Utc), Message = "CWL CONTROL MESSAGE: Checking health of destination Firehose." }, with.Events[0]);
    }

    [Fact]
    public void Of_a_member_that_is_cut_off_every_event_before_the_cut_is_given_and_the_damage_told_once()
    {
        var envelope = Shapes.Envelope(Three);
        byte[] whole = [.. MemoryObject.Gzip(envelope), .. MemoryObject.Gzip(envelope)];
        var counts = new HashSet<int>();
        for (var cut = 1; cut < MemoryObject.Gzip(envelope).Length; cut++)
        {
            var expanded = Expanded.Of(whole[..^cut]);
            var damage = Assert.Single(expanded.Damages);
            Assert.Equal(DamageKind.Truncated, damage.Kind);
            Assert.Equal(Three, expanded.Events.Take(3));
            Assert.Equal(Three.Take(expanded.Events.Count - 3), expanded.Events.Skip(3));
            counts.Add(expanded.Events.Count - 3);
        }

        Assert.Contains(0, counts);
        Assert.Contains(1, counts);
        Assert.Contains(3, counts);
    }

    [Fact]
    public void Text_that_is_cut_off_without_compression_is_no_different()
    {
        var text = Encoding.UTF8.GetString(Shapes.Envelope(Three));
        var expanded = Expanded.Of(Encoding.UTF8.GetBytes(text[..text.IndexOf("third", StringComparison.Ordinal)]));
        Assert.Equal(Three.Take(2), expanded.Events);
        Assert.Equal(DamageKind.Truncated, Assert.Single(expanded.Damages).Kind);
    }

    [Fact]
    public void A_damaged_member_costs_its_own_events_only()
    {
        var (first, second, third) = (MemoryObject.Gzip(Shapes.Envelope([Three[0]])), MemoryObject.Gzip(Shapes.Envelope([Three[1]])), MemoryObject.Gzip(Shapes.Envelope([Three[2]])));
        second[second.Length / 2] ^= 0xff;
        var expanded = Expanded.Of([.. first, .. second, .. third]);
        Assert.NotEmpty(expanded.Damages);
        Assert.Contains(Three[0], expanded.Events);
        Assert.Contains(Three[2], expanded.Events);
    }

    [Fact]
    public void The_events_may_stand_before_what_says_whose_they_are()
    {
        const string Odd = """{"logEvents":[{"extractedFields":{"message":"no"},"message":"m\u00e9\n\"","timestamp":1769848800001,"id":"i"}],"logStream":"s","policyLevel":"ACCOUNT_LEVEL_POLICY","messageType":"DATA_MESSAGE","logGroup":"g\/h","owner":"111122223333"}""";
        Assert.Equal(
            new() { LogGroup = "g/h", LogStream = "s", Owner = "111122223333", Id = "i", Timestamp = new(2026, 1, 31, 8, 40, 0, 1, DateTimeKind.Utc), Message = "mé\n\"" },
            Assert.Single(Expanded.Of(Encoding.UTF8.GetBytes(Odd)).Events));
    }

    [Theory]
    [InlineData("""[]""", 0, 0)]
    [InlineData("""[{"id":"1","timestamp":1,"message":"a"},{"id":"2","message":"b"}]""", 2, 0)]
    [InlineData("""[{"id":"1","timestamp":"soon","message":"a"}]""", 1, 0)]
    [InlineData("""[{"id":"1","timestamp":99999999999999999,"message":"a"}]""", 1, 0)]
    [InlineData("""[{"id":"1","timestamp":-1,"message":"a"}]""", 1, 0)]
    [InlineData("""[{"id":7,"timestamp":1,"message":"a"}]""", 1, 0)]
    [InlineData("""[{"id":"1","message":"a"},{"id":"2"}]""", 1, 1)]
    [InlineData("""[{"id":"1","message":"a"},{"id":"2","message":{"x":1}}]""", 1, 1)]
    [InlineData("""[{"id":"1","message":"a"} {"id":"2","message":"b"}]""", 1, 1)]
    [InlineData("""[{"id":"1","message":"a"},{"id":"2","message":"\q"}]""", 1, 1)]
    public void What_is_odd_in_an_envelope_is_read_or_told(string events, int count, int damages)
    {
        var expanded = Expanded.Of(Encoding.UTF8.GetBytes($$"""{"messageType":"DATA_MESSAGE","owner":"o","logGroup":"g","logStream":"s","logEvents":{{events}}}"""));
        Assert.Equal(count, expanded.Events.Count);
        Assert.Equal(damages, expanded.Damages.Count);
    }

    [Fact]
    public void A_message_beside_envelopes_is_not_lost()
    {
        byte[] file = [.. Shapes.Envelope([Three[0]]), .. Encoding.UTF8.GetBytes(Record), .. Shapes.Envelope([Three[1]])];
        Assert.Equal(["first", Record, "second {"], Expanded.Of(file).Events.Select(e => e.Message));
    }

    [Fact]
    public void CloudTrail_records_are_taken_out_of_messages_and_of_events_of_EventBridge_and_put_on_one_line()
    {
        string[] messages =
        [
            Record,
            $$"""{"version":"0","detail-type":"AWS API Call via CloudTrail","source":"aws.s3","detail":{{Record}}}""",
            " " + Record.Replace(",", ",\r\n  ", StringComparison.Ordinal),
            "START RequestId: 1",
            """{"level":"info"}""",
            "{ not json",
            """{"detail-type":"x","detail":"text"}""",
            """{"eventName":"ConsoleLogin"}""",
        ];
        var (lines, others, damages) = Expanded.CloudTrailOf(Shapes.Envelope(messages.Select((m, i) => Shapes.Event(m, i))));
        Assert.Equal([Record, Record, Record, """{"eventName":"ConsoleLogin"}"""], lines);
        Assert.Equal(4, others);
        Assert.Empty(damages);
    }

    [Fact]
    public void A_record_that_is_cut_off_in_its_message_is_damage()
    {
        var (lines, others, damages) = Expanded.CloudTrailOf(Shapes.Envelope([Shapes.Event(Record[..^10])]));
        Assert.Empty(lines);
        Assert.Equal(0, others);
        Assert.Equal(DamageKind.Malformed, Assert.Single(damages).Kind);
    }

    [Fact]
    public void Data_that_is_no_base64_or_cut_off_is_told_and_the_rest_is_read()
    {
        var good = Convert.ToBase64String(MemoryObject.Gzip(Shapes.Envelope([Three[0]])));
        var cut = Convert.ToBase64String(MemoryObject.Gzip(Shapes.Envelope(Three))[..^12]);
        string Wrapped(string data) => $$$"""{"kinesis":{"data":"{{{data}}}"}}""";
        var expanded = Expanded.Of(Encoding.UTF8.GetBytes($$"""{"Records":[{{Wrapped("###")}},{{Wrapped(cut)}},{{Wrapped(good)}}]}"""));
        Assert.Contains(expanded.Damages, d => d.Message.Contains("record 1 is not base64", StringComparison.Ordinal));
        Assert.Contains(expanded.Damages, d => d.Message.StartsWith("In the data of record 2:", StringComparison.Ordinal));
        Assert.Equal(Three[0], expanded.Events[^1]);
    }

    [Theory]
    [InlineData("\\u00")]
    [InlineData("\\ud8\\ud83d")]
    [InlineData("AAAA\\u00zz")]
    public void Data_with_an_escape_that_is_none_is_told_and_the_rest_is_read(string data)
    {
        var good = Convert.ToBase64String(MemoryObject.Gzip(Shapes.Envelope([Three[0]])));
        string Wrapped(string text) => $$$"""{"kinesis":{"data":"{{{text}}}"}}""";
        var expanded = Expanded.Of(Encoding.UTF8.GetBytes($$"""{"Records":[{{Wrapped(good)}},{{Wrapped(data)}},{{Wrapped(data + new string('A', 100))}}]}"""));
        Assert.Equal([Three[0]], expanded.Events);
        Assert.Contains(expanded.Damages, d => d.Message.Contains("record 2 is not base64", StringComparison.Ordinal));
        Assert.Contains(expanded.Damages, d => d.Message.Contains("record 3 is not base64", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Records":[{"eventVersion":"1.11","eventName":"PutRecord","requestParameters":{"data":"AAAA","Data":"x","kinesis":1}}]}""")]
    [InlineData("""{"errorCode":"AccessDenied","requestParameters":{"rawData":"x"},"eventVersion":"1.11"}""")]
    [InlineData("""{"Records":[{"eventVersion":"1.11","eventName":"PutRecord","Data":"AAAA","kinesis":1}]}""")]
    [InlineData("""{"Records":[{"Data":{"x":1},"eventName":"PutRecord","eventVersion":"1.11"}]}""")]
    public void CloudTrail_records_that_speak_of_data_are_not_taken_for_such_records(string text)
    {
        Assert.False(WrappedPayloads.IsWrapped(Encoding.UTF8.GetBytes(text)));
        Assert.Single(Expanded.Of(Encoding.UTF8.GetBytes(text)).Events);
    }

    [Fact]
    public void The_other_readers_take_every_shape_as_it_is()
    {
        var envelope = Shapes.Envelope([Shapes.Event("no JSON", 1), Shapes.Event(Record, 2)]);
        foreach (var (name, shape) in Shapes.OfEnvelopes)
        {
            var tally = new ReadTally();
            using var reader = LogEventReader.Open(new MemoryObject(shape([envelope, envelope])), tally)!;
            var messages = new List<string>();
            while (reader.TryRead(out var entry))
            {
                Assert.Equal("stream", entry.LogStream);
                messages.Add(Encoding.UTF8.GetString(entry.Message));
            }

            Assert.True(messages.SequenceEqual(["no JSON", Record, "no JSON", Record]), name);
            Assert.Empty(tally.Damages);
        }
    }
}
