using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Logs.Access;
using LogDelivery.Logs.Events;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;
using Xunit;

namespace LogDelivery.Tests.Logs;

/// <summary>Records that stand as text in what APIs, the AWS CLI, PowerShell and jq give.</summary>
public sealed class NestedRecordScanTests
{
    private static readonly JsonObject[] Two = [EventText.Delivery(requestId: "FIRST", key: "AWSLogs/111122223333/vpcflowlogs/\"ü\\{}"), EventText.Delivery(requestId: "SECOND")];
    private static readonly JsonObject Other = EventText.Delivery(error: null);

    /// <summary>Every form, made of the text of each record.</summary>
    private static readonly Dictionary<string, Func<string[], string>> Forms = new()
    {
        ["lookup-events"] = records => EventText.Indented(new JsonObject { ["Events"] = Each(records, Lookup), ["NextToken"] = "AbC{[\"" }),
        ["lookup-events, events first and last"] = records => EventText.Compact(new JsonObject { ["NextToken"] = "x", ["Events"] = Each(records, Lookup) }),
        ["lookup-events, jq -c .Events[]"] = records => Lines(records, Lookup),
        ["lookup-events, one page a line"] = records => Lines(records, r => new JsonObject { ["Events"] = new JsonArray(Lookup(r)) }),
        ["lookup-events, jq -s"] = records => EventText.Indented(Each(records, r => new JsonObject { ["Events"] = new JsonArray(Lookup(r)), ["NextToken"] = "x" })),
        ["Find-CTEvent | ConvertTo-Json"] = records => EventText.Indented(Each(records, Lookup)).ReplaceLineEndings("\r\n"),
        ["filter-log-events"] = records => EventText.Indented(new JsonObject { ["events"] = Each(records, LogEvent), ["searchedLogStreams"] = new JsonArray(), ["nextToken"] = "x" }),
        ["filter-log-events, jq -c .events[]"] = records => Lines(records, LogEvent),
        ["filter-log-events, --query events"] = records => EventText.Indented(Each(records, LogEvent)),
        ["get-log-events"] = records => EventText.Indented(new JsonObject { ["events"] = Each(records, StreamEvent), ["nextForwardToken"] = "f/1", ["nextBackwardToken"] = "b/1" }),
        ["Get-CWLFilteredLogEvent | ConvertTo-Json"] = records => EventText.Indented(new JsonObject { ["Events"] = Each(records, r => Capital(LogEvent(r))), ["NextToken"] = null, ["SearchedLogStreams"] = new JsonArray() }),
        ["get-query-results"] = records => EventText.Indented(new JsonObject { ["queryLanguage"] = "CWLI", ["results"] = Each(records, Row), ["statistics"] = new JsonObject { ["recordsMatched"] = 2.0 }, ["status"] = "Complete" }),
        ["get-query-results, jq -c .results[]"] = records => Lines(records, Row),
        ["get-query-results, --query results"] = records => EventText.Indented(Each(records, Row)),
        ["get-query-results, jq -s"] = records => EventText.Compact(Each(records, r => new JsonObject { ["results"] = new JsonArray(Row(r)), ["status"] = "Complete" })),
        ["query, JSON of the console"] = records => EventText.Indented(Each(records, r => new JsonObject { ["@timestamp"] = "2026-01-31 23:55:00.000", ["@message"] = r, ["@log"] = "111122223333:trail" })),
        ["query, JSON of the console with objects"] = records => EventText.Indented(Each(records, r => new JsonObject { ["@timestamp"] = "2026-01-31 23:55:00.000", ["@message"] = JsonNode.Parse(r) })),
        ["lookup-events, --query Events[].CloudTrailEvent"] = records => EventText.Indented(Each(records, r => JsonValue.Create(r))),
        ["lookup-events, jq .Events[].CloudTrailEvent"] = records => string.Concat(records.Select(r => JsonSerializer.Serialize(r) + "\n")),
        ["query, CSV of the console"] = records => "\"@timestamp\",@message,@log\r\n" + string.Concat(records.Select(r => $"2026-01-31 23:55:00.000,\"{r.Replace("\"", "\"\"", StringComparison.Ordinal)}\",111122223333:trail\r\n")),
        ["query, CSV with line ends in messages"] = records => "@message,x\n" + string.Concat(records.Select(r => $"\"{EventText.Indented(JsonNode.Parse(r)!).ReplaceLineEndings("\n").Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"\"\n")),
        ["export task"] = records => string.Concat(records.Select(r => $"2026-01-31T23:55:00.000Z {r}\n")),
        ["logs tail"] = records => string.Concat(records.Select(r => $"2026-01-31T23:55:00.000000+00:00 111122223333_CloudTrail_us-east-1 {r}\n")),
        ["receive-message"] = records => EventText.Indented(new JsonObject { ["Messages"] = Each(records, QueueMessage) }),
        ["receive-message, jq -c .Messages[]"] = records => Lines(records, QueueMessage),
        ["receive-message of a topic's queue"] = records => EventText.Indented(new JsonObject { ["Messages"] = Each(records, r => QueueMessage(EventText.Indented(Notification(r)))) }),
        ["Receive-SQSMessage | ConvertTo-Json"] = records => EventText.Indented(Each(records, r => new JsonObject { ["Attributes"] = new JsonObject(), ["Body"] = r, ["MD5OfBody"] = "x", ["MessageAttributes"] = new JsonObject(), ["MessageId"] = "id-1", ["ReceiptHandle"] = "AQEB" })),
        ["queue of a function"] = records => EventText.Indented(new JsonObject { ["Records"] = Each(records, r => new JsonObject { ["messageId"] = "id-1", ["receiptHandle"] = "AQEB", ["body"] = r, ["attributes"] = new JsonObject { ["SentTimestamp"] = "1769903700000" }, ["messageAttributes"] = new JsonObject(), ["eventSource"] = "aws:sqs" }) }),
        ["topic of a function"] = records => EventText.Compact(new JsonObject { ["Records"] = Each(records, r => new JsonObject { ["EventVersion"] = "1.0", ["EventSubscriptionArn"] = "arn:aws:sns:us-east-1:111122223333:x:1", ["EventSource"] = "aws:sns", ["Sns"] = Notification(r) }) }),
        ["topic into Firehose"] = records => Lines(records, Notification),
        ["files, jq -s"] = records => EventText.Indented(Each(records, r => new JsonObject { ["Records"] = new JsonArray(JsonNode.Parse(r)) })),
        ["files, one a line"] = records => Lines(records, r => new JsonObject { ["Records"] = new JsonArray(JsonNode.Parse(r)) }),
        ["files, cat"] = records => string.Concat(records.Select(r => EventText.Indented(new JsonObject { ["Records"] = new JsonArray(JsonNode.Parse(r)) }))),
        ["records of files, jq .Records"] = records => string.Join('\n', records.Select(r => EventText.Indented(new JsonArray(JsonNode.Parse(r))))),
        ["records of files, jq -s map(.Records)"] = records => EventText.Indented(Each(records, r => new JsonArray(JsonNode.Parse(r)))),
    };

    public static TheoryData<string> FormNames => [.. Forms.Keys];

    /// <summary>The forms that are one JSON object after another.</summary>
    public static TheoryData<string> NamesOfObjects => [.. Forms.Keys.Where(f => Forms[f](["{}"]).StartsWith('{'))];

    [Theory]
    [MemberData(nameof(FormNames))]
    public void Failures_are_found_in_every_form(string form)
    {
        var text = Forms[form]([EventText.Compact(Two[0]), EventText.Compact(Other), EventText.Compact(Two[1])]);
        foreach (var limit in new[] { 1, 61, int.MaxValue })
        {
            var tally = new ReadTally();
            var found = Scan(new MemoryObject(text) { ReadLimit = limit }, tally);
            Assert.Empty(tally.Damages);
            Assert.Equal(["FIRST", "SECOND"], found.Select(f => f.RequestId));
            Assert.Equal("AWSLogs/111122223333/vpcflowlogs/\"ü\\{}", found[0].Key);
            Assert.Equal((1, 3), (tally.FilesRead, tally.Records));
            Assert.All(found, f => Assert.Contains(Encoding.UTF8.GetBytes(text)[(int)f.Position], "{[\"2"u8.ToArray()));
        }
    }

    [Theory]
    [MemberData(nameof(FormNames))]
    public void Signatures_are_found_in_every_form(string form)
    {
        var text = Forms[form]([S3Events.Signed("SigV2").ToJsonString(), S3Events.Signed("SigV4").ToJsonString()]);
        var tally = new ReadTally();
        var usage = Assert.Single(new SignatureScan(new() { Versions = ["SigV2"] }, tally) { Workers = 1 }.Run([new MemoryObject(text)], null, TestContext.Current.CancellationToken));
        Assert.Equal((1, "SigV2"), (usage.Count, usage.Version));
        Assert.Empty(tally.Damages);
    }

    [Theory]
    [MemberData(nameof(FormNames))]
    public void Events_of_every_form_are_the_records(string form)
    {
        string[] records = [EventText.Compact(Two[0]), EventText.Compact(Other)];
        var text = Forms[form](records);
        var tally = new ReadTally();
        using var reader = LogEventReader.Open(new MemoryObject(text), tally)!;
        var messages = new List<string>();
        while (reader.TryRead(out var entry))
        {
            messages.Add(EventText.Compact(JsonNode.Parse(entry.Message)!));
        }

        Assert.Equal(records, messages);
        Assert.Equal(records, Subscriptions.Expanded.Of(Encoding.UTF8.GetBytes(text)).Events.Select(e => EventText.Compact(JsonNode.Parse(e.Message)!)));
        Assert.Empty(tally.Damages);
    }

    [Theory]
    [InlineData("filter-log-events", "id-1", "trail-stream", null)]
    [InlineData("get-query-results", null, "trail-stream", "trail")]
    [InlineData("query, CSV of the console", null, null, "trail")]
    [InlineData("Get-CWLFilteredLogEvent | ConvertTo-Json", "id-1", "trail-stream", null)]
    [InlineData("topic of a function", "id-1", null, null)]
    [InlineData("receive-message of a topic's queue", "id-1", null, null)]
    public void What_is_said_of_an_event_is_kept(string form, string? id, string? stream, string? group)
    {
        var text = Forms[form](["not JSON"]);
        using var reader = LogEventReader.Open(new MemoryObject(text), new())!;
        Assert.True(reader.TryRead(out var entry));
        Assert.Equal((id, stream, group), (entry.EventId, entry.LogStream, entry.LogGroup));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 23, 55, 0, TimeSpan.Zero), entry.Timestamp);
        Assert.Equal("not JSON"u8, entry.Message);
    }

    [Theory]
    [MemberData(nameof(NamesOfObjects))]
    public void Failures_are_found_in_files_of_two_forms(string form)
    {
        var first = Forms[form]([EventText.Compact(Two[0]), EventText.Compact(Other)]);
        foreach (var other in NamesOfObjects)
        {
            var tally = new ReadTally();
            var found = Scan(new MemoryObject(first + "\n" + Forms[other]([EventText.Compact(Other), EventText.Compact(Two[1])])), tally);
            Assert.True(found.Select(f => f.RequestId).SequenceEqual(["FIRST", "SECOND"]) && tally.Damages.Count == 0, $"{form}, then {other}: {found.Count} found, {string.Join('\n', tally.Damages)}");
        }
    }

    [Fact]
    public void Envelopes_among_other_records_are_opened()
    {
        var envelope = new JsonObject { ["messageType"] = "DATA_MESSAGE", ["owner"] = "111122223333", ["logGroup"] = "trail", ["logStream"] = "s", ["logEvents"] = Each([EventText.Compact(Two[0]), "plain"], m => new JsonObject { ["id"] = "1", ["timestamp"] = 1769903700000, ["message"] = m }) };
        var text = $"{EventText.Compact(Two[1])}\n{EventText.Compact(envelope)}\n{EventText.Compact(Other)}";
        var tally = new ReadTally();
        Assert.Equal(["SECOND", "FIRST"], Scan(new MemoryObject(text), tally).Select(f => f.RequestId));
        using var reader = LogEventReader.Open(new MemoryObject(text), tally)!;
        var messages = new List<(string Message, string? Group)>();
        while (reader.TryRead(out var entry))
        {
            messages.Add((Encoding.UTF8.GetString(entry.Message), entry.LogGroup));
        }

        Assert.Equal([(EventText.Compact(Two[1]), null), (EventText.Compact(Two[0]), "trail"), ("plain", "trail"), (EventText.Compact(Other), null)], messages);
        Assert.Empty(tally.Damages);
    }

    [Fact]
    public void Events_that_a_rule_sends_through_a_topic_into_a_queue_are_opened()
    {
        var rule = EventText.Compact(new JsonObject { ["version"] = "0", ["detail-type"] = "AWS API Call via CloudTrail", ["detail"] = Two[0].DeepClone() });
        foreach (var body in new[] { rule, EventText.Compact(Notification(rule)) })
        {
            var tally = new ReadTally();
            Assert.Equal("FIRST", Assert.Single(Scan(new MemoryObject(Lines([body], QueueMessage)), tally)).RequestId);
            Assert.Empty(tally.Damages);
        }
    }

    [Theory]
    [InlineData("""{"Events":[]}""")]
    [InlineData("""{"Events":[],"NextToken":"x"}""")]
    [InlineData("""{"events":[],"searchedLogStreams":[]}""")]
    [InlineData("""{"Messages":[]}""")]
    [InlineData("""{"results":[],"statistics":{},"status":"Complete"}""")]
    [InlineData("""{"Records":[]}""")]
    [InlineData("""[{"Records":[]},{"Records":[]}]""")]
    [InlineData("[]")]
    [InlineData("[[],[]]")]
    public void Nothing_in_it_is_no_damage(string text)
    {
        var tally = new ReadTally();
        Assert.Empty(Scan(new MemoryObject(text), tally));
        Assert.Equal((0, 1, 0), (tally.Damages.Count, tally.FilesRead, tally.Records));
    }

    [Theory]
    [InlineData("""{"results":[[{"field":"eventName","value":"PutObject"},{"field":"errorCode","value":"AccessDenied"}]]}""", DamageKind.Malformed, "@message")]
    [InlineData("""{"Events":[{"EventName":"PutObject","CloudTrailEvent":null}]}""", DamageKind.Malformed, "CloudTrailEvent")]
    [InlineData("""{"events":[{"message":"2 111122223333 eni-0123456789abcdef0 ACCEPT OK","timestamp":1769903700000,"ingestionTime":1769903700000}]}""", DamageKind.NotALog, "no CloudTrail records")]
    [InlineData("""{"QueryStatus":"FINISHED","QueryResultRows":[[{"errorCode":"AccessDenied"}]]}""", DamageKind.NotALog, "has QueryStatus, QueryResultRows")]
    [InlineData("""{"configurationItems":[{"errorCode":"x","invokedBy":"y"}]}""", DamageKind.NotALog, "has configurationItems")]
    [InlineData("""{"Version":"2012-10-17","Statement":[]}""", DamageKind.NotALog, "has Version, Statement")]
    [InlineData("""{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{}}]}""", DamageKind.NotALog, "none of its 1 objects")]
    [InlineData("""[{"level":"info","message":"x"},{"level":"warn"}]""", DamageKind.NotALog, "none of its 2 objects")]
    [InlineData("{}", DamageKind.NotALog, "has no members")]
    [InlineData("""{"Messages":[{"MessageId":"x","ReceiptHandle":"x","Body":"{\"s3Bucket\":\"amzn-s3-demo-bucket\",\"s3ObjectKey\":[\"x.json.gz\"]}"}]}""", DamageKind.NotALog, "these 1 notifications are no CloudTrail records")]
    [InlineData("""{"Messages":[{"MessageId":"x","ReceiptHandle":"x","Body":null}]}""", DamageKind.Malformed, "no body")]
    [InlineData("""{"Messages":[{"level":"info"}]}""", DamageKind.NotALog, "has Messages")]
    [InlineData("""{"events":{"a":1}}""", DamageKind.NotALog, "has events")]
    public void What_is_not_read_is_said(string text, object kind, string message)
    {
        var tally = new ReadTally();
        Assert.Empty(Scan(new MemoryObject(text), tally));
        var damage = tally.Damages[0];
        Assert.Equal((DamageKind)kind, damage.Kind);
        Assert.Contains(message, damage.Message, StringComparison.Ordinal);
        Assert.Equal(1, tally.FilesRead);
    }

    [Theory]
    [InlineData("[\"{\\\"eventName\\\":\\\"a\\\"}\", 7, \"{\\\"b\\\":1}\"]", 2, DamageKind.Malformed)]
    [InlineData("[\"{\\\"eventName\\\":\\\"a\\\"}\", \"{\\\"b", 1, DamageKind.Truncated)]
    [InlineData("@message\n\"{\"\"eventName\"\":1}\"\n\"{", 1, DamageKind.Truncated)]
    public void What_is_damaged_in_strings_and_rows_is_told(string text, int events, object kind)
    {
        foreach (var limit in new[] { 1, int.MaxValue })
        {
            var tally = new ReadTally();
            Scan(new MemoryObject(text) { ReadLimit = limit }, tally);
            Assert.Equal((DamageKind)kind, Assert.Single(tally.Damages).Kind);
            Assert.Equal(events, tally.Records);
        }
    }

    [Fact]
    public void Events_of_an_application_are_no_lists_of_log_events()
    {
        foreach (var text in new[] { """{"level":"info","results":[{"a":1},{"b":2}]}""", """{"events":[{"a":1}],"message":"x"}""", """{"message":"x","timestamp":1}""", """{"messageId":"x","body":"y"}""" })
        {
            using var reader = LogEventReader.Open(new MemoryObject($"{text}\n{text}"), new())!;
            Assert.True(reader.TryRead(out var entry));
            Assert.Equal(text, Encoding.UTF8.GetString(entry.Message));
        }
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-8", true)]
    public void What_PowerShell_writes_is_read_in_every_encoding(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        string[] texts =
        [
            Forms["Find-CTEvent | ConvertTo-Json"]([EventText.Compact(Two[0])]),
            EventText.Indented(new JsonObject { ["Records"] = new JsonArray(Two[0].DeepClone()) }).ReplaceLineEndings("\r\n"),
            EventText.Compact(Two[0]) + "\r\n",
            AccessLogs.AccessLogLines.FailedDelivery() + "\r\n" + AccessLogs.AccessLogLines.Clear + "\r\n",
        ];
        foreach (var text in texts)
        {
            byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
            foreach (var file in new[] { new MemoryObject(bytes), new MemoryObject(bytes) { ReadLimit = 1 }, new MemoryObject(MemoryObject.Gzip(bytes)) })
            {
                var tally = new ReadTally();
                var failure = Assert.Single(Scan(file, tally));
                Assert.Empty(tally.Damages);
                Assert.True(failure.Key == (string?)Two[0]["requestParameters"]!["key"] || failure.EvidenceValue == DeliveryEvidence.AccessLog);
            }
        }
    }

    [Fact]
    public void The_subscription_of_another_log_group_is_skipped()
    {
        var tally = new ReadTally();
        Assert.Empty(Scan(new MemoryObject(Subscriptions.Shapes.Envelope([Subscriptions.Shapes.Event("START RequestId: 1"), Subscriptions.Shapes.Event("""{"level":"info"}""")])), tally));
        Assert.Equal((0, 1, 0), (tally.Damages.Count, tally.FilesSkipped, tally.FilesRead));
    }

    [Fact]
    public void A_list_of_any_length_takes_no_more_memory_than_an_event()
    {
        var events = string.Join(",\n", Enumerable.Range(0, 60_000).Select(i => EventText.Compact(Lookup(EventText.Compact(i % 1000 == 0 ? EventText.Delivery(requestId: i.ToString(CultureInfo.InvariantCulture)) : Other)))));
        var tally = new ReadTally();
        Assert.Equal(60, Scan(new MemoryObject($$"""{"Events":[{{events}}]}"""), tally).Count);
        Assert.Equal((0, 60_000), (tally.Damages.Count, tally.Records));
        Assert.True(tally.TextBytes > 100 << 20 >> 1);
    }

    [Fact]
    public void A_broken_envelope_keeps_the_events_before_the_fault()
    {
        var good = Encoding.UTF8.GetString(Subscriptions.Shapes.Envelope([Subscriptions.Shapes.Event(EventText.Compact(Two[0])), Subscriptions.Shapes.Event(EventText.Compact(Two[1]))]));
        var broken = good.Insert(good.IndexOf("{\"id\"", good.IndexOf("FIRST", StringComparison.Ordinal), StringComparison.Ordinal) + 1, ",");
        var tally = new ReadTally();
        Assert.Equal("FIRST", Assert.Single(Scan(new MemoryObject(broken), tally)).RequestId);
        Assert.Equal(DamageKind.Malformed, Assert.Single(tally.Damages).Kind);

        var signed = Encoding.UTF8.GetString(Subscriptions.Shapes.Envelope([Subscriptions.Shapes.Event(S3Events.Signed("SigV2").ToJsonString()), Subscriptions.Shapes.Event("{}")]));
        tally = new ReadTally();
        Assert.Single(new SignatureScan(new(), tally) { Workers = 1 }.Run([new MemoryObject(signed.Insert(signed.LastIndexOf("{\"id\"", StringComparison.Ordinal) + 1, ","))], null, TestContext.Current.CancellationToken));
        Assert.Equal(DamageKind.Malformed, Assert.Single(tally.Damages).Kind);
    }

    private static List<DeliveryFailure> Scan(MemoryObject file, ReadTally tally)
        => [.. new FailureScan(new(), tally) { Workers = 1 }.Run([file], null, TestContext.Current.CancellationToken)];

    private static JsonArray Each(string[] records, Func<string, JsonNode> make) => new([.. records.Select(make)]);

    private static string Lines(string[] records, Func<string, JsonNode> make) => string.Concat(records.Select(r => EventText.Compact(make(r)) + "\n"));

    private static JsonObject Lookup(string record) => new()
    {
        ["EventId"] = "11112222-3333-4444-5555-666677778888",
        ["EventName"] = "PutObject",
        ["ReadOnly"] = "false",
        ["EventTime"] = "2026-01-31T23:55:00+00:00",
        ["EventSource"] = "s3.amazonaws.com",
        ["Resources"] = new JsonArray(new JsonObject { ["ResourceType"] = "AWS::S3::Bucket", ["ResourceName"] = "amzn-s3-demo-bucket" }),
        ["CloudTrailEvent"] = record,
    };

    private static JsonObject LogEvent(string record) => new()
    {
        ["logStreamName"] = "trail-stream",
        ["timestamp"] = 1769903700000,
        ["message"] = record,
        ["ingestionTime"] = 1769903701000,
        ["eventId"] = "id-1",
    };

    private static JsonObject StreamEvent(string record) => new() { ["timestamp"] = 1769903700000, ["message"] = record, ["ingestionTime"] = 1769903701000 };

    private static JsonObject QueueMessage(string body) => new() { ["MessageId"] = "id-2", ["ReceiptHandle"] = "AQEB", ["MD5OfBody"] = "x", ["Body"] = body };

    private static JsonObject Notification(string message) => new()
    {
        ["Type"] = "Notification",
        ["MessageId"] = "id-1",
        ["TopicArn"] = "arn:aws:sns:us-east-1:111122223333:x",
        ["Subject"] = "refused \"}",
        ["Message"] = message,
        ["Timestamp"] = "2026-01-31T23:55:00.000Z",
        ["MessageAttributes"] = new JsonObject(),
    };

    private static JsonArray Row(string record) => new(
        Field("@timestamp", "2026-01-31 23:55:00.000"),
        Field("@message", record),
        Field("@logStream", "trail-stream"),
        Field("@log", "111122223333:trail"),
        Field("@ptr", "CmEKJgoiMTExMTIyMjIzMzMzOnRyYWls"));

    private static JsonObject Field(string name, string value) => new() { ["field"] = name, ["value"] = value };

    private static JsonObject Capital(JsonObject item)
        => new(item.Select(p => KeyValuePair.Create(char.ToUpperInvariant(p.Key[0]) + p.Key[1..], p.Value?.DeepClone())));
}
