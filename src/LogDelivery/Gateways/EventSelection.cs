namespace LogDelivery.Gateways;

/// <summary>
/// The selectors of a trail: basic ones or advanced ones, never both. An event is recorded when one selector matches it.
/// Source: CloudTrail user guide, filtering-data-events and logging-data-events-with-cloudtrail.
/// </summary>
/// <param name="Basic">Basic selectors.</param>
/// <param name="Advanced">Advanced selectors.</param>
internal sealed record EventSelection(IReadOnlyList<BasicEventSelector> Basic, IReadOnlyList<AdvancedEventSelector> Advanced)
{
    /// <summary>The most basic selectors that a trail can have. Source: CloudTrail API reference, PutEventSelectors.</summary>
    public const int MaxBasicSelectors = 5;

    /// <summary>Whether the data event of a call on an S3 object is recorded.</summary>
    /// <param name="call">The call.</param>
    public bool Records(ObjectCall call) => Basic.Any(s => s.Takes(call)) || Advanced.Any(s => s.Takes(call));

    /// <summary>Whether such calls on some object or other are recorded.</summary>
    internal bool RecordsSome(ObjectCall call)
        => Starts.Any(arn => Records(call with { ObjectArn = arn }));

    // An object for each beginning that a selector speaks of, and one that none does.
    private IEnumerable<string> Starts
        => Basic.SelectMany(s => s.DataResources).SelectMany(r => r.Values)
            .Concat(Advanced.SelectMany(s => s.Fields).Where(f => f.Field == "resources.ARN").SelectMany(f => f.StartsWith.Concat(f.EqualTo)))
            .Append("arn:aws:s3:::some/object");
}

/// <summary>A call on an S3 object, as selectors see it.</summary>
/// <param name="EventName">The operation, such as <c>PutObject</c>.</param>
/// <param name="ObjectArn">The object.</param>
/// <param name="IsRead">Whether it only reads.</param>
internal sealed record ObjectCall(string EventName, string ObjectArn, bool IsRead);

/// <summary>A basic selector.</summary>
internal sealed record BasicEventSelector
{
    /// <summary><c>All</c>, <c>ReadOnly</c> or <c>WriteOnly</c>.</summary>
    public string ReadWriteType { get; init; } = "All";

    /// <summary>Whether management events are recorded.</summary>
    public bool IncludeManagementEvents { get; init; } = true;

    /// <summary>The services whose management events are left out.</summary>
    public IReadOnlyList<string> ExcludeManagementEventSources { get; init; } = [];

    /// <summary>The resources whose data events are recorded.</summary>
    public IReadOnlyList<EventDataResource> DataResources { get; init; } = [];

    internal bool Takes(ObjectCall call)
        => (ReadWriteType is "All" || (ReadWriteType == "ReadOnly") == call.IsRead)
        && DataResources.Any(r => r.Type == "AWS::S3::Object" && r.Values.Any(v => call.ObjectArn.StartsWith(v, StringComparison.Ordinal)));
}

/// <summary>The data resources of one type.</summary>
/// <param name="Type">The type, such as <c>AWS::S3::Object</c>.</param>
/// <param name="Values">Beginnings of ARNs. <c>arn:aws:s3</c> alone means every bucket.</param>
internal sealed record EventDataResource(string Type, IReadOnlyList<string> Values);

/// <summary>An advanced selector: an event is taken when every field's condition holds.</summary>
/// <param name="Name">A name for people.</param>
/// <param name="Fields">The conditions.</param>
internal sealed record AdvancedEventSelector(string? Name, IReadOnlyList<EventFieldSelector> Fields)
{
    internal bool Takes(ObjectCall call)
        => Fields.Any(f => f.Field == "eventCategory" && f.Takes("Data"))
        && Fields.All(f => f.Field switch
        {
            "eventCategory" => f.Takes("Data"),
            "resources.type" => f.Takes("AWS::S3::Object"),
            "resources.ARN" => f.Takes(call.ObjectArn),
            "readOnly" => f.Takes(call.IsRead ? "true" : "false"),
            "eventName" => f.Takes(call.EventName),
            "eventSource" => f.Takes("s3.amazonaws.com"),
            "eventType" => f.Takes("AwsApiCall"),

            // The other fields are about the caller or its session, which are unknown for a call in general.
            _ => true,
        });
}

/// <summary>
/// The condition on one field: at least one selecting value must match, and no excluding value may match. Source:
/// CloudTrail user guide, filtering-data-events.
/// </summary>
internal sealed record EventFieldSelector
{
    /// <summary>The field, such as <c>resources.ARN</c>.</summary>
    public required string Field { get; init; }

    /// <summary>The values of the field to include.</summary>
    public IReadOnlyList<string> EqualTo { get; init; } = [];

    /// <summary>The prefixes of the field to include.</summary>
    public IReadOnlyList<string> StartsWith { get; init; } = [];

    /// <summary>The suffixes of the field to include.</summary>
    public IReadOnlyList<string> EndsWith { get; init; } = [];

    /// <summary>The values of the field to exclude.</summary>
    public IReadOnlyList<string> NotEquals { get; init; } = [];

    /// <summary>The prefixes of the field to exclude.</summary>
    public IReadOnlyList<string> NotStartsWith { get; init; } = [];

    /// <summary>The suffixes of the field to exclude.</summary>
    public IReadOnlyList<string> NotEndsWith { get; init; } = [];

    internal bool Takes(string value)
        => (EqualTo.Count + StartsWith.Count + EndsWith.Count == 0
            || EqualTo.Contains(value)
            || StartsWith.Any(v => value.StartsWith(v, StringComparison.Ordinal))
            || EndsWith.Any(v => value.EndsWith(v, StringComparison.Ordinal)))
        && !NotEquals.Contains(value)
        && !NotStartsWith.Any(v => value.StartsWith(v, StringComparison.Ordinal))
        && !NotEndsWith.Any(v => value.EndsWith(v, StringComparison.Ordinal));
}
