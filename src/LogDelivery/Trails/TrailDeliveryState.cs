namespace LogDelivery;

/// <summary>The state of a trail's deliveries.</summary>
public enum TrailDeliveryState
{
    /// <summary>The state is unknown.</summary>
    Unknown,

    /// <summary>The trail records and its files arrive.</summary>
    Healthy,

    /// <summary>AWS reports a delivery error.</summary>
    Failing,

    /// <summary>No error is reported, but nothing has been delivered for longer than expected.</summary>
    Stale,

    /// <summary>The trail does not record.</summary>
    Stopped,

    /// <summary>The trail records, but nothing has arrived yet.</summary>
    NeverDelivered,
}
