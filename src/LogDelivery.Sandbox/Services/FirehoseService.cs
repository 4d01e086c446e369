using System.Text.Json.Nodes;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;
using LogDelivery.Streams;

namespace LogDelivery.Sandbox.Services;

/// <summary>Firehose: streams into S3, and the records that are put into them. Source: Firehose API reference.</summary>
internal sealed class FirehoseService : JsonService
{
    private const int MaxRecords = 500;
    private const int MaxRecordBytes = 1000 * 1024;

    private static readonly string[] Destinations = ["ExtendedS3Destination", "S3Destination"];

    private readonly SandboxState state;

    public FirehoseService(SandboxState state)
        : base("firehose", "Firehose_20150804")
    {
        this.state = state;
        On("CreateDeliveryStream", CreateDeliveryStream);
        On("DescribeDeliveryStream", DescribeDeliveryStream);
        On("ListDeliveryStreams", ListDeliveryStreams);
        On("DeleteDeliveryStream", DeleteDeliveryStream);
        On("UpdateDestination", UpdateDestination);
        On("PutRecord", PutRecord);
        On("PutRecordBatch", PutRecordBatch);
    }

    /// <summary>Builds the description of a destination, including the defaults.</summary>
    public static JsonObject Described(JsonObject configured)
    {
        var described = configured.DeepClone().AsObject();
        described["BufferingHints"] ??= new JsonObject { ["SizeInMBs"] = 5, ["IntervalInSeconds"] = 300 };
        described["CompressionFormat"] ??= "UNCOMPRESSED";
        described["EncryptionConfiguration"] ??= new JsonObject { ["NoEncryptionConfig"] = "NoEncryption" };
        described["CloudWatchLoggingOptions"] ??= new JsonObject { ["Enabled"] = false };
        if (described["S3BackupConfiguration"] is { } backup)
        {
            described.Remove("S3BackupConfiguration");
            described["S3BackupDescription"] = backup;
        }

        return described;
    }

    private static ApiException Invalid(string message) => new("InvalidArgumentException", message);

    private static string ArnOf(JsonCall call)
        => $"arn:{SandboxState.PartitionOf(call.Region)}:firehose:{call.Region}:{call.Account}:deliverystream/{call.Text("DeliveryStreamName")}";

    private FirehoseStream StreamOf(JsonCall call)
        => state.AccountOf(call.Account).Streams.GetValueOrDefault(ArnOf(call))
        ?? throw new ApiException("ResourceNotFoundException", $"Firehose {call.Text("DeliveryStreamName")} under account {call.Account} not found.");

