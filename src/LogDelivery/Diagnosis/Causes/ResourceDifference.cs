using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>Why a statement's resource does not cover a call.</summary>
internal enum ResourceDifferenceKind
{
    /// <summary>The statement has <c>NotResource</c>.</summary>
    Negated,

    /// <summary>Another bucket, or the bucket's name in another partition.</summary>
    OtherBucket,

    /// <summary>The bucket itself where its objects are needed.</summary>
    BucketOnly,

    /// <summary>The objects where the bucket itself is needed.</summary>
    ObjectsOnly,

    /// <summary>The configured prefix is not in the resource.</summary>
    PrefixMissing,

    /// <summary>The resource has a prefix that the delivery has not.</summary>
    PrefixExtra,

    /// <summary>Both have a prefix, but not the same.</summary>
    PrefixDiffers,

    /// <summary>A slash stands behind a prefix that the source uses as it is.</summary>
    SlashAfterPrefix,

    /// <summary>Another account's folder.</summary>
    Account,

    /// <summary>The folder of the organization, or the own account's beside it, is missing.</summary>
    Organization,

    /// <summary>The account's folder is laid out for Hive in one place only.</summary>
    Hive,

    /// <summary>The path ends without a wildcard.</summary>
    NoWildcard,

    /// <summary>Only some of the files that the source writes.</summary>
    PartOfFiles,

    /// <summary>Some other folder.</summary>
    Segment,
}

/// <summary>
/// The difference between what a statement covers and where a delivery writes: of all its resources that of the one that
/// comes furthest, told folder by folder.
/// </summary>
internal sealed record ResourceDifference(ResourceDifferenceKind Kind, string Says, string Edit)
{
    /// <summary>How many folders of the key the resource covers before it goes astray.</summary>
    public int Depth { get; private init; }

    private const string AwsLogs = "AWSLogs";

    public static ResourceDifference Find(Statement statement, RequiredCall call, PolicyRequest request)
    {
        var delivery = call.Delivery;
        var wanted = call.Grant.Resource;
        if (statement.Resource is not { IsNegated: false } element)
        {
            return new(
                ResourceDifferenceKind.Negated,
                $"NotResource {statement.Resource} leaves out {wanted}",
                $"Replace NotResource of Statement[{statement.Index}] by \"Resource\": \"{wanted}\"");
        }

        var replace = element.Values.Count == 1;
        var edit = replace
            ? $"Change the Resource of Statement[{statement.Index}] to \"{wanted}\""
            : $"Add \"{wanted}\" to the Resource of Statement[{statement.Index}]";
        var add = $"Add \"{wanted}\" to the Resource of Statement[{statement.Index}]";
        var shown = Wording.List(element.Values);
        var paths = element.Values.Select(BucketPath.Cut).ToArray();
        var own = Array.FindAll(paths, p => p.IsIn(delivery));
        if (own.Length == 0)
        {
            return new(ResourceDifferenceKind.OtherBucket, $"Resource {shown} is not in the bucket {delivery.BucketArn}", edit);
        }

        if (wanted == delivery.BucketArn)
        {
            return new(
                ResourceDifferenceKind.ObjectsOnly,
                $"Resource {shown} covers objects, but {request.Action} is done on the bucket itself, {wanted}",
                add);
        }

        var effective = EffectiveKey(call);
        if (Array.TrueForAll(own, p => p.Key is null))
        {
            return new(
                ResourceDifferenceKind.BucketOnly,
                $"Resource {shown} is the bucket itself, not its objects: the effective key {effective} is not covered",
                add);
        }

        var key = request.Resource[(delivery.BucketArn.Length + 1)..].Split('/');
        var (pattern, at) = own
            .Where(p => p.Key is not null)
            .Select(p => p.Key!.Split('/'))
            .Select(p => (Pattern: p, At: CountMatches(p, key)))
            .MaxBy(p => p.At);
        var (kind, detail) = Tell(pattern, key, at, call);
        var additive = kind is ResourceDifferenceKind.Account or ResourceDifferenceKind.Organization or ResourceDifferenceKind.Segment;
        return new(
            kind,
            $"Resource {shown} {detail}: the effective key {effective} is not covered",
            additive ? add : edit)
        {
            Depth = at,
        };
    }

    /// <summary>The key as the documented grant has it: the folders that all objects of the grant share.</summary>
    public static string EffectiveKey(RequiredCall call)
    {
        var key = call.Grant.Resource[(call.Delivery.BucketArn.Length + 1)..];
        return key.EndsWith('*') ? $"{key[..^1]}..." : key;
    }

    /// <summary>What all object keys of a delivery begin with.</summary>
    public static string BeginningOfKeys(Delivery delivery)
    {
        var grant = delivery.Source.GetGrants(delivery).FirstOrDefault(g => g.Resource.Length > delivery.BucketArn.Length && g.Target == PolicyTarget.Bucket);
        return grant is null ? delivery.KeyPrefix ?? string.Empty : grant.Resource[(delivery.BucketArn.Length + 1)..].TrimEnd('*');
    }

