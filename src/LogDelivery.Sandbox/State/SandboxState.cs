using LogDelivery.Sources;

namespace LogDelivery.Sandbox.State;

/// <summary>
/// The state of the sandbox. Readers and writers hold the host's lock: the handlers are short, and a defined order is worth
/// more than parallelism.
/// </summary>
internal sealed class SandboxState
{
    private readonly Dictionary<string, SandboxAccount> accounts = new(StringComparer.Ordinal);
    private long ticks;

    public SandboxState(SandboxOptions options)
    {
        Options = options;
        DefaultAccount = options.AccountId;
        DefaultRegion = options.Region;
        Now = Truncate(options.StartTime ?? DateTimeOffset.UtcNow);
        AccountOf(DefaultAccount);
    }

    public SandboxOptions Options { get; }

    public string DefaultAccount { get; set; }

    public string DefaultRegion { get; set; }

    /// <summary>Simulated time. It changes only when it is advanced.</summary>
    public DateTimeOffset Now
    {
        // In one piece, since the Date header is written without the lock.
        get => new(Volatile.Read(ref ticks), TimeSpan.Zero);
        set => Volatile.Write(ref ticks, value.UtcTicks);
    }

    /// <summary>The Regions that are enabled; multi-Region trails deliver from each.</summary>
    public List<string> EnabledRegions { get; } = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"];

    /// <summary>Regions without activity, in which trails have no log files to deliver.</summary>
    public HashSet<string> QuietRegions { get; } = new(StringComparer.Ordinal);

    public SandboxOrganization? Organization { get; set; }

    public Evidence? Evidence { get; set; }

    /// <summary>Buckets by name: there is one namespace for all accounts.</summary>
    public SortedDictionary<string, Bucket> Buckets { get; } = new(StringComparer.Ordinal);

    public List<ConfiguredDelivery> Deliveries { get; } = [];

    /// <summary>Credentials that AssumeRole issued, by access key.</summary>
    public Dictionary<string, Session> Sessions { get; } = new(StringComparer.Ordinal);

    public FaultSet Faults { get; set; } = new();

    public CallRecorder Calls { get; } = new();

    /// <summary>The writes of bucket policies, oldest first.</summary>
    public List<PolicyWrite> PolicyWrites { get; } = [];

    public IEnumerable<SandboxAccount> Accounts => accounts.Values;

    public SandboxAccount AccountOf(string id)
    {
        if (!accounts.TryGetValue(id, out var account))
        {
            accounts.Add(id, account = new SandboxAccount(id));
        }

        return account;
    }

    /// <summary>The organization's id, when the account is in it.</summary>
    public string? OrganizationOf(string accountId) => Organization is { } o && o.Contains(accountId) ? o.Id : null;

    public KmsKey? FindKey(string arn)
        => LogDelivery.Policies.Arn.TryParse(arn, out var parts) && accounts.TryGetValue(parts.AccountId, out var account) ? account.FindKey(arn, parts.Region) : null;

    public Topic? FindTopic(string arn)
        => LogDelivery.Policies.Arn.TryParse(arn, out var parts) && accounts.TryGetValue(parts.AccountId, out var account) ? account.Topics.GetValueOrDefault(arn) : null;

    public Role? FindRole(string arn)
        => LogDelivery.Policies.Arn.TryParse(arn, out var parts) && accounts.TryGetValue(parts.AccountId, out var account)
            ? account.Roles.GetValueOrDefault(parts.Resource[(parts.Resource.LastIndexOf('/') + 1)..])
            : null;

    public ManagedPolicy? FindPolicy(string arn)
        => LogDelivery.Policies.Arn.TryParse(arn, out var parts) && accounts.TryGetValue(parts.AccountId, out var account) ? account.Policies.GetValueOrDefault(arn) : null;

    public FirehoseStream? FindStream(string arn)
        => LogDelivery.Policies.Arn.TryParse(arn, out var parts) && accounts.TryGetValue(parts.AccountId, out var account) ? account.Streams.GetValueOrDefault(arn) : null;

    public SandboxLogGroup? FindLogGroup(string account, string region, string name)
        => accounts.TryGetValue(account, out var found) ? found.LogGroups.GetValueOrDefault($"{region}/{name}") : null;

