namespace LogDelivery.Trails;

/// <summary>Options for judging a trail's deliveries.</summary>
internal sealed record TrailHealthOptions
{
    /// <summary>Whether healthy trails get details too: risks, and a row for each call.</summary>
    public bool Detailed { get; init; }

    /// <summary>
    /// The time without any delivery after which a trail with digests is stale: digests are delivered every hour even
    /// without activity.
    /// </summary>
    public TimeSpan StaleWithDigests { get; init; } = TimeSpan.FromMinutes(90);

    /// <summary>The time without any delivery after which a trail without digests is stale; a Region without activity writes no log files.</summary>
    public TimeSpan StaleWithoutDigests { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The time that the first delivery may take.</summary>
    public TimeSpan FirstDelivery { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The time for which CloudTrail retries a failed delivery. Source: CloudTrail user guide, cloudtrail-troubleshooting.</summary>
    public TimeSpan Retries { get; init; } = TimeSpan.FromDays(30);
}
