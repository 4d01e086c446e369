namespace LogDelivery.Sandbox;

/// <summary>Options for starting a sandbox. Every member has a usable default.</summary>
internal sealed record SandboxOptions
{
    /// <summary>The TCP port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The 12-digit account of callers whose credentials name no other.</summary>
    public string AccountId { get; init; } = "111122223333";

    /// <summary>The Region of requests that are not signed for one.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>
    /// The only access key that is accepted besides those that AssumeRole issues. Together with <see
    /// cref="SecretAccessKey"/> it turns on signature checks; otherwise every request is accepted, even unsigned.
    /// </summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The secret of <see cref="AccessKeyId"/>.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>What requests below <c>/_sandbox/</c> must send in the header <c>X-Sandbox-Token</c>; a new one by default.</summary>
    public string ControlToken { get; init; } = State.ControlToken.Create();

    /// <summary>The start of simulated time; the current time when <see langword="null"/>.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The JSON of a scenario to begin with, or <see langword="null"/> for an empty account.</summary>
    public string? Scenario { get; init; }

    /// <summary>Whether signatures are checked.</summary>
    internal bool ChecksSignatures => AccessKeyId is not null && SecretAccessKey is not null;
}
