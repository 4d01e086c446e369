using System.Text.RegularExpressions;
using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>What the key of a delivered object says about its delivery. What it does not say is <see langword="null"/>. Immutable.</summary>
public sealed partial record DeliveredKey
{
    private const string AwsLogs = "AWSLogs";

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
        var folders = key.Split('/')[..^1];
        var start = Array.IndexOf(folders, AwsLogs);
        return start >= 0 ? BelowAwsLogs(key, folders, start) : Elsewhere(key, folders);
    }

    /// <summary>Names the source that delivers such a key with such a principal.</summary>
    /// <param name="candidates">The sources of the principal, in the order of the catalog.</param>
    internal DeliverySource? SourceAmong(IReadOnlyList<DeliverySource> candidates)
    {
        var inFolder = candidates.Where(s => Folder is not null && s.KeyFolders.Contains(Folder, StringComparer.Ordinal)).ToArray();
        if (inFolder.Length > 0)
        {
            return Array.Find(inFolder, s => s.KeyFileMark is not null && FileName.Contains(s.KeyFileMark, StringComparison.Ordinal))
                ?? Array.Find(inFolder, s => s.KeyFileMark is null);
        }

        var open = candidates.Where(s => s.KeyFolders.Length == 0).ToArray();
        if (candidates.FirstOrDefault(s => s.Id == "CloudFrontV2") is { } distribution && DistributionFile().IsMatch(FileName))
        {
            return distribution;
        }

        // The catalog has one entry for all services that deliver so and have none of their own.
        return Array.Find(open, s => s.Id == "VendedLogsV2") is { } generic
            ? AccountId is not null && Prefix is not null ? generic : null
            : open.Length == 1 ? open[0]
            : candidates.Count == 1 ? candidates[0]
            : null;
    }

    private static DeliveredKey BelowAwsLogs(string key, string[] folders, int start)
    {
        var rest = folders[(start + 1)..];
        var organization = rest is [var first, ..] && first.StartsWith("o-", StringComparison.Ordinal) ? first : null;
        rest = organization is null ? rest : rest[1..];
        var account = rest.Length > 0 ? ValueOf(rest[0], "aws-account-id") : null;
        var isAccount = Arn.IsAccountId(account);
        rest = isAccount ? rest[1..] : rest;
        var folder = rest.Length > 0 ? ValueOf(rest[0], "aws-service") : null;
        return new(key)
        {
            Prefix = start == 0 ? string.Empty : string.Join('/', folders[..start]),
            OrganizationId = organization,
            AccountId = isAccount ? account : null,
            IsHiveCompatible = isAccount && folders.Contains($"aws-account-id={account}"),
            Folder = folder,
            Region = rest is ["WAFLogs", "cloudfront", ..] ? "us-east-1" : RegionIn(rest),
        };
    }

    private static DeliveredKey Elsewhere(string key, string[] folders)
    {
        if (AccessLogFile().Match(key) is { Success: true } match)
        {
            return new(key)
            {
                Prefix = match.Groups["prefix"].Value,
                AccountId = OrNull(match.Groups["account"]),
                Region = OrNull(match.Groups["region"]),
                SourceBucket = OrNull(match.Groups["bucket"]),
            };
        }

        return new(key)
        {
            AccountId = folders.Select(f => ValueOf(f, "accountid")).FirstOrDefault(Arn.IsAccountId),
            Region = RegionIn(folders),
        };
    }

    private static string? OrNull(Group group) => group.Success ? group.Value : null;

    private static string? RegionIn(IEnumerable<string> folders)
        => folders.Select(f => ValueOf(ValueOf(f, "aws-region"), "region")).FirstOrDefault(f => f.Length is > 8 and < 20 && Regions.IsWellFormed(f));

    private static string ValueOf(string folder, string name)
        => folder.StartsWith($"{name}=", StringComparison.Ordinal) ? folder[(name.Length + 1)..] : folder;

    // The two layouts of S3 server access logs, behind any prefix. Source: S3 user guide, ServerLogs.
    [GeneratedRegex(@"^(?<prefix>.*?)((?<account>\d{12})/(?<region>[a-z]{2,}(-[a-z]+)+-\d)/(?<bucket>[^/]+)/\d{4}/\d\d/\d\d/)?\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-[0-9A-F]{16}$", RegexOptions.ExplicitCapture)]
    private static partial Regex AccessLogFile();

    // EMLARXS9EXAMPLE.2026-01-31-23.abcdef12.gz
    [GeneratedRegex(@"^E[0-9A-Z]{8,}\.\d{4}-\d\d-\d\d-\d\d\.[0-9a-f]+\.(gz|parquet)$")]
    private static partial Regex DistributionFile();
}
