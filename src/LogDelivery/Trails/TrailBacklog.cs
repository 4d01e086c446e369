using System.Globalization;

namespace LogDelivery;

/// <summary>
/// The log files that a trail could not deliver during a failure, and how many of them have arrived since. Based on the
/// times in the names of the log files.
/// </summary>
/// <remarks>Source: CloudTrail user guide, cloudtrail-log-file-examples (names) and cloudtrail-troubleshooting (retries).</remarks>
public sealed record TrailBacklog
{
    /// <summary>Whether every hour of the failure has its files; <see langword="null"/> when that is unknown.</summary>
    public bool? HasArrived { get; init; }

    /// <summary>The last delivery before the failure. UTC.</summary>
    public DateTime HeldBackSince { get; init; }

    /// <summary>The first observed delivery after it, in UTC.</summary>
    public DateTime RecoveredAt { get; init; }

    /// <summary>The number of log files whose time lies within the failure.</summary>
    public int Files { get; init; }

    /// <summary>The beginnings of the hours of the failure that no log file is of. UTC.</summary>
    public DateTime[] MissingHours { get; init; } = [];

    /// <summary>The reason why the backlog is unknown; <see langword="null"/> when it is known.</summary>
    public string? Problem { get; init; }

    /// <summary>A summary in one sentence.</summary>
    public override string ToString()
    {
        var span = $"between {At(HeldBackSince)} and {At(RecoveredAt)}";
        var files = string.Create(CultureInfo.InvariantCulture, $"{Files} log file{(Files == 1 ? string.Empty : "s")}");
        return this switch
        {
            { Problem: { } problem } => $"Whether the files held back {span} have arrived is unknown: {problem}",
            { HasArrived: true } => $"The files held back {span} have arrived: {files}.",
            _ => $"Of the files held back {span}, {files} arrived; none is of {Hours(MissingHours)}.",
        };
    }

    private static string Hours(DateTime[] hours)
        => hours.Length == 1 ? $"the hour from {At(hours[0])}" : string.Create(CultureInfo.InvariantCulture, $"{hours.Length} hours, the first from {At(hours[0])}");

    private static string At(DateTime time) => Trails.TrailExplanation.At(time);
}
