using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using LogDelivery.Sandbox.State;
using LogDelivery.Sources;
using LogDelivery.Streams;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>
/// Delivers the records that streams have buffered: by their interval or size, with their role, retried for a day and then
/// lost. Source: Firehose developer guide, basic-deliver and s3-object-name.
/// </summary>
internal sealed class FirehoseDelivery(SandboxState state, DeliveryWriter writer)
{
    private const int DefaultInterval = 300;
    private const int DefaultSize = 5;

    private static readonly TimeSpan RetryLimit = TimeSpan.FromHours(24);
    private static readonly DeliverySource Source = SourceCatalog.Find("Firehose")!;

    /// <summary>Delivers the objects that are due.</summary>
    public void Run()
    {
        foreach (var stream in state.Accounts.SelectMany(a => a.Streams.Values).ToArray())
        {
            Gather(stream);
            Deliver(stream);
        }
    }

    private static string? Text(FirehoseStream stream, string name) => (string?)stream.Destination[name];

    private void Gather(FirehoseStream stream)
    {
        if (stream.Buffer.Count == 0 || stream.Status != "ACTIVE")
        {
            return;
        }

        var hints = stream.Destination["BufferingHints"];
        var interval = TimeSpan.FromSeconds((int?)hints?["IntervalInSeconds"] ?? DefaultInterval);
        var size = ((int?)hints?["SizeInMBs"] ?? DefaultSize) * 1024 * 1024;
        if (state.Now - stream.Buffer[0].Arrived < interval && stream.Buffer.Sum(r => r.Data.Length) < size)
        {
            return;
        }

        var oldest = stream.Buffer[0].Arrived;
        var processing = new StreamProcessing(state, stream);
        var content = processing.Process(stream.Buffer, out var failed);
        stream.Buffer.Clear();
        if (content.Length > 0)
        {
            stream.Pending.Enqueue(new(oldest, KeyOf(stream, KeyPrefixExpression.ForData(Text(stream, "Prefix")), oldest, string.Empty), Compress(stream, content), "application/octet-stream"));
        }

        if (failed.Length > 0)
        {
            var prefix = KeyPrefixExpression.ForErrors(Text(stream, "ErrorOutputPrefix"), Text(stream, "Prefix"));
            stream.Pending.Enqueue(new(oldest, KeyOf(stream, prefix, oldest, processing.ErrorOutputType), failed, "application/octet-stream"));
            Log(stream, processing.Error!.Value.Code, processing.Error.Value.Message);
        }
    }

    private static byte[] Compress(FirehoseStream stream, byte[] content)
    {
        if (Text(stream, "CompressionFormat") != "GZIP")
        {
            return content;
        }

        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }

    private string KeyOf(FirehoseStream stream, KeyPrefixExpression prefix, DateTimeOffset oldest, string errorOutputType)
    {
        var zone = Text(stream, "CustomTimeZone");
        var seed = $"{stream.Arn}/{oldest.ToUnixTimeMilliseconds()}/{stream.Delivered + stream.Pending.Count}/{errorOutputType}";
        var local = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? TimeZoneInfo.ConvertTime(state.Now, found) : state.Now;
        var extension = Text(stream, "FileExtension") ?? (Text(stream, "CompressionFormat") == "GZIP" && errorOutputType.Length == 0 ? ".gz" : string.Empty);
        return $"{prefix.Evaluate(oldest, zone, errorOutputType, seed)}{stream.Name}-{stream.Version}-{local.ToString("yyyy-MM-dd-HH-mm-ss", CultureInfo.InvariantCulture)}-{GeneratedNames.Guid(seed)}{extension}";
    }