    private static (ResourceDifferenceKind Kind, string Detail) Tell(string[] pattern, string[] key, int at, RequiredCall call)
    {
        var delivery = call.Delivery;
        if (at >= pattern.Length)
        {
            return (ResourceDifferenceKind.NoWildcard, "ends without /*");
        }

        var have = pattern[at];
        var want = at < key.Length ? key[at] : string.Empty;
        var prefix = delivery.KeyPrefix ?? string.Empty;
        if (prefix.Length > 0
            && !prefix.EndsWith('/')
            && string.Join('/', pattern).StartsWith($"{prefix}/", StringComparison.Ordinal)
            && !string.Join('/', key).StartsWith($"{prefix}/", StringComparison.Ordinal))
        {
            return (ResourceDifferenceKind.SlashAfterPrefix, $"has a slash behind the prefix \"{prefix}\", and the source puts none there");
        }

        var awsLogs = Array.IndexOf(key, AwsLogs);
        var inPattern = Array.IndexOf(pattern, AwsLogs);
        if (awsLogs >= 0 && at <= awsLogs)
        {
            return TellPrefix(pattern[..Math.Max(inPattern, 0)], inPattern >= 0, prefix, have, want);
        }

        if (want.StartsWith("aws-account-id=", StringComparison.Ordinal))
        {
            return (ResourceDifferenceKind.Hive, $"names the folder {have}, but Hive-compatible partitions are on and write to {want}");
        }

        if (have.StartsWith("aws-account-id=", StringComparison.Ordinal))
        {
            return (ResourceDifferenceKind.Hive, $"names the folder {have}, but Hive-compatible partitions are off and the folder is {want}");
        }

        if (delivery.OrganizationId is { } organization && awsLogs >= 0 && at <= awsLogs + 2)
        {
            if (want == organization)
            {
                return (ResourceDifferenceKind.Organization, $"names the folder {have}, not the organization's {want}");
            }

            if (want == delivery.AccountId && have.StartsWith("o-", StringComparison.Ordinal))
            {
                return (ResourceDifferenceKind.Organization, $"names the organization's folder {have}, not that of the management account {want}");
            }

            if (at == awsLogs + 2 && key[at - 1] == organization)
            {
                return (ResourceDifferenceKind.Organization, $"covers only the account {have} of the organization {organization}");
            }
        }

        if (want == delivery.AccountId)
        {
            return (ResourceDifferenceKind.Account, Arn.IsAccountId(have) ? $"names the account {have}, not {want}" : $"names the folder {have}, not the account's {want}");
        }

        return CoversSibling(pattern, call)
            ? (ResourceDifferenceKind.PartOfFiles, $"stops at {string.Join('/', pattern[..(at + 1)])}, but the source also writes {call.Name}s to {string.Join('/', key[..(at + 1)])}/...")
            : (ResourceDifferenceKind.Segment, $"names the folder {have}, not {want}");
    }

    private static (ResourceDifferenceKind Kind, string Detail) TellPrefix(string[] patternPrefix, bool hasAwsLogs, string prefix, string have, string want)
    {
        var given = string.Join('/', patternPrefix);
        return (hasAwsLogs, given.Length > 0, prefix.Length > 0) switch
        {
            (true, false, true) => (ResourceDifferenceKind.PrefixMissing, $"lacks the key prefix \"{prefix}\""),
            (true, true, false) => (ResourceDifferenceKind.PrefixExtra, $"has the prefix \"{given}\", but the delivery has none"),
            (true, true, true) => (ResourceDifferenceKind.PrefixDiffers, $"has the prefix \"{given}\", not \"{prefix}\""),
            _ => (ResourceDifferenceKind.Segment, $"names the folder {have}, not {want}"),
        };
    }

    private static bool CoversSibling(string[] pattern, RequiredCall call)
    {
        var compiled = Pattern.Compile($"{call.Delivery.BucketArn}/{string.Join('/', pattern)}", wildcards: true, variables: false);
        return call.Delivery.Source.GetRequiredCalls(call.Delivery)
            .Any(c => c.Grant.Resource == call.Grant.Resource && compiled.IsMatch(c.Request.Resource));
    }

    // A wildcard inside a path may cover several folders; what is sought is only the first folder that does not fit.
    private static int CountMatches(string[] pattern, string[] key)
    {
        var count = 0;
        while (count < pattern.Length && count < key.Length && Pattern.Compile(pattern[count], wildcards: true, variables: false).IsMatch(key[count]))
        {
            count++;
        }

        return count;
    }

    /// <summary>A resource of a bucket policy cut into bucket and key.</summary>
    private sealed record BucketPath(string Partition, string Bucket, string? Key)
    {
        public static BucketPath Cut(string resource)
        {
            var parts = resource.Split(':', Arn.PartCount);
            if (parts.Length < Arn.PartCount)
            {
                return new("*", resource, null);
            }

            var slash = parts[^1].IndexOf('/', StringComparison.Ordinal);
            return slash < 0 ? new(parts[1], parts[^1], null) : new(parts[1], parts[^1][..slash], parts[^1][(slash + 1)..]);
        }

        public bool IsIn(Delivery delivery) => Matches(Partition, delivery.Partition) && Matches(Bucket, delivery.BucketName);

        private static bool Matches(string pattern, string text) => Pattern.Compile(pattern, wildcards: true, variables: false).IsMatch(text);
    }
}