    private JsonObject CreateDeliveryStream(JsonCall call)
    {
        var name = call.Text("DeliveryStreamName") ?? string.Empty;
        if (name.Length is 0 or > 64 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-')))
        {
            throw new ApiException("ValidationException", "deliveryStreamName: 1 to 64 letters, digits, underscores, hyphens and periods.");
        }

        var configured = Destinations.Select(d => call.Input[$"{d}Configuration"]).OfType<JsonObject>().FirstOrDefault()
            ?? throw Invalid("The sandbox takes streams with an S3 destination only.");
        var source = call.Input["KinesisStreamSourceConfiguration"] is JsonObject kinesis ? new JsonObject { ["KinesisStreamSourceDescription"] = kinesis.DeepClone() } : null;
        var stream = new FirehoseStream(name, ArnOf(call), call.Account, call.Region, state.Now, call.Text("DeliveryStreamType") ?? "DirectPut", Described(configured)) { Source = source };
        Check(stream.Destination);
        return state.AccountOf(call.Account).Streams.TryAdd(stream.Arn, stream)
            ? new JsonObject { ["DeliveryStreamARN"] = stream.Arn }
            : throw new ApiException("ResourceInUseException", $"Firehose {stream.Name} under accountId {call.Account} already exists");
    }

    private static void Check(JsonObject destination)
    {
        foreach (var (name, prefix) in new[] { ("RoleARN", "arn:"), ("BucketARN", "arn:") })
        {
            if ((string?)destination[name] is { } value && !value.StartsWith(prefix, StringComparison.Ordinal))
            {
                throw new ApiException("ValidationException", $"{name} is no ARN.");
            }
        }

        var data = KeyPrefixExpression.ForData((string?)destination["Prefix"]);
        var errors = (string?)destination["ErrorOutputPrefix"];
        if (data.HasExpressions && string.IsNullOrEmpty(errors))
        {
            throw Invalid("ErrorOutputPrefix cannot be null or empty when Prefix contains expressions.");
        }

        if (data.Problems.Concat(KeyPrefixExpression.ForErrors(errors, (string?)destination["Prefix"]).Problems).FirstOrDefault() is { } problem)
        {
            throw Invalid(problem);
        }
    }

    private JsonObject DescribeDeliveryStream(JsonCall call)
    {
        var stream = StreamOf(call);
        string[] extended = ["ProcessingConfiguration", "S3BackupMode", "S3BackupDescription", "DataFormatConversionConfiguration", "DynamicPartitioningConfiguration", "FileExtension", "CustomTimeZone"];
        var plain = new JsonObject(stream.Destination.Where(m => !extended.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        return new JsonObject
        {
            ["DeliveryStreamDescription"] = new JsonObject
            {
                ["DeliveryStreamName"] = stream.Name,
                ["DeliveryStreamARN"] = stream.Arn,
                ["DeliveryStreamStatus"] = stream.Status,
                ["DeliveryStreamEncryptionConfiguration"] = new JsonObject { ["Status"] = stream.EncryptionStatus },
                ["DeliveryStreamType"] = stream.Type,
                ["VersionId"] = stream.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["CreateTimestamp"] = WireValues.Time(stream.Created),
                ["Destinations"] = new JsonArray(new JsonObject
                {
                    ["DestinationId"] = "destinationId-000000000001",
                    ["S3DestinationDescription"] = plain,
                    ["ExtendedS3DestinationDescription"] = stream.Destination.DeepClone(),
                }),
                ["HasMoreDestinations"] = false,
            }.With("Source", stream.Source?.DeepClone()),
        };
    }

    private JsonObject ListDeliveryStreams(JsonCall call) => new()
    {
        ["DeliveryStreamNames"] = new JsonArray([.. state.AccountOf(call.Account).Streams.Values.Where(s => s.Arn.Contains($":{call.Region}:", StringComparison.Ordinal)).Select(s => JsonValue.Create(s.Name))]),
        ["HasMoreDeliveryStreams"] = false,
    };

    private JsonObject? DeleteDeliveryStream(JsonCall call)
    {
        state.AccountOf(call.Account).Streams.Remove(StreamOf(call).Arn);
        return null;
    }

    private JsonObject? UpdateDestination(JsonCall call)
    {
        var stream = StreamOf(call);
        if (call.Text("CurrentDeliveryStreamVersionId") != stream.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            throw new ApiException("ConcurrentModificationException", $"Cannot update firehose: {stream.Name} since the current version id: {stream.Version} and specified version id: {call.Text("CurrentDeliveryStreamVersionId")} do not match");
        }

        var update = Destinations.Select(d => call.Input[$"{d}Update"]).OfType<JsonObject>().FirstOrDefault()
            ?? throw Invalid("The sandbox takes updates of S3 destinations only.");
        var merged = stream.Destination.DeepClone().AsObject();
        foreach (var (name, value) in update)
        {
            merged[name == "S3BackupUpdate" ? "S3BackupDescription" : name] = value?.DeepClone();
        }

        Check(merged);
        stream.Destination = merged;
        stream.Version++;
        return null;
    }

    private JsonObject PutRecord(JsonCall call)
    {
        var stream = OpenStream(call);
        return new JsonObject { ["RecordId"] = Put(stream, DataOf(call.Input["Record"])), ["Encrypted"] = false };
    }

    private JsonObject PutRecordBatch(JsonCall call)
    {
        var stream = OpenStream(call);
        var records = call.Input["Records"] as JsonArray ?? [];
        return records.Count is 0 or > MaxRecords
            ? throw Invalid($"A batch has 1 to {MaxRecords} records.")
            : new JsonObject
            {
                ["FailedPutCount"] = 0,
                ["Encrypted"] = false,
                ["RequestResponses"] = new JsonArray([.. records.Select(r => new JsonObject { ["RecordId"] = Put(stream, DataOf(r)) })]),
            };
    }

    private FirehoseStream OpenStream(JsonCall call)
    {
        var stream = StreamOf(call);
        return stream switch
        {
            { Type: not "DirectPut" } => throw Invalid($"This operation is not permitted on {stream.Type} delivery stream type."),
            { Status: not "ACTIVE" } => throw new ApiException("ServiceUnavailableException", "The service is unavailable. Back off and retry the operation.", 503),
            _ => stream,
        };
    }

    private static byte[] DataOf(JsonNode? record)
    {
        var data = Convert.FromBase64String((string?)record?["Data"] ?? throw Invalid("A record has Data."));
        return data.Length <= MaxRecordBytes ? data : throw Invalid($"A record has at most {MaxRecordBytes} bytes.");
    }

    private string Put(FirehoseStream stream, byte[] data)
    {
        stream.Buffer.Add(new(state.Now, data));
        return Deliveries.GeneratedNames.Mixed($"{stream.Arn}/{state.Now.ToUnixTimeMilliseconds()}/{stream.Buffer.Count}/{stream.Delivered}", 44);
    }
}
