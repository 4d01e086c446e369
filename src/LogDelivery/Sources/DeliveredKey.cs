using System.Text.RegularExpressions;
using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>What the key of a delivered object says about its delivery. What it does not say is <see langword="null"/>. Immutable.</summary>
internal sealed record DeliveredKey
{
    private const string AwsLogs = "AWSLogs/";
    private const string HiveAccount = "aws-account-id=";
    private const int AccountLength = 12;

    private static readonly string[] GlobalFolders = [.. SourceCatalog.All.Select(s => s.GlobalKeyFolder).OfType<string>()];
    private static readonly Regex[] Patterns = [.. SourceCatalog.All.Select(s => s.KeyPattern).OfType<Regex>()];

    private DeliveredKey(string key) => Key = key;

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>
    /// The prefix as it was configured, without the slash before <c>AWSLogs</c>; empty where there is none;
    /// <see langword="null"/> where the layout does not tell where it ends.
    /// </summary>
    public string? Prefix { get; private init; }

    /// <summary>The account that delivers.</summary>
    public string? AccountId { get; private init; }

    /// <summary>The organization whose trail delivers.</summary>
    public string? OrganizationId { get; private init; }

    /// <summary>The Region that the logs are about; of a global web ACL the one that its settings live in.</summary>
    public string? Region { get; private init; }

    /// <summary>Whether the key is laid out for Hive.</summary>
    public bool IsHiveCompatible { get; private init; }

    /// <summary>The folder that names the service: <c>vpcflowlogs</c>, <c>CloudTrail</c>...</summary>
    public string? Folder { get; private init; }

    /// <summary>The bucket that an access log is about, where the key is laid out by it (<c>PartitionedPrefix</c>).</summary>
    public string? SourceBucket { get; private init; }

    /// <summary>The name of the object, without folders.</summary>
    public string FileName => Key[(Key.LastIndexOf('/') + 1)..];

    /// <summary>Reads a key.</summary>
    /// <param name="key">The key, decoded.</param>
    public static DeliveredKey Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var start = key.StartsWith(AwsLogs, StringComparison.Ordinal) ? 0 : key.IndexOf($"/{AwsLogs}", StringComparison.Ordinal) + 1;
        return start > 0 || key.StartsWith(AwsLogs, StringComparison.Ordinal) ? BelowAwsLogs(key, start) : Elsewhere(key);
    }

    /// <summary>Names the source that delivers such a key with such a principal.</summary>
    /// <param name="candidates">The sources of the principal, in the order of the catalog.</param>
    internal DeliverySource? SourceAmong(IReadOnlyList<DeliverySource> candidates)
    {
        DeliverySource? inFolder = null;
        DeliverySource? open = null;
        var openCount = 0;
        for (var i = 0; i < candidates.Count; i++)
        {
            var source = candidates[i];
            if (source.KeyFolders.Length == 0)
            {
                openCount++;
                open ??= source;
            }
            else if (Folder is not null && Array.IndexOf(source.KeyFolders, Folder) >= 0)
            {
                if (source.KeyFileMark is { } mark && FileName.Contains(mark, StringComparison.Ordinal))
                {
                    return source;
                }

                inFolder ??= source.KeyFileMark is null ? source : null;
            }
        }

        return inFolder ?? SourceByFile(candidates, openCount == 1 ? open : null);
    }

    private DeliverySource? SourceByFile(IReadOnlyList<DeliverySource> candidates, DeliverySource? onlyOpen)
    {
        DeliverySource? general = null;
        for (var i = 0; i < candidates.Count; i++)
        {
            var source = candidates[i];
            if (source.KeyFilePattern?.IsMatch(FileName) == true)
            {
                return source;
            }

            general ??= source.StandsForOthers ? source : null;
        }

        return general is not null
            ? AccountId is not null && Prefix is not null ? general : null
            : onlyOpen ?? (candidates.Count == 1 ? candidates[0] : null);
    }

    private static DeliveredKey BelowAwsLogs(string key, int start)
    {
        var rest = key.AsSpan(start + AwsLogs.Length);
        var organization = FirstFolder(rest).StartsWith("o-", StringComparison.Ordinal) ? TakeFolder(ref rest).ToString() : null;
        var account = string.Empty;
        var isHive = rest.StartsWith(HiveAccount, StringComparison.Ordinal);
        if (Arn.IsAccountId(ValueOf(FirstFolder(rest), "aws-account-id").ToString()))
        {
            account = ValueOf(TakeFolder(ref rest), "aws-account-id").ToString();
        }

        var isGlobal = IsGlobal(rest);
        var folder = ValueOf(FirstFolder(rest), "aws-service");
        return new(key)
        {
            Prefix = start == 0 ? string.Empty : key[..(start - 1)],
            OrganizationId = organization,
            AccountId = account.Length > 0 ? account : null,
            IsHiveCompatible = isHive && account.Length > 0,
            Folder = folder.IsEmpty ? null : folder.ToString(),
            Region = isGlobal ? "us-east-1" : RegionIn(rest),
        };
    }

    private static DeliveredKey Elsewhere(string key)
    {
        foreach (var pattern in Patterns)
        {
            if (pattern.Match(key) is { Success: true } match)
            {
                return new(key)
                {
                    Prefix = match.Groups["prefix"].Value,
                    AccountId = OrNull(match.Groups["account"]),
                    Region = OrNull(match.Groups["region"]),
                    SourceBucket = OrNull(match.Groups["bucket"]),
                };
            }
        }

        return new(key) { AccountId = AccountIn(key), Region = RegionIn(key) };
    }

    private static bool IsGlobal(ReadOnlySpan<char> rest)
    {
        foreach (var folder in GlobalFolders)
        {
            if (rest.StartsWith(folder, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string? OrNull(Group group) => group.Success ? group.Value : null;

    private static string? AccountIn(ReadOnlySpan<char> folders)
    {
        while (!FirstFolder(folders).IsEmpty)
        {
            var account = ValueOf(TakeFolder(ref folders), "accountid");
            if (account.Length == AccountLength && Arn.IsAccountId(account.ToString()))
            {
                return account.ToString();
            }
        }

        return null;
    }

    private static string? RegionIn(ReadOnlySpan<char> folders)
    {
        while (!FirstFolder(folders).IsEmpty)
        {
            var folder = ValueOf(ValueOf(TakeFolder(ref folders), "aws-region"), "region");
            if (folder.Length is > 8 and < 20 && folder[^2] == '-' && Regions.IsWellFormed(folder))
            {
                return folder.ToString();
            }
        }

        return null;
    }

    // What stands before the next slash; the rest behind the last slash is no folder.
    private static ReadOnlySpan<char> FirstFolder(ReadOnlySpan<char> path) => path.IndexOf('/') is >= 0 and var slash ? path[..slash] : [];

    private static ReadOnlySpan<char> TakeFolder(ref ReadOnlySpan<char> path)
    {
        var folder = FirstFolder(path);
        path = path[(folder.Length + 1)..];
        return folder;
    }

    private static ReadOnlySpan<char> ValueOf(ReadOnlySpan<char> folder, string name)
        => folder.Length > name.Length && folder[name.Length] == '=' && folder.StartsWith(name, StringComparison.Ordinal) ? folder[(name.Length + 1)..] : folder;
}
