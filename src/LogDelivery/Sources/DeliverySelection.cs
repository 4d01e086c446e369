using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>
/// Several sources and several accounts that write to one bucket, as people name them on a command line. Immutable.
/// </summary>
internal sealed record DeliverySelection
{
    /// <summary>The ids of the sources.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The accounts; taken from <see cref="SourceArns"/> when empty.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>
    /// The Region of the sources; taken from each source's ARN when <see langword="null"/>, or from the source itself where
    /// it has but one.
    /// </summary>
    public string? Region { get; init; }

    /// <summary>The ARNs of trails and other configuring resources. Each goes to the source and account that it names.</summary>
    public IReadOnlyList<string> SourceArns { get; init; } = [];

    /// <summary>The destination bucket.</summary>
    public required string BucketName { get; init; }

    /// <summary>The key prefix.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The organization id.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The ARN of the KMS key.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>The ARN of the writing role.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Whether the keys are laid out for Hive.</summary>
    public bool HiveCompatiblePartitions { get; init; }

    /// <summary>Whether S3 server access logs are laid out by account, Region, bucket and date.</summary>
    public bool PartitionedPrefix { get; init; }

    /// <summary>A request that a log shows.</summary>
    public ObservedRequest? ObservedRequest { get; init; }

    /// <summary>What is known of the bucket.</summary>
    public BucketSettings Bucket { get; init; } = new();

    /// <summary>One delivery per source, account and configuring resource.</summary>
    /// <exception cref="ArgumentException">A source is not known, or an account or a Region is missing; the message says what to give.</exception>
    public IReadOnlyList<Delivery> ToDeliveries()
    {
        if (Sources.Count == 0)
        {
            throw new InvalidDeliveryException("No source is given. The catalog of sources lists them.", nameof(Sources));
        }

        var deliveries = new List<Delivery>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in Sources.Select(Find))
        {
            foreach (var account in AccountsOf(source))
            {
                var arns = SourceArns.Where(a => Fits(a, source, account)).ToArray();
                used.UnionWith(arns);
                deliveries.AddRange(arns.Length == 0 ? [Create(source, account, null)] : arns.Select(a => Create(source, account, a)));
            }
        }

        if (SourceArns.FirstOrDefault(a => !used.Contains(a)) is { } stray)
        {
            throw new InvalidDeliveryException($"'{stray}' belongs to none of the given sources and accounts.", nameof(SourceArns));
        }

        deliveries.ForEach(d => d.Validate());
        return deliveries;
    }

    private Delivery Create(DeliverySource source, string account, string? sourceArn) => new()
    {
        Source = source,
        BucketName = BucketName,
        AccountId = account,
        Region = Region ?? RegionOf(sourceArn) ?? source.ControlRegion ?? throw new InvalidDeliveryException($"Give the Region of {source.Id} (the trail's home Region, the load balancer's Region...).", nameof(Region)),
        KeyPrefix = KeyPrefix,
        SourceArn = sourceArn,
        OrganizationId = OrganizationId,
        KmsKeyArn = KmsKeyArn,
        RoleArn = RoleArn,
        HiveCompatiblePartitions = HiveCompatiblePartitions,
        PartitionedPrefix = PartitionedPrefix,
        ObservedRequest = ObservedRequest,
        Bucket = Bucket,
    };

    private IReadOnlyList<string> AccountsOf(DeliverySource source)
    {
        if (Accounts.Count > 0)
        {
            return Accounts;
        }

        var named = SourceArns.Where(a => ServiceFits(a, source)).Select(AccountOf).OfType<string>().Distinct().ToArray();
        return named.Length > 0 ? named : throw new InvalidDeliveryException($"Give the account id of {source.Id}.", nameof(Accounts));
    }

    private static DeliverySource Find(string id)
    {
        if (SourceCatalog.Find(id) is { } source)
        {
            return source;
        }

        throw new InvalidDeliveryException($"'{id}' is no delivery source.{Nearest.Hint(id, SourceCatalog.All.Select(s => s.Id))} The sources are {string.Join(", ", SourceCatalog.All.Select(s => s.Id))}.", nameof(Sources));
    }

    // The ARN of a bucket names no account: it fits any.
    private static bool Fits(string arn, DeliverySource source, string account)
        => ServiceFits(arn, source) && (AccountOf(arn) is not { } named || named == account);

    internal static bool ServiceFits(string arn, DeliverySource source)
        => Arn.TryParse(arn, out var given) && Array.Exists(source.SourceArns, a => Arn.TryParse(a, out var known) && known.Service == given.Service);

    private static string? AccountOf(string arn) => Arn.TryParse(arn, out var parts) && Arn.IsAccountId(parts.AccountId) ? parts.AccountId : null;

    private static string? RegionOf(string? arn) => Arn.TryParse(arn, out var parts) && Regions.IsWellFormed(parts.Region) ? parts.Region : null;
}
