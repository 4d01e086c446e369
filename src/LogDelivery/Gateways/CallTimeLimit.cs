namespace LogDelivery.Gateways;

/// <summary>How long one call to AWS may take, with all its attempts and the waits between them. The user sets it.</summary>
internal static class CallTimeLimit
{
    /// <summary>The limit when the user says nothing.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(90);

    /// <summary>The longest limit.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(1);

    /// <summary>Whether a wait can have the limit.</summary>
    public static bool Allows(TimeSpan limit) => limit > TimeSpan.Zero && limit <= Max;
}
