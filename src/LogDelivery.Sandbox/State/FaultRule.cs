using System.Text.Json.Serialization;

namespace LogDelivery.Sandbox.State;

/// <summary>An injected fault, and the calls that it applies to. Absent members match everything.</summary>
internal sealed class FaultRule
{
    /// <summary>The service's IAM prefix, such as <c>cloudtrail</c>.</summary>
    public string? Service { get; init; }

    /// <summary>The API operation (<c>GetBucketPolicy</c>) or the IAM action (<c>s3:GetBucketPolicy</c>); <c>*</c> matches any text.</summary>
    public string? Operation { get; init; }

    public string? Region { get; init; }

    public string? Account { get; init; }

    /// <summary>The share of calls that are throttled, 0 to 1.</summary>
    public double ThrottleRate { get; init; }

    /// <summary>The share of calls that fail with status 500, 0 to 1.</summary>
    public double ErrorRate { get; init; }

    /// <summary>The share of calls whose connection is cut, 0 to 1.</summary>
    public double CutRate { get; init; }

    /// <summary>The delay of each call, in milliseconds.</summary>
    public int LatencyMs { get; init; }

    /// <summary>Whether the call fails because the caller lacks the permission.</summary>
    public bool Deny { get; init; }

    /// <summary>Whether the call fails because the credentials have expired.</summary>
    public bool Expired { get; init; }

    /// <summary>Whether the call is served, and the connection cut before the answer is out.</summary>
    public bool LosesAnswer { get; init; }

    /// <summary>The number of calls that pass before the rule applies.</summary>
    public int Skip { get; set; }

    /// <summary>The number of calls that the rule still applies to; <see langword="null"/> for all calls.</summary>
    public int? Times { get; set; }

    [JsonIgnore]
    public bool IsSpent => Times <= 0;

    public bool Matches(string service, string operation, string action, string account, string region)
        => !IsSpent
        && (Service is null || Service.Equals(service, StringComparison.OrdinalIgnoreCase))
        && (Account is null || Account == account)
        && (Region is null || Region == region)
        && (Operation is null
            || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(Operation, operation)
            || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(Operation, action));
}

/// <summary>A policy that another writer writes right after a caller has read the old one.</summary>
internal sealed class PolicyInterference
{
    public required string Bucket { get; init; }

    /// <summary>The policy that the other one writes; <see langword="null"/> when he deletes it.</summary>
    public System.Text.Json.Nodes.JsonObject? Policy { get; init; }
}
