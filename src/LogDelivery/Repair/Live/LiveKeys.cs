using LogDelivery.Gateways;

namespace LogDelivery.Repair;

/// <summary>A key as it was found.</summary>
/// <param name="Arn">Its ARN; <see langword="null"/> when it is not known.</param>
/// <param name="State">Its state; <see langword="null"/> when it may not be read.</param>
/// <param name="IsMissing">Whether there is no such key.</param>
/// <param name="Policy">Its policy.</param>
internal sealed record LiveKey(string? Arn, string? State, bool IsMissing, Readable<string> Policy);

/// <summary>Looks keys up, each once.</summary>
/// <param name="aws">AWS.</param>
/// <param name="region">The Region of keys that are named by id or alias: the bucket's Region, because the keys must be in it.</param>
internal sealed class LiveKeys(IAwsGateways aws, string region)
{
    private readonly Memo<LiveKey> found = new();

    /// <summary>Finds a key by its ARN, its id or an alias.</summary>
    public Task<LiveKey> FindAsync(string keyId, CancellationToken cancellationToken) => found.GetAsync(keyId, () => ReadAsync(keyId, cancellationToken));

    private async Task<LiveKey> ReadAsync(string keyId, CancellationToken cancellationToken)
    {
        var key = await aws.Keys.DescribeAsync(region, keyId, cancellationToken).ConfigureAwait(false);
        var arn = key.Value?.Arn ?? (Policies.Arn.TryParse(keyId, out var parts) && parts.Resource.StartsWith("key/", StringComparison.Ordinal) ? keyId : null);
        var policy = key.IsMissing || arn is null
            ? key.Select<string>(_ => null)
            : await aws.Keys.GetPolicyAsync(region, arn, cancellationToken).ConfigureAwait(false);
        return new(arn, key.Value?.State, key.IsMissing, policy);
    }
}
