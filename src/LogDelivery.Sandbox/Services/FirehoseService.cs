using System.Text.Json.Nodes;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>Firehose: streams that are kept. Their deliveries are configured as those of any other source.</summary>
internal sealed class FirehoseService : JsonService
{
    private readonly SandboxState state;

    public FirehoseService(SandboxState state)
        : base("firehose", "Firehose_20150804")
    {
        this.state = state;
        On("CreateDeliveryStream", CreateDeliveryStream);
        On("DescribeDeliveryStream", DescribeDeliveryStream);
        On("ListDeliveryStreams", ListDeliveryStreams);
        On("DeleteDeliveryStream", DeleteDeliveryStream);
    }

    private static string ArnOf(JsonCall call)
        => $"arn:{SandboxState.PartitionOf(call.Region)}:firehose:{call.Region}:{call.Account}:deliverystream/{call.Text("DeliveryStreamName")}";

    private DeliveryStream StreamOf(JsonCall call)
        => state.AccountOf(call.Account).Streams.GetValueOrDefault(ArnOf(call))
        ?? throw new ApiException("ResourceNotFoundException", $"Firehose {call.Text("DeliveryStreamName")} under account {call.Account} not found.");

    private JsonObject CreateDeliveryStream(JsonCall call)
    {
        var stream = new DeliveryStream(call.Text("DeliveryStreamName") ?? string.Empty, ArnOf(call), state.Now, call.Input.DeepClone().AsObject());
        return state.AccountOf(call.Account).Streams.TryAdd(stream.Arn, stream)
            ? new JsonObject { ["DeliveryStreamARN"] = stream.Arn }
            : throw new ApiException("ResourceInUseException", $"Firehose {stream.Name} under accountId {call.Account} already exists");
    }

    private JsonObject DescribeDeliveryStream(JsonCall call)
    {
        var stream = StreamOf(call);
        var destination = new JsonObject { ["DestinationId"] = "destinationId-000000000001" }
            .With("ExtendedS3DestinationDescription", stream.Description["ExtendedS3DestinationConfiguration"]?.DeepClone())
            .With("S3DestinationDescription", (stream.Description["ExtendedS3DestinationConfiguration"] ?? stream.Description["S3DestinationConfiguration"])?.DeepClone());
        return new JsonObject
        {
            ["DeliveryStreamDescription"] = new JsonObject
            {
                ["DeliveryStreamName"] = stream.Name,
                ["DeliveryStreamARN"] = stream.Arn,
                ["DeliveryStreamStatus"] = "ACTIVE",
                ["DeliveryStreamType"] = (string?)stream.Description["DeliveryStreamType"] ?? "DirectPut",
                ["VersionId"] = "1",
                ["CreateTimestamp"] = JsonValues.Time(stream.Created),
                ["Destinations"] = new JsonArray(destination),
                ["HasMoreDestinations"] = false,
            },
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
}
