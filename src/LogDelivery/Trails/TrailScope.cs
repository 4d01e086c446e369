using LogDelivery.Gateways;

namespace LogDelivery.Trails;

/// <summary>The trails to check: an account, its Regions, and names.</summary>
internal sealed record TrailScope
{
    /// <summary>The name of the account in messages: its id, or the role assumed to read it.</summary>
    public string Account { get; init; } = string.Empty;

    /// <summary>Opens the account, which may require assuming a role.</summary>
    public required Func<CancellationToken, Task<IAwsGateways>> Open { get; init; }

    /// <summary>The Regions; all that the account has switched on when empty.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The names or ARNs of trails; all that show in the Regions when empty.</summary>
    public IReadOnlyList<string> Trails { get; init; } = [];
}

/// <summary>One result of a check of many trails: a trail's health, or a failed check.</summary>
internal sealed record TrailResult
{
    /// <summary>The health; <see langword="null"/> for an error.</summary>
    public TrailDeliveryHealth? Health { get; init; }

    /// <summary>The error; <see langword="null"/> for a health.</summary>
    public AwsCallException? Error { get; init; }

    /// <summary>The account, as its scope calls it.</summary>
    public string Account { get; init; } = string.Empty;

    /// <summary>The Region; <see langword="null"/> when the whole account could not be looked at.</summary>
    public string? Region { get; init; }

    /// <summary>The trail's ARN or name; <see langword="null"/> when the whole Region could not be looked at.</summary>
    public string? Trail { get; init; }
}

/// <summary>Limits for concurrent calls and retries.</summary>
internal sealed record FanOutOptions
{
    /// <summary>The maximum number of concurrent calls. Throttling lowers it for a while.</summary>
    public int MaxConcurrency { get; init; } = 16;

    /// <summary>The maximum number of retries of a throttled trail, Region or account, after the SDK's own retries.</summary>
    public int MaxThrottles { get; init; } = 8;

    /// <summary>The wait after the first throttling; the wait doubles each time.</summary>
    public TimeSpan ThrottleDelay { get; init; } = TimeSpan.FromMilliseconds(500);
}