    public SandboxTrail? FindTrail(string arn)
        => LogDelivery.Policies.Arn.TryParse(arn, out var parts) && accounts.TryGetValue(parts.AccountId, out var account) ? account.Trails.GetValueOrDefault(arn) : null;

    /// <summary>The trails that an account owns or, as a member of an organization, can see.</summary>
    public IEnumerable<SandboxTrail> TrailsVisibleTo(string accountId)
    {
        var own = AccountOf(accountId).Trails.Values;
        return Organization is { } organization && organization.Contains(accountId) && organization.ManagementAccount != accountId
            ? own.Concat(AccountOf(organization.ManagementAccount).Trails.Values.Where(t => t.IsOrganizationTrail))
            : own;
    }

    public static string PartitionOf(string region) => Regions.PartitionOf(region);

    /// <summary>Truncates to whole milliseconds, the precision of timestamps on the wire; a finer value would not compare equal after a round trip.</summary>
    private static DateTimeOffset Truncate(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}

/// <summary>An AWS account and its resources, except buckets.</summary>
internal sealed class SandboxAccount(string id)
{
    public string Id { get; } = id;

    /// <summary>Keyed by ARN.</summary>
    public SortedDictionary<string, SandboxTrail> Trails { get; } = new(StringComparer.Ordinal);

    /// <summary>Keyed by ARN.</summary>
    public Dictionary<string, KmsKey> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The key's ARN by Region and alias: <c>us-east-1/alias/logs</c>.</summary>
    public Dictionary<string, string> KeyAliases { get; } = new(StringComparer.Ordinal);

    /// <summary>Keyed by ARN.</summary>
    public SortedDictionary<string, Topic> Topics { get; } = new(StringComparer.Ordinal);

    /// <summary>Keyed by name.</summary>
    public SortedDictionary<string, Role> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>Keyed by ARN.</summary>
    public SortedDictionary<string, ManagedPolicy> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>Keyed by Region and name: <c>us-east-1/name</c>.</summary>
    public SortedDictionary<string, SandboxLogGroup> LogGroups { get; } = new(StringComparer.Ordinal);

    /// <summary>Keyed by id.</summary>
    public SortedDictionary<string, SandboxFlowLog> FlowLogs { get; } = new(StringComparer.Ordinal);

    /// <summary>Keyed by Region and name.</summary>
    public SortedDictionary<string, Alarm> Alarms { get; } = new(StringComparer.Ordinal);

    /// <summary>Keyed by ARN.</summary>
    public SortedDictionary<string, FirehoseStream> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>Finds a key as callers name it: id, ARN, alias or the ARN of an alias.</summary>
    /// <param name="name">The name.</param>
    /// <param name="region">The Region in which an id or alias is looked up.</param>
    public KmsKey? FindKey(string name, string region)
    {
        if (Keys.TryGetValue(name, out var known))
        {
            return known;
        }

        var place = region;
        var rest = name;
        if (LogDelivery.Policies.Arn.TryParse(name, out var arn))
        {
            (place, rest) = (arn.Region, arn.Resource);
        }

        if (rest.StartsWith("alias/", StringComparison.Ordinal))
        {
            return KeyAliases.TryGetValue($"{place}/{rest}", out var target) ? Keys.GetValueOrDefault(target) : null;
        }

        return Keys.GetValueOrDefault($"arn:{SandboxState.PartitionOf(place)}:kms:{place}:{Id}:key/{rest}");
    }
}

/// <summary>An organization.</summary>
internal sealed record SandboxOrganization(string Id, string ManagementAccount, IReadOnlyList<string> Members)
{
    public bool Contains(string account) => account == ManagementAccount || Members.Contains(account);

    public IEnumerable<string> AllAccounts => Members.Prepend(ManagementAccount).Distinct();
}

/// <summary>The location where every delivery attempt is recorded, regardless of its outcome and of any policy.</summary>
internal sealed record Evidence(string BucketName, string Prefix);

/// <summary>Temporary credentials.</summary>
internal sealed record Session(RequestCaller Caller, string SecretAccessKey, string Token, DateTimeOffset Expiration);
