namespace LogDelivery.Alarms.Presets;

/// <summary>A service that delivers logs was refused.</summary>
internal sealed class DeliveryFailurePreset : AlarmPreset
{
    public override string Id => "DeliveryFailure";

    public override string Summary => "An AWS service could not write an object into the bucket.";

    public override string Caveat
        => "It sees refusals of services that write under their own name. A source that points to another bucket is not seen, nor one that writes with a role of yours; and nothing is seen of a bucket whose PutObject data events no trail records.";

    public override WatchedCalls Calls => WatchedCalls.Writes;

    public override string PatternFor(PresetValues values) => PatternText.All(
        PatternText.Is("eventSource", "s3.amazonaws.com"),
        PatternText.Is("eventName", "PutObject"),
        PatternText.Is("userIdentity.type", "AWSService"),
        PatternText.Is("errorCode", "*"),
        PatternText.InBucket(values));

    public override IReadOnlyList<SampleEvent> SamplesFor(PresetValues values)
    {
        const string Vended = "delivery.logs.amazonaws.com";
        var bucket = SampleRecord.BucketOf(values);
        var samples = new List<SampleEvent>
        {
            new("flow log refused", SampleRecord.OfService(Vended, "PutObject", bucket).Failing("AccessDenied").ToText(), true),
            new("trail refused", SampleRecord.OfService("cloudtrail.amazonaws.com", "PutObject", bucket).Failing("AccessDenied").ToText(), true),
            new("KMS key disabled", SampleRecord.OfService(Vended, "PutObject", bucket).Failing("KMS.DisabledException", "The key is disabled.").ToText(), true),
            new("flow log delivered", SampleRecord.OfService(Vended, "PutObject", bucket).ToText(), false),
            new("bucket looked for by a service", SampleRecord.OfService(Vended, "HeadBucket", bucket).Failing("AccessDenied").AsManagementEvent().ToText(), false),
            new("user refused", SampleRecord.OfUser("PutObject", bucket).Failing("AccessDenied").ToText(), false),
        };
        if (values.BucketName is not null)
        {
            samples.Add(new("refusal in another bucket", SampleRecord.OfService(Vended, "PutObject", $"{bucket}-other").Failing("AccessDenied").ToText(), false));
        }

        return samples;
    }
}
