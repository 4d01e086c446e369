using System.Globalization;
using System.Text.Json.Nodes;
using LogDelivery.Sandbox.State;
using LogDelivery.Sources;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>
/// Records the two kinds of evidence that AWS records of a delivery attempt: a CloudTrail data event for the trails that
/// select it, and a line of the bucket's access log. A bucket named as <see cref="SandboxState.Evidence"/> gets both
/// without any trail or logging being set up.
/// </summary>
internal sealed class EvidenceRecorder(SandboxState state)
{
    private readonly List<JsonObject> records = [];
    private readonly List<string> lines = [];
    private long number;

    public void Add(WriteAttempt attempt)
    {
        var requestId = GeneratedNames.Mixed($"{attempt.Bucket.Name}/{attempt.Key}/{number++}", 16).ToUpperInvariant();
        JsonObject? record = null;
        foreach (var trail in SelectingTrails(attempt))
        {
            record ??= TrailRecords.DataEvent(attempt, requestId);
            trail.LegOf(attempt.Bucket.Owner, attempt.Bucket.Region).NextRecords.Add(record.DeepClone().AsObject());
        }

        if (attempt.Bucket.Configuration.AccessLog is not null)
        {
            attempt.Bucket.AccessLogLines.Add(AccessLogLine(attempt, requestId));
        }

        if (state.Evidence is { } evidence && evidence.BucketName != attempt.Bucket.Name)
        {
            records.Add(record ?? TrailRecords.DataEvent(attempt, requestId));
            lines.Add(AccessLogLine(attempt, requestId));
        }
    }

    /// <summary>Delivers the collected records: access logs to their targets, the others to the evidence bucket.</summary>
    public void Flush(DeliveryWriter writer)
    {
        foreach (var bucket in state.Buckets.Values.Where(b => b.AccessLogLines.Count > 0).ToArray())
        {
            DeliverAccessLog(bucket, writer);
        }

        if (records.Count > 0 && state.Evidence is { } evidence && state.Buckets.TryGetValue(evidence.BucketName, out var target))
        {
            var seed = $"evidence/{state.Now.ToUnixTimeSeconds()}/{number}";
            var trail = $"{evidence.Prefix}AWSLogs/{target.Owner}/CloudTrail/{target.Region}/{GeneratedNames.Format(state.Now, "yyyy'/'MM'/'dd")}/{target.Owner}_CloudTrail_{target.Region}_{GeneratedNames.Format(state.Now, "yyyyMMdd'T'HHmm'Z'")}_{GeneratedNames.Mixed(seed, 16)}.json.gz";
            var document = new JsonObject { ["Records"] = new JsonArray([.. records]) };
            target.Objects.Put(new SandboxObject(trail, Compression.Gzip(document.ToJsonString()), state.Now, "application/json") { ContentEncoding = "gzip" });
            var log = $"{evidence.Prefix}access-logs/{AccessLogName(seed)}";
            target.Objects.Put(new SandboxObject(log, Text(lines), state.Now, "text/plain"));
        }

        records.Clear();
        lines.Clear();
    }

    // Access logs are best effort: what is refused is gone. Source: S3 user guide, ServerLogs.
    private void DeliverAccessLog(Bucket bucket, DeliveryWriter writer)
    {
        var content = bucket.AccessLogLines.ToArray();
        bucket.AccessLogLines.Clear();
        if (bucket.Configuration.AccessLog is not { } log)
        {
            return;
        }

        var route = new DeliveryRoute(new Delivery
        {
            Source = SourceCatalog.Find("S3AccessLogs")!,
            BucketName = log.Bucket,
            AccountId = bucket.Owner,
            Region = bucket.Region,
            KeyPrefix = log.Prefix,
            SourceArn = bucket.Arn,
        });
        writer.Write(route, null, $"{log.Prefix}{AccessLogName($"{bucket.Name}/{state.Now.ToUnixTimeSeconds()}")}", () => Text(content), "text/plain");
    }

    private IEnumerable<SandboxTrail> SelectingTrails(WriteAttempt attempt)
        => state.TrailsVisibleTo(attempt.Bucket.Owner)
            .Where(t => t.IsLogging && t.IsIn(attempt.Bucket.Region) && TrailRecords.SelectsWritesOf(t, $"{attempt.Bucket.Arn}/{attempt.Key}"));

    private string AccessLogName(string seed) => $"{GeneratedNames.Format(state.Now, "yyyy-MM-dd-HH-mm-ss")}-{GeneratedNames.Hex(seed, 16).ToUpperInvariant()}";

    private static byte[] Text(IEnumerable<string> content) => System.Text.Encoding.UTF8.GetBytes(string.Concat(content.Select(l => l + "\n")));

    // Source: S3 user guide, LogFormat.
    private static string AccessLogLine(WriteAttempt attempt, string requestId)
    {
        var time = attempt.Time.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture);
        var key = Uri.EscapeDataString(attempt.Key).Replace("%2F", "/", StringComparison.Ordinal);
        var (status, error, sent) = attempt.Failure is { } failure ? (failure.Status, failure.Code, "243") : (200, "-", "-");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Bucket.CanonicalIdOf(attempt.Bucket.Owner)} {attempt.Bucket.Name} [{time}] - svc:{attempt.Principal} {requestId} REST.PUT.OBJECT {key} \"PUT /{key} HTTP/1.1\" {status} {error} {sent} {(attempt.Failure is null ? attempt.Size : "-")} 21 9 \"-\" \"{attempt.Principal}\" - {GeneratedNames.Mixed(requestId, 60)}= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader {attempt.Bucket.Name}.s3.{attempt.Bucket.Region}.amazonaws.com TLSv1.2 - -");
    }
}
