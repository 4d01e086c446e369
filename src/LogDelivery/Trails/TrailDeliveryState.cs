namespace LogDelivery;

/// <summary>The state of a trail's deliveries.</summary>
public enum TrailDeliveryState
{
    /// <summary>The state is unknown.</summary>
    Unknown,

    /// <summary>The trail records and its files arrive.</summary>
    Healthy,

    /// <summary>AWS reports an error of a delivery.</summary>
    Failing,

    /// <summary>No error is reported, but nothing has arrived for longer than it should take.</summary>
    Stale,

    /// <summary>The trail does not record.</summary>
    Stopped,

    /// <summary>The trail records, but nothing has arrived yet.</summary>
    NeverDelivered,
}
