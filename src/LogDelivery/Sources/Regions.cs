namespace LogDelivery.Sources;

/// <summary>What has to be known about Regions offline: their partition, and which have to be opted in to.</summary>
internal static class Regions
{
    // Source: landing-zone-accelerator-on-aws, utils/lib/regions.ts; ec2:DescribeRegions (OptInStatus) is the live authority.
    private static readonly HashSet<string> OptIn = new(StringComparer.Ordinal)
    {
        "af-south-1", "ap-east-1", "ap-east-2", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-7",
        "ca-west-1", "eu-central-2", "eu-south-1", "eu-south-2", "il-central-1", "me-central-1", "me-south-1", "mx-central-1",
        "us-isof-east-1",
    };

    /// <summary>Whether a Region is off until an account opts in. Some services then have a principal per Region.</summary>
    /// <param name="region">The Region.</param>
    public static bool IsOptIn(string region) => OptIn.Contains(region);

    /// <summary>The partition of a Region: the second part of its ARNs.</summary>
    /// <param name="region">The Region.</param>
    public static string PartitionOf(string region)
    {
        ArgumentNullException.ThrowIfNull(region);
        return region switch
        {
            _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
            _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
            _ when region.StartsWith("us-isob-", StringComparison.Ordinal) => "aws-iso-b",
            _ when region.StartsWith("us-isof-", StringComparison.Ordinal) => "aws-iso-f",
            _ when region.StartsWith("eu-isoe-", StringComparison.Ordinal) => "aws-iso-e",
            _ when region.StartsWith("us-iso-", StringComparison.Ordinal) => "aws-iso",
            _ when region.StartsWith("eusc-", StringComparison.Ordinal) => "aws-eusc",
            _ => "aws",
        };
    }

    internal static bool IsWellFormed(ReadOnlySpan<char> region)
    {
        var last = region.LastIndexOf('-');
        if (last <= 0 || last == region.Length - 1 || region[(last + 1)..].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var words = region[..last];
        foreach (var letter in words)
        {
            if (letter != '-' && !char.IsAsciiLetterLower(letter))
            {
                return false;
            }
        }

        return words[0] != '-' && words[^1] != '-' && words.Contains('-') && words.IndexOf("--", StringComparison.Ordinal) < 0;
    }
}
