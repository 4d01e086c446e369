namespace LogDelivery.Aws.Clients;

/// <summary>The settings shared by all clients of one session.</summary>
/// <param name="EndpointUrl">Replaces every service's endpoint; <see langword="null"/> for AWS or the endpoint in the environment.</param>
internal sealed record ClientSettings(string? EndpointUrl = null)
{
    /// <summary>The timeout of one attempt.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The timeout of a call with all of its attempts.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The maximum number of attempts of a call.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Whether a call is sent only once, regardless of its outcome.</summary>
    public bool WritesOnce { get; init; }

    /// <summary>The profile that may name endpoints; <see langword="null"/> for the default one.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The file that the profile is in; <see langword="null"/> for the usual ones.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary>Called before every call, for the verbose stream. Never receives a secret.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>Called before every wait for another attempt, with its reason. Never receives a secret.</summary>
    public Action<string>? OnRetry { get; init; }
}
