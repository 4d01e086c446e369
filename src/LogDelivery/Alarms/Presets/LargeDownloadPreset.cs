using System.Globalization;

namespace LogDelivery.Alarms.Presets;

/// <summary>An object was read that is larger than a limit.</summary>
internal sealed class LargeDownloadPreset : AlarmPreset
{
    private const string Field = "additionalEventData.bytesTransferredOut";

    public override string Id => "LargeDownload";

    public override string Summary => "More bytes than the limit were read from the bucket in one request.";

    public override string Caveat
        => "It looks at single requests: many small ones stay below the limit. GetObject data events are as many as reads are; see the cost.";

    public override WatchedCalls Calls => WatchedCalls.Reads;

    public override string PatternFor(PresetValues values) => PatternText.All(
        PatternText.Is("eventSource", "s3.amazonaws.com"),
        PatternText.Is("eventName", "GetObject"),
        string.Create(CultureInfo.InvariantCulture, $"$.{Field} > {values.LargerThan}"),
        PatternText.InBucket(values));

    public override IReadOnlyList<SampleEvent> SamplesFor(PresetValues values)
    {
        var bucket = SampleRecord.BucketOf(values);
        return
        [
            new("download above the limit", SampleRecord.OfUser("GetObject", bucket).Sending(values.LargerThan + 1).ToText(), true),
            new("download through a VPC endpoint", SampleRecord.OfUser("GetObject", bucket).Through("vpce-1a2b3c4d").Sending(values.LargerThan + 1_000_000).ToText(), true),
            new("download at the limit", SampleRecord.OfUser("GetObject", bucket).Sending(values.LargerThan).ToText(), false),
            new("upload", SampleRecord.OfUser("PutObject", bucket).ToText(), false),
        ];
    }
}
