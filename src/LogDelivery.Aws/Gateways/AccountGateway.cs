using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

/// <summary>The account, by STS, EC2 and Organizations.</summary>
internal sealed class AccountGateway(ClientPool clients, string region) : IAccountGateway
{
    public async Task<CallerIdentity> GetIdentityAsync(CancellationToken cancellationToken)
    {
        var output = await clients.CallAsync(StsOperations.GetCallerIdentity, region, new(), cancellationToken).ConfigureAwait(false);
        return new(output.Account ?? string.Empty, output.Arn ?? string.Empty);
    }

    public async Task<IReadOnlyList<string>> GetEnabledRegionsAsync(CancellationToken cancellationToken)
    {
        var output = await clients.CallAsync(Ec2Operations.DescribeRegions, region, new(AllRegions: false), cancellationToken).ConfigureAwait(false);
        return
        [
            .. output.Regions
                .Where(r => r.RegionName is not null && r.OptInStatus != "not-opted-in")
                .Select(r => r.RegionName!)
                .Order(StringComparer.Ordinal),
        ];
    }

    public Task<Readable<string>> GetOrganizationIdAsync(CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
        {
            var output = await clients.CallAsync(OrganizationsOperations.DescribeOrganization, region, new(), cancellationToken).ConfigureAwait(false);
            return output.Organization?.Id;
        });
}
