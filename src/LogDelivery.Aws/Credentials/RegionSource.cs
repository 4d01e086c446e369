using Amazon.Util;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Credentials;

/// <summary>A Region and where it was found.</summary>
/// <param name="Region">The Region.</param>
/// <param name="Source">A description of where it was found.</param>
internal sealed record ResolvedRegion(string Region, string Source);

/// <summary>Finds the Region in the order of AWS Tools for PowerShell: unlike in the SDK, a profile precedes the environment.</summary>
internal static class RegionSource
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Finds the Region.</summary>
    /// <exception cref="AwsCallException">There is no Region, or its name is invalid.</exception>
    public static async Task<ResolvedRegion> ResolveAsync(AwsOptions options, CancellationToken cancellationToken)
    {
        var found = FromOptions(options)
            ?? FromProfiles(options)
            ?? FromEnvironment()
            ?? await FromMachineAsync(cancellationToken).ConfigureAwait(false)
            ?? throw CredentialErrors.NoRegion();
        Check(found.Region);
        return found;
    }

    /// <summary>Rejects invalid Region names, because the name becomes part of a host name.</summary>
    public static void Check(string region)
    {
        var parts = region.Split('-');
        if (parts.Length < 3 || region.Length > 32 || parts.Any(p => p.Length == 0 || !p.All(char.IsAsciiLetterOrDigit)))
        {
            throw CredentialErrors.InvalidRegion(region);
        }
    }

    private static ResolvedRegion? FromOptions(AwsOptions options) => options switch
    {
        { Region.Length: > 0 } => new(options.Region, "the given Region"),
        { StoredRegion.Length: > 0 } => new(options.StoredRegion, "the shell's stored Region"),
        _ => null,
    };

    private static ResolvedRegion? FromProfiles(AwsOptions options)
    {
        var profiles = new Profiles(options.ProfileLocation);
        string?[] names = [options.ProfileName, Profiles.FromEnvironment, Profiles.Default, Profiles.LegacyDefault];
        foreach (var name in names)
        {
            if (!string.IsNullOrEmpty(name) && profiles.RegionOf(name) is { } region)
            {
                return new(region, $"the profile {name}");
            }
        }

        return null;
    }

    private static ResolvedRegion? FromEnvironment()
    {
        foreach (var name in new[] { "AWS_REGION", "AWS_DEFAULT_REGION" })
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } region)
            {
                return new(region, name);
            }
        }

        return null;
    }

    private static async Task<ResolvedRegion?> FromMachineAsync(CancellationToken cancellationToken)
    {
        if (!EC2InstanceMetadata.IsIMDSEnabled)
        {
            return null;
        }

        try
        {
            var region = await Task.Run(() => EC2InstanceMetadata.Region?.SystemName, cancellationToken)
                .WaitAsync(MetadataTimeout, cancellationToken).ConfigureAwait(false);
            return region is null ? null : new(region, "the instance");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return null;
        }
    }
}
