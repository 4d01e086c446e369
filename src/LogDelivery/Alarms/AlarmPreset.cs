namespace LogDelivery.Alarms;

/// <summary>Something worth an alarm: a filter pattern with the events that it has to catch and those that it must not.</summary>
internal abstract class AlarmPreset
{
    /// <summary>The name that users give, such as <c>DeliveryFailure</c>.</summary>
    public abstract string Id { get; }

    /// <summary>What the alarm tells, in a sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>What has to be known before the alarm is relied on.</summary>
    public abstract string Caveat { get; }

    /// <summary>
    /// The data events of the bucket that have to be recorded for the alarm to see anything; none for a preset that does not
    /// live on data events alone.
    /// </summary>
    public virtual WatchedCalls Calls => WatchedCalls.None;

    /// <summary>The filter pattern.</summary>
    /// <param name="values">What was asked for.</param>
    public abstract string PatternFor(PresetValues values);

    /// <summary>Events that the pattern has to catch, and events that it must not.</summary>
    /// <param name="values">What was asked for.</param>
    public abstract IReadOnlyList<SampleEvent> SamplesFor(PresetValues values);

    /// <summary>The name.</summary>
    public override string ToString() => Id;
}

/// <summary>Calls on the objects of a bucket.</summary>
internal enum WatchedCalls
{
    /// <summary>None.</summary>
    None,

    /// <summary>PutObject.</summary>
    Writes,

    /// <summary>GetObject.</summary>
    Reads,

    /// <summary>All of them.</summary>
    All,
}

/// <summary>What a preset is made for.</summary>
internal sealed record PresetValues
{
    /// <summary>The bucket that is watched; <see langword="null"/> for every bucket whose events are recorded.</summary>
    public string? BucketName { get; init; }

    /// <summary>LargeDownload: how many bytes are not yet too many.</summary>
    public long LargerThan { get; init; } = 1000;

    /// <summary>OutsideVpcEndpoint: the VPC endpoints that may be used; any of them when empty.</summary>
    public IReadOnlyList<string> VpcEndpointIds { get; init; } = [];

    /// <summary>Checks the values; they become part of patterns, where a quotation mark would end a text.</summary>
    /// <exception cref="InvalidAlarmException">Something cannot be.</exception>
    internal void Check()
    {
        AlarmRequest.Demand(BucketName is null || IsBucketName(BucketName), $"'{BucketName}' is no name of a bucket: 3 to 63 lowercase letters, digits, periods and hyphens. Give the name, not the ARN.");
        AlarmRequest.Demand(LargerThan >= 0, $"LargerThan is a number of bytes, not {LargerThan}.");
        foreach (var id in VpcEndpointIds)
        {
            AlarmRequest.Demand(id.StartsWith("vpce-", StringComparison.Ordinal) && id.Length > 5 && id[5..].All(char.IsAsciiLetterOrDigit), $"'{id}' is no VPC endpoint id, such as vpce-1a2b3c4d.");
        }
    }

    private static bool IsBucketName(string name)
        => name.Length is >= 3 and <= 63 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-');
}

/// <summary>An event as a log group holds it, and whether a pattern has to match it.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Message">The text of the event.</param>
/// <param name="IsFailure">Whether it is one of those that the alarm is for.</param>
internal sealed record SampleEvent(string Name, string Message, bool IsFailure);
