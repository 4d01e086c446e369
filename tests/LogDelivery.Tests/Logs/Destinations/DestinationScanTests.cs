using System.Text;
using System.Text.Json.Nodes;
using LogDelivery.Logs.Destinations;
using LogDelivery.Logs.Files;
using Xunit;
using static LogDelivery.Tests.Logs.Destinations.CallEvents;

namespace LogDelivery.Tests.Logs.Destinations;

/// <summary>Files of every shape, and what may be wrong with them.</summary>
public sealed class DestinationScanTests
{
    public static TheoryData<string, string> Shapes()
    {
        var record = CreateTrail().ToJsonString();
        var text = JsonValue.Create(record).ToJsonString();
        return new()
        {
            { "one a line", $"{record}\n{record.Replace(Bucket, Other, StringComparison.Ordinal).Replace("\"eventID\":\"0", "\"eventID\":\"1", StringComparison.Ordinal)}" },
            { "a list", $"[{record}]" },
            { "indented", JsonNode.Parse($"{{\"Records\":[{record}]}}")!.ToJsonString(new() { WriteIndented = true }) },
            { "EventBridge", $$"""{"version":"0","detail-type":"AWS API Call via CloudTrail","source":"aws.cloudtrail","detail":{{record}}}""" },
            { "lookup-events", $$"""{"Events":[{"EventId":"x","EventName":"CreateTrail","CloudTrailEvent":{{text}}}]}""" },
            { "filter-log-events", $$"""{"events":[{"logStreamName":"s","timestamp":1,"message":{{text}},"eventId":"1"}]}""" },
            { "a subscription", $$"""{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"g","logStream":"s","subscriptionFilters":["f"],"logEvents":[{"id":"1","timestamp":1,"message":{{text}}}]}""" },
            { "escaped letters", $"{{\"Records\":[{record.Replace("CreateTrail", "\\u0043reateTrail", StringComparison.Ordinal).Replace("eventName", "event\\u004eame", StringComparison.Ordinal)}]}}" },
        };
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_shape_that_others_read_is_read(string shape, string text)
    {
        foreach (var file in new[] { new MemoryObject(text), new MemoryObject(MemoryObject.Gzip(text)) })
        {
            var found = Find(new DestinationFilter { IncludeAll = true }, file);
            Assert.True(found.Count >= 1, shape);
            Assert.Equal((Trail, Bucket), (found[0].Resource, found[0].BucketName));
        }
    }

    [Fact]
    public void The_place_is_where_the_event_begins()
    {
        var text = new JsonObject { ["Records"] = new JsonArray(Write(0), CreateTrail()) }.ToJsonString();
        Assert.Equal(text.LastIndexOf("{\"eventVersion\"", StringComparison.Ordinal), Assert.Single(Find(new DestinationFilter(), new MemoryObject(text))).Position);
    }

