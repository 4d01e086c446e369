using System.Text.Json.Nodes;

namespace LogDelivery.Alarms.Presets;

/// <summary>A trail could not write its log files.</summary>
/// <remarks>
/// CloudTrail tells of it in GetTrailStatus only, which is no event. So something has to write the status into a log group
/// now and then: the template of this preset does, and so does <c>logdelivery health --output json</c> in a scheduled job.
/// There is one other trace: where a second trail records the data events of the first one's bucket, the refused PutObject
/// is a record. It is none when the bucket is gone.
/// </remarks>
internal sealed class TrailDeliveryErrorPreset : AlarmPreset
{
    public override string Id => "TrailDeliveryError";

    public override string Summary => "A trail could not write its log files into its bucket.";

    public override string Caveat
        => "CloudTrail writes no event of it. The log group has to receive the answers of GetTrailStatus, or the lines of 'logdelivery health --output json', from a scheduled job; or the data events of the trail's bucket, which another trail has to record and which stop when the bucket is deleted.";

    // One regular expression says "not empty": an error that is empty is none, and a wildcard would match that too.
    public override string PatternFor(PresetValues values)
    {
        var refused = PatternText.Both(
            PatternText.Is("eventName", "PutObject"),
            PatternText.Is("userIdentity.invokedBy", "cloudtrail.amazonaws.com"),
            PatternText.Is("errorCode", "*"),
            PatternText.InBucket(values));
        var reported = values.BucketName is { } bucket
            ? PatternText.Both(PatternText.Is("State", "Failing"), PatternText.Is("BucketName", bucket))
            : PatternText.Is("State", "Failing");
        return $"{{ ($.LatestDeliveryError = %[A-Za-z]%) || ({reported}) || ({refused}) }}";
    }

    public override IReadOnlyList<SampleEvent> SamplesFor(PresetValues values)
    {
        const string Trail = "cloudtrail.amazonaws.com";
        var bucket = SampleRecord.BucketOf(values);
        return
        [
            new("status with AccessDenied", Status("AccessDenied"), true),
            new("status with NoSuchBucket", Status("NoSuchBucket"), true),
            new("health that is failing", Health("Failing", bucket), true),
            new("log file refused", SampleRecord.OfService(Trail, "PutObject", bucket).Failing("AccessDenied").ToText(), true),
            new("status without an error", Status(null), false),
            new("status with an empty error", Status(string.Empty), false),
            new("health that is well", Health("Healthy", bucket), false),
            new("log file delivered", SampleRecord.OfService(Trail, "PutObject", bucket).ToText(), false),
        ];
    }

    private static string Status(string? error)
    {
        var status = new JsonObject { ["IsLogging"] = true, ["LatestDeliveryTime"] = 1769850000.0 };
        if (error is not null)
        {
            status["LatestDeliveryError"] = error;
        }

        return status.ToJsonString();
    }

    private static string Health(string state, string bucket)
        => new JsonObject { ["TrailArn"] = $"arn:aws:cloudtrail:us-east-1:{SampleRecord.Account}:trail/management", ["State"] = state, ["BucketName"] = bucket }.ToJsonString();
}
