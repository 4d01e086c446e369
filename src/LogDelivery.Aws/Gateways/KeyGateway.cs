using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Aws.Gateways;

/// <summary>Keys, by KMS.</summary>
internal sealed class KeyGateway(ClientPool clients, ClientPool writers) : IKeyGateway
{
    public Task<Readable<KeyDescription>> DescribeAsync(string region, string keyId, CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
        {
            var output = await clients.CallAsync(KmsOperations.DescribeKey, RegionOf(keyId, region), new(keyId), cancellationToken).ConfigureAwait(false);
            return output.KeyMetadata is { Arn: { } arn } key ? new KeyDescription(arn, key.KeyState ?? "Unknown", key.KeyManager, key.DeletionDate) : null;
        });

    public Task<Readable<string>> GetPolicyAsync(string region, string keyId, CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
        {
            var output = await clients.CallAsync(KmsOperations.GetKeyPolicy, RegionOf(keyId, region), new(keyId), cancellationToken).ConfigureAwait(false);
            return output.Policy;
        });

    public Task PutPolicyAsync(string region, string keyId, string policy, CancellationToken cancellationToken)
        => writers.CallAsync(KmsOperations.PutKeyPolicy, RegionOf(keyId, region), new(keyId, policy), cancellationToken);

    public async Task<IReadOnlyDictionary<string, string>> GetAliasesAsync(string region, CancellationToken cancellationToken)
    {
        var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
        var pages = Pages.ReadAsync(
            marker => clients.CallAsync(KmsOperations.ListAliases, region, new(marker), cancellationToken), p => p.Truncated == true ? p.NextMarker : null);
        await foreach (var output in pages.ConfigureAwait(false))
        {
            foreach (var alias in output.Aliases ?? [])
            {
                // AWS's own aliases are there before their keys are.
                if (alias is { AliasName: { } name, TargetKeyId: { } target })
                {
                    aliases[name] = target;
                }
            }
        }

        return aliases;
    }

    private static string RegionOf(string keyId, string region)
        => Arn.TryParse(keyId, out var arn) && arn.Region.Length > 0 ? arn.Region : region;
}