    [Fact]
    public void What_cannot_be_read_is_told_and_the_rest_is_read()
    {
        var tally = new ReadTally();
        var broken = CreateTrail(Other).ToJsonString().Replace("\"awsRegion\":", "\"awsRegion\"", StringComparison.Ordinal);
        LogObject[] files = [new MemoryObject("<html></html>", "page"), S3Events.File(CreateFlowLog()), new MemoryObject($"{CreateTrail().ToJsonString()}\n{broken}\n", "broken")];
        var found = new DestinationScan(new() { ExpectedBucketNames = [Bucket] }, tally).Run(files, cancellationToken: TestContext.Current.CancellationToken).ToArray();
        Assert.Equal([Bucket, Bucket], found.Select(d => d.BucketName));
        Assert.Equal(["broken", "page"], tally.Damages.Select(d => d.File).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Text_that_is_no_Unicode_and_members_that_stand_twice_hide_nothing()
    {
        var record = CreateTrail().ToJsonString();
        var odd = record.Replace("\"sourceIPAddress\":", "\"\\ud800\":\"\\udc00x\",\"sourceIPAddress\":", StringComparison.Ordinal)
            .Replace("\"requestParameters\":{", "\"requestParameters\":{\"\\ud800\":1,\"note\":\"\\ud800\",\"s3BucketName\":\"first\",", StringComparison.Ordinal);
        Assert.Equal(Bucket, Assert.Single(Find(new DestinationFilter(), new MemoryObject(odd))).BucketName);

        var tally = new ReadTally();
        byte[] bytes = [.. Encoding.UTF8.GetBytes(record.Replace("203.0.113.9", "203.0.113.?", StringComparison.Ordinal)).Select(b => b == (byte)'?' ? (byte)0xff : b)];
        var found = new DestinationScan(new(), tally).Run([new MemoryObject(bytes)], cancellationToken: TestContext.Current.CancellationToken).ToArray();
        Assert.Equal(Bucket, Assert.Single(found).BucketName);
        Assert.NotEmpty(tally.Damages);
    }

    [Fact]
    public void A_request_may_be_nested_as_deep_as_it_likes()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 20_000)) + "{}" + new string('}', 20_000);
        var record = Call("config:PutDeliveryChannel", """{"deliveryChannel":{"s3BucketName":"b-1"}}""").ToJsonString().Replace("\"deliveryChannel\":", $"\"x\":{deep},\"deliveryChannel\":", StringComparison.Ordinal);
        Assert.Equal("b-1", Assert.Single(Find(new DestinationFilter(), new MemoryObject(record))).BucketName);
        Assert.Empty(Find(new DestinationFilter(), new MemoryObject(record.Replace("deliveryChannel", "other", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_name_within_a_text_is_no_call()
    {
        Assert.Empty(Find(new DestinationFilter(), Call("logs:PutLogEvents", """{"message":"\"eventName\":\"CreateTrail\"","eventName":"CreateTrail","s3BucketName":"b"}""")));
        Assert.Empty(Find(new DestinationFilter(), new MemoryObject("{\"eventVersion\":\"1.0\",\"eventSource\":\"cloudtrail.amazonaws.com\",\"eventName\":\"CreateTrail\"}")));
    }

    [Fact]
    public void Damage_of_any_byte_is_no_end_of_it()
    {
        var count = LongForm.IsOn ? 200_000 : 3_000;
        var text = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["Records"] = new JsonArray(
                CreateTrail(),
                UpdateTrail(Other, 5),
                CreateFlowLog(minute: 6),
                DeleteFlowLog(7, "fl-1"),
                Call("elasticloadbalancing:ModifyLoadBalancerAttributes", """{"loadBalancerArn":"a","attributes":[{"key":"access_logs.s3.enabled","value":"true"},{"key":"access_logs.s3.bucket","value":"b-4"}]}"""),
                Write(90)),
        }.ToJsonString());
        var random = new Random(20260301);
        for (var i = 0; i < count; i++)
        {
            var bytes = text.ToArray();
            for (var hits = random.Next(1, 4); hits > 0; hits--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : "\"{}[]:,\\u0\n"u8[random.Next(11)];
            }

            // Whatever is left of it: no more than was there, and each with its source.
            var found = new DestinationScan(new() { IncludeAll = true, ExpectedBucketNames = [Bucket] }, new()) { Workers = 1 }.Run([new MemoryObject(bytes)], cancellationToken: TestContext.Current.CancellationToken).ToArray();
            Assert.InRange(found.Length, 0, 6);
            Assert.All(found, d => Assert.NotEmpty(d.Source));
        }
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => new DestinationScan(new(), new()).Run([S3Events.File(CreateTrail())], cancellationToken: stop.Token).ToArray());
    }

    [Fact]
    public void Many_resources_take_no_longer_than_they_are_many()
    {
        const int count = 20_000;
        var records = Enumerable.Range(0, count).SelectMany(i => new[] { CreateFlowLog(vpc: $"vpc-{i}", id: $"fl-{i}"), DeleteFlowLog(5, $"fl-{i}") });
        var text = string.Join('\n', records.Select(r => r.ToJsonString()));
        var found = Find(new DestinationFilter(), new MemoryObject(text));
        Assert.Equal((count, 0), (found.Count, found.Count(d => d.IsCurrent)));
    }
}
