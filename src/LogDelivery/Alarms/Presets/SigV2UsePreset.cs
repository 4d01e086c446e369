namespace LogDelivery.Alarms.Presets;

/// <summary>A request was signed with Signature Version 2.</summary>
internal sealed class SigV2UsePreset : AlarmPreset
{
    public override string Id => "SigV2Use";

    public override string Summary => "A request for an object of the bucket was signed with Signature Version 2.";

    public override string Caveat
        => "It works on log groups of trails and on those that an EventBridge rule fills. Requests of presigned URLs count as well.";

    public override WatchedCalls Calls => WatchedCalls.All;

    public override string PatternFor(PresetValues values)
    {
        var plain = PatternText.Both(PatternText.Is("additionalEventData.SignatureVersion", "SigV2"), PatternText.InBucket(values));
        var wrapped = PatternText.Both(PatternText.Is("detail.additionalEventData.SignatureVersion", "SigV2"), PatternText.InBucket(values, "detail."));
        return $"{{ ({plain}) || ({wrapped}) }}";
    }

    public override IReadOnlyList<SampleEvent> SamplesFor(PresetValues values)
    {
        var bucket = SampleRecord.BucketOf(values);
        return
        [
            new("read with SigV2", SampleRecord.OfUser("GetObject", bucket).SignedBy("SigV2").ToText(), true),
            new("write with SigV2", SampleRecord.OfUser("PutObject", bucket).SignedBy("SigV2").ToText(), true),
            new("write with SigV2, by EventBridge", SampleRecord.OfUser("PutObject", bucket).SignedBy("SigV2").ToEventBridgeText(), true),
            new("read with SigV4", SampleRecord.OfUser("GetObject", bucket).ToText(), false),
            new("read with SigV4, by EventBridge", SampleRecord.OfUser("GetObject", bucket).ToEventBridgeText(), false),
        ];
    }
}
