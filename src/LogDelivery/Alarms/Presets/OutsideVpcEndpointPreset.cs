namespace LogDelivery.Alarms.Presets;

/// <summary>An object was reached by another way than a VPC endpoint.</summary>
internal sealed class OutsideVpcEndpointPreset : AlarmPreset
{
    private const string Field = "vpcEndpointId";

    public override string Id => "OutsideVpcEndpoint";

    public override string Summary => "An object of the bucket was reached, but not through the VPC endpoint.";

    public override string Caveat
        => "The console, CloudShell, Athena and functions outside of a VPC come by other ways too and set it off. AWS services that deliver logs do not: their requests never pass an endpoint and are left out.";

    public override WatchedCalls Calls => WatchedCalls.All;

    // "Not equal" is false where the field is missing, so both have to be asked for: the endpoint is another, or there is none.
    public override string PatternFor(PresetValues values)
    {
        var outside = values.VpcEndpointIds.Count == 0
            ? $"$.{Field} NOT EXISTS"
            : PatternText.Any($"$.{Field} NOT EXISTS", PatternText.Both([.. values.VpcEndpointIds.Select(id => $"$.{Field} != \"{id}\"")]));
        return PatternText.All(
            PatternText.Is("eventSource", "s3.amazonaws.com"),
            PatternText.Any("$.managementEvent NOT EXISTS", "$.managementEvent IS FALSE"),
            PatternText.Any("$.userIdentity.type NOT EXISTS", "$.userIdentity.type != \"AWSService\""),
            outside,
            PatternText.InBucket(values));
    }

    public override IReadOnlyList<SampleEvent> SamplesFor(PresetValues values)
    {
        var bucket = SampleRecord.BucketOf(values);
        var own = values.VpcEndpointIds.Count == 0 ? "vpce-1a2b3c4d" : values.VpcEndpointIds[0];
        var samples = new List<SampleEvent>
        {
            new("read from a public address", SampleRecord.OfUser("GetObject", bucket).ToText(), true),
            new("read by Athena", SampleRecord.OfUser("GetObject", bucket).From("athena.amazonaws.com").ToText(), true),
            new("write from a public address", SampleRecord.OfUser("PutObject", bucket).ToText(), true),
            new("read through the endpoint", SampleRecord.OfUser("GetObject", bucket).Through(own).ToText(), false),
            new("log delivered", SampleRecord.OfService("delivery.logs.amazonaws.com", "PutObject", bucket).ToText(), false),
            new("settings looked at", SampleRecord.OfUser("GetBucketAcl", bucket).AsManagementEvent().ToText(), false),
        };
        if (values.VpcEndpointIds.Count > 0)
        {
            samples.Add(new("read through another endpoint", SampleRecord.OfUser("GetObject", bucket).Through("vpce-0therendpoint").ToText(), true));
        }

        return samples;
    }
}
