namespace LogDelivery.Trails;

/// <summary>How a trail's deliveries are judged.</summary>
public sealed record TrailHealthOptions
{
    /// <summary>Whether the cause is looked for at healthy trails too: what endangers them, and the row of each call.</summary>
    public bool Detailed { get; init; }

    /// <summary>
    /// How long nothing may arrive where digests are written: they come every hour even when nothing happened.
    /// </summary>
    public TimeSpan StaleWithDigests { get; init; } = TimeSpan.FromMinutes(90);

    /// <summary>How long nothing may arrive where no digests are written; a quiet Region writes no log files.</summary>
    public TimeSpan StaleWithoutDigests { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long the first files may take.</summary>
    public TimeSpan FirstDelivery { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long CloudTrail retries. Source: CloudTrail user guide, cloudtrail-troubleshooting.</summary>
    public TimeSpan Retries { get; init; } = TimeSpan.FromDays(30);
}