    private void Deliver(FirehoseStream stream)
    {
        while (stream.Pending.TryPeek(out var item))
        {
            if (state.Now - item.Time > RetryLimit)
            {
                stream.Pending.Dequeue();
                stream.Lost++;
                continue;
            }

            stream.Failure = Write(stream, item);
            if (stream.Failure is { } failure)
            {
                var (code, message) = ErrorOf(failure);
                Log(stream, code, message);
                return;
            }

            stream.Pending.Dequeue();
            stream.Delivered++;
        }
    }

    private WriteRefusal? Write(FirehoseStream stream, StreamObject item)
    {
        var roleArn = Text(stream, "RoleARN") ?? string.Empty;
        return state.FindRole(roleArn) is not { } role ? WriteRefusal.AccessDenied($"the role {roleArn} does not exist")
            : !RoleUse.TrustsFirehose(role, stream) ? WriteRefusal.AccessDenied($"the trust policy of {roleArn} does not allow Firehose to assume it")
            : writer.Write(RouteOf(stream), "data file", item.Key, () => item.Content, item.ContentType);
    }

    private static DeliveryRoute RouteOf(FirehoseStream stream)
    {
        if (stream.Route is { } known && known.Version == stream.Version)
        {
            return known.Route;
        }

        var bucketArn = Text(stream, "BucketARN") ?? string.Empty;
        var route = new DeliveryRoute(new Delivery
        {
            Source = Source,
            BucketName = bucketArn[(bucketArn.LastIndexOf(':') + 1)..],
            AccountId = stream.Account,
            Region = stream.Region,
            RoleArn = Text(stream, "RoleARN"),
            KmsKeyArn = (string?)stream.Destination["EncryptionConfiguration"]?["KMSEncryptionConfig"]?["AWSKMSKeyARN"],
        });
        stream.Route = (stream.Version, route);
        return route;
    }

    // Source: Firehose developer guide, monitoring-with-cloudwatch-logs, "Amazon S3 Data Delivery Errors".
    private static (string Code, string Message) ErrorOf(WriteRefusal failure) => failure.Code switch
    {
        "AccessDenied" => ("S3.AccessDenied", "Access was denied. Ensure that the trust policy for the provided IAM role allows Firehose to assume the role, and the access policy allows access to the S3 bucket."),
        "NoSuchBucket" => ("S3.NoSuchBucket", "The specified bucket does not exist. Create the bucket or use a different bucket that does exist."),
        "KMS.NotFoundException" => ("S3.KMS.NotFoundException", "The provided AWS KMS key was not found. If you are using what you believe to be a valid AWS KMS key with the correct role, check if there is a problem with the account to which the AWS KMS key is attached."),
        var code => ($"S3.{code}", failure.Message),
    };

    private void Log(FirehoseStream stream, string code, string message)
    {
        if (stream.Destination["CloudWatchLoggingOptions"] is not JsonObject options || (bool?)options["Enabled"] != true)
        {
            return;
        }

        var (group, name) = ((string?)options["LogGroupName"] ?? string.Empty, (string?)options["LogStreamName"] ?? string.Empty);
        var target = $"arn:{SandboxState.PartitionOf(stream.Region)}:logs:{stream.Region}:{stream.Account}:log-group:{group}:log-stream:{name}";
        if (state.FindLogGroup(stream.Account, stream.Region, group) is not { } found
            || !found.Streams.TryGetValue(name, out var present)
            || !RoleUse.Allows(state, Text(stream, "RoleARN") ?? string.Empty, "logs:PutLogEvents", target))
        {
            return;
        }

        var text = new JsonObject
        {
            ["deliveryStreamARN"] = stream.Arn,
            ["destination"] = Text(stream, "BucketARN"),
            ["deliveryStreamVersionId"] = stream.Version,
            ["message"] = message,
            ["errorCode"] = code,
        }.ToJsonString(WireJson.Relaxed);
        found.Add(name, new StoredEvent(GeneratedNames.Hex($"{stream.Arn}/{state.Now.ToUnixTimeMilliseconds()}/{present.Count}", 56), state.Now, state.Now, text));
    }
}
