using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogDelivery.Tests.Records.Subscriptions;

/// <summary>Events and every shape in which they arrive.</summary>
internal static class Shapes
{
    private static readonly Dictionary<(bool EscapesAll, bool IsIndented), JsonSerializerOptions> Options = new[] { (false, false), (false, true), (true, false), (true, true) }.ToDictionary(
        o => o,
        o => new JsonSerializerOptions { Encoder = o.Item1 ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = o.Item2 });

    /// <summary>The shapes that keep all of an event.</summary>
    public static readonly IReadOnlyDictionary<string, Func<byte[][], byte[]>> OfEnvelopes = new Dictionary<string, Func<byte[][], byte[]>>
    {
        ["gzip members"] = envelopes => [.. envelopes.SelectMany(e => MemoryObject.Gzip(e))],
        ["gzip of gzip"] = envelopes => MemoryObject.Gzip([.. envelopes.SelectMany(e => MemoryObject.Gzip(e))]),
        ["gzip members of gzip"] = envelopes => [.. envelopes.SelectMany(e => MemoryObject.Gzip(MemoryObject.Gzip(e)))],
        ["no delimiter"] = envelopes => [.. envelopes.SelectMany(e => e)],
        ["one gzip, no delimiter"] = envelopes => MemoryObject.Gzip([.. envelopes.SelectMany(e => e)]),
        ["a line each"] = envelopes => [.. envelopes.SelectMany(e => e.Append((byte)'\n'))],
        ["an array"] = envelopes => Encoding.UTF8.GetBytes($"[{string.Join(',', envelopes.Select(Encoding.UTF8.GetString))}]"),
        ["Lambda"] = envelopes => Lines(envelopes, e => $$$"""{"awslogs": {"data": "{{{Base64(e)}}}"}}"""),
        ["Kinesis to Lambda"] = envelopes => Wrap(envelopes, "{\"Records\":[", e => $$$"""{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"data","sequenceNumber":"1","data":"{{{Base64(e)}}}"},"eventSource":"aws:kinesis","eventVersion":"1.0","eventName":"aws:kinesis:record"}""", "]}"),
        ["GetRecords"] = envelopes => Wrap(envelopes, "{\n  \"Records\": [", e => $$"""{"SequenceNumber":"1","Data":"{{Base64(e)}}","PartitionKey":"Data"}""", "],\"NextShardIterator\":\"AAA\"}"),
        ["GetRecords, plain"] = envelopes => Wrap(envelopes, "{\"Records\":[", e => $$"""{"Data":"{{Convert.ToBase64String(e).Replace("/", "\\/", StringComparison.Ordinal)}}"}""", "]}"),
        ["Firehose transformation"] = envelopes => Wrap(envelopes, "{\"invocationId\":\"i\",\"deliveryStreamArn\":\"arn:aws:firehose:us-east-1:111122223333:deliverystream/s\",\"records\":[", e => $$"""{"recordId":"1","data":"{{Base64(e)}}"}""", "]}"),
        ["Firehose failures"] = envelopes => Lines(envelopes, e => $$"""{"attemptsMade":4,"arrivalTimestamp":1,"errorCode":"Lambda.FunctionError","errorMessage":"\"data\":\"x\"","attemptEndingTimestamp":2,"rawData":"{{Base64(e).Replace("+", "\\u002B", StringComparison.Ordinal)}}"}"""),
    };

    public static LogSubscriptionEvent Event(string message, long number = 1) => new()
    {
        LogGroup = "/aws/{\"group\"}",
        LogStream = "stream",
        Owner = "111122223333",
        Id = $"3886{number:D8}",
        Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1_769_848_800_000 + number).UtcDateTime,
        Message = message,
    };

    /// <summary>An envelope, as CloudWatch Logs writes it.</summary>
    public static byte[] Envelope(IEnumerable<LogSubscriptionEvent> events, bool escapesAll = false, bool isAccountLevel = false, bool isIndented = false)
    {
        var all = events.ToArray();
        var envelope = new Dictionary<string, object?>
        {
            ["messageType"] = "DATA_MESSAGE",
            ["owner"] = all[0].Owner,
            ["logGroup"] = all[0].LogGroup,
            ["logStream"] = all[0].LogStream,
            ["subscriptionFilters"] = new[] { "filter \"}]\"" },
            ["logEvents"] = all.Select(e => new Dictionary<string, object?>
            {
                ["id"] = e.Id,
                ["timestamp"] = new DateTimeOffset(e.Timestamp!.Value).ToUnixTimeMilliseconds(),
                ["message"] = e.Message,
                ["extractedFields"] = new { message = "not this one", id = "nor this" },
            }),
        };
        if (isAccountLevel)
        {
            envelope["policyLevel"] = "ACCOUNT_LEVEL_POLICY";
        }

        return JsonSerializer.SerializeToUtf8Bytes(envelope, Options[(escapesAll, isIndented)]);
    }

    private static string Base64(byte[] envelope) => Convert.ToBase64String(MemoryObject.Gzip(envelope));

    private static byte[] Lines(byte[][] envelopes, Func<byte[], string> wrap) => Encoding.UTF8.GetBytes(string.Join('\n', envelopes.Select(wrap)));

    private static byte[] Wrap(byte[][] envelopes, string start, Func<byte[], string> wrap, string end)
        => Encoding.UTF8.GetBytes($"{start}{string.Join(",\n", envelopes.Select(wrap))}{end}");
}
