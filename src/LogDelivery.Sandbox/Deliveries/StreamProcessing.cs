using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>Processes the records of a stream before they are written. Source: Firehose developer guide, writing-with-cloudwatch-logs-decompression, data-transformation.</summary>
internal sealed class StreamProcessing(SandboxState state, FirehoseStream stream)
{
    // One attempt and three retries, unless the processor says otherwise.
    private const int DefaultRetries = 3;

    private readonly List<JsonObject> processors = stream.Destination["ProcessingConfiguration"] is JsonObject processing && (bool?)processing["Enabled"] == true
        ? [.. (processing["Processors"] as JsonArray ?? []).OfType<JsonObject>()]
        : [];

    /// <summary>The kind of failure, as the error prefix names it.</summary>
    public string ErrorOutputType { get; private set; } = "processing-failed";

    /// <summary>The error code and message of the last failure; <see langword="null"/> when there was none.</summary>
    public (string Code, string Message)? Error { get; private set; }

    /// <summary>Processes records.</summary>
    /// <param name="records">The records as they arrived.</param>
    /// <param name="failed">Receives the records that could not be processed, in the form that Firehose delivers them.</param>
    public byte[] Process(IReadOnlyList<StreamRecord> records, out byte[] failed)
    {
        var (content, aside) = (new MemoryStream(), new MemoryStream());
        foreach (var record in records)
        {
            if (Process(record.Data) is { } data)
            {
                content.Write(data);
            }
            else
            {
                aside.Write(SetAside(record));
                aside.Write("\n"u8);
            }
        }

        failed = aside.ToArray();
        return content.ToArray();
    }

    private JsonObject? Find(string type) => processors.FirstOrDefault(p => (string?)p["Type"] == type);

    private static string? Parameter(JsonObject processor, string name)
        => (processor["Parameters"] as JsonArray ?? []).OfType<JsonObject>().Where(p => (string?)p["ParameterName"] == name).Select(p => (string?)p["ParameterValue"]).FirstOrDefault();

    private byte[]? Process(byte[] data)
    {
        var current = data;
        if (Find("Decompression") is not null)
        {
            if (Decompress(current) is not { } plain)
            {
                // The codes of a failed decompression are on no page.
                ErrorOutputType = "decompression-failed";
                Error = ("Decompression.InvalidData", "The record is not gzip.");
                return null;
            }

            current = plain;
        }

        if (Find("CloudWatchLogProcessing") is { } extraction && Parameter(extraction, "DataMessageExtraction") == "true")
        {
            current = ExtractMessages(current);
        }

        if (Find("Lambda") is { } lambda && CallLambda(Parameter(lambda, "LambdaArn") ?? string.Empty) is { } problem)
        {
            ErrorOutputType = "processing-failed";
            Error = problem;
            return null;
        }

        return Find("AppendDelimiterToRecord") is not null && current.Length > 0 ? [.. current, (byte)'\n'] : current;
    }

    private static byte[]? Decompress(byte[] data)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(data), CompressionMode.Decompress);
            var output = new MemoryStream();
            gzip.CopyTo(output);
            return output.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // Only what data messages say is kept; control messages say nothing.
    private static byte[] ExtractMessages(byte[] envelope)
    {
        var message = JsonNode.Parse(envelope) as JsonObject;
        var events = (string?)message?["messageType"] == "DATA_MESSAGE" ? (message["logEvents"] as JsonArray ?? []).OfType<JsonObject>() : [];
        return Encoding.UTF8.GetBytes(string.Join('\n', events.Select(e => (string?)e["message"])));
    }

    // There are no functions here, so every call fails because the function does not exist.
    private (string Code, string Message)? CallLambda(string function)
        => RoleUse.Allows(state, (string?)stream.Destination["RoleARN"] ?? string.Empty, "lambda:InvokeFunction", function)
            ? ("Lambda.ResourceNotFound", "The specified Lambda function does not exist. Use a different function that does exist.")
            : ("Lambda.InvokeAccessDenied", "Access was denied. Ensure that the access policy allows access to the Lambda function.");

    private byte[] SetAside(StreamRecord record)
    {
        var document = new JsonObject
        {
            ["attemptsMade"] = ErrorOutputType == "processing-failed" ? 1 + DefaultRetries : 1,
            ["arrivalTimestamp"] = record.Arrived.ToUnixTimeMilliseconds(),
            ["errorCode"] = Error?.Code,
            ["errorMessage"] = Error?.Message,
            ["attemptEndingTimestamp"] = state.Now.ToUnixTimeMilliseconds(),
            ["rawData"] = Convert.ToBase64String(record.Data),
        };
        if (Find("Lambda") is { } lambda)
        {
            document["lambdaArn"] = Parameter(lambda, "LambdaArn");
        }

        return JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Relaxed);
    }
}
