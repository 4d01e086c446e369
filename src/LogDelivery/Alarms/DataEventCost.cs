using System.Globalization;

namespace LogDelivery.Alarms;

/// <summary>
/// What the data events of a bucket cost when a trail records them and sends them to a log group. List prices in US dollars
/// of us-east-1 without any free tier; other Regions differ. Sources: the pricing pages of AWS CloudTrail and Amazon
/// CloudWatch.
/// </summary>
/// <param name="EventsPerMonth">How many requests for objects a month; <see langword="null"/> when nobody said.</param>
internal sealed record DataEventCost(long? EventsPerMonth)
{
    /// <summary>CloudTrail, for each data event that a trail delivers.</summary>
    public const decimal RecordedEvent = 0.10m / 100_000;

    /// <summary>CloudWatch Logs, for each gigabyte that is taken in.</summary>
    public const decimal IngestedGigabyte = 0.50m;

    /// <summary>The size of a data event in the log group; those of S3 have 1.3 to 2 KB as a rule.</summary>
    public const int EventBytes = 2000;

    /// <summary>CloudWatch, for an alarm and its metric, a month.</summary>
    public const decimal AlarmPerMonth = 0.10m + 0.30m;

    /// <summary>CloudTrail, for a million events.</summary>
    private const decimal RecordedMillion = RecordedEvent * 1_000_000;

    /// <summary>CloudWatch Logs, for a million events.</summary>
    private const decimal IngestedMillion = IngestedGigabyte * EventBytes / 1000;

    /// <summary>A million events: in the trail and in the log group.</summary>
    public decimal PerMillionEvents { get; } = RecordedMillion + IngestedMillion;

    /// <summary>All of it in a month, with alarm and metric; <see langword="null"/> when the number of events is not known.</summary>
    public decimal? PerMonth => EventsPerMonth is { } events ? (events * PerMillionEvents / 1_000_000) + AlarmPerMonth : null;

    /// <summary>The estimate in a sentence.</summary>
    public override string ToString()
    {
        var each = string.Create(CultureInfo.InvariantCulture, $"about {PerMillionEvents:0.00} USD per million requests ({RecordedMillion:0.00} for the data events, {IngestedMillion:0.00} for the log group)");
        var rest = string.Create(CultureInfo.InvariantCulture, $"{AlarmPerMonth:0.00} USD a month for the alarm and its metric; list prices of us-east-1");
        return PerMonth is { } sum
            ? string.Create(CultureInfo.InvariantCulture, $"about {sum:0.00} USD a month for {EventsPerMonth} requests: {each}, and {rest}.")
            : $"{each}, and {rest}.";
    }
}
