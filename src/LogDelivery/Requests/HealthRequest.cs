using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Trails;

namespace LogDelivery.Requests;

/// <summary>Trails whose health is asked for: which, in which Regions, and as whom. Immutable.</summary>
internal sealed record HealthRequest
{
    /// <summary>What is said when a look found nothing.</summary>
    public const string NoTrail = "No trail was found, so whether logs are delivered cannot be told.";

    /// <summary>The trails by ARN or name; all that show in the Regions when <see langword="null"/>.</summary>
    public IReadOnlyList<string>? Trails { get; init; }

    /// <summary>The Regions; for a trail's ARN its own, else the session's, when empty.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Whether every Region is looked at that the account has switched on.</summary>
    public bool AllRegions { get; init; }

    /// <summary>The ARNs of roles to look with.</summary>
    public IReadOnlyList<string> RoleArns { get; init; } = [];

    /// <summary>The accounts to look at with <see cref="RoleName"/>.</summary>
    public IReadOnlyList<string> AccountIds { get; init; } = [];

    /// <summary>The name of the role to assume in each of <see cref="AccountIds"/>.</summary>
    public string? RoleName { get; init; }

    /// <summary>Why the accounts cannot be looked at as they are given. Then nothing is looked at: it would be as somebody else.</summary>
    public RequestProblem? Problem
    {
        get
        {
            if (AccountIds.Count > 0 == (RequestText.OrNull(RoleName) is null))
            {
                return new(RequestProblem.InvalidRequest, RoleName ?? string.Join(' ', AccountIds), "An account id and a role name need each other: the role of that name is assumed in each of the accounts.", "Give both, or the ARNs of roles.");
            }

            return AccountIds.FirstOrDefault(a => !Arn.IsAccountId(a)) is { } account
                ? new(RequestProblem.InvalidRequest, account, $"'{account}' is no account id.", "Give twelve digits, such as 111122223333.")
                : null;
        }
    }

    /// <summary>The trails by the Regions to look in. A blank name is a problem: it must not come to mean every trail.</summary>
    public Resolved<TrailGroup> Resolve()
    {
        var given = RequestText.OrEmpty(Regions);
        var session = given.Count > 0 ? given[0] : null;
        var regions = AllRegions ? [] : given;
        if (Trails is null)
        {
            return new([new(regions, [], session)], []);
        }

        var blank = Trails.Where(string.IsNullOrWhiteSpace).Take(1).Select(t => new RequestProblem(RequestProblem.InvalidRequest, t, "The name of a trail is empty.", "Give the ARN or the name of a trail; leave it out to look at all."));
        var groups = RequestText.OrEmpty(Trails).Distinct(StringComparer.Ordinal)
            .Select(t => (Trail: t, Regions: RegionsOf(t, regions)))
            .GroupBy(t => string.Join(' ', t.Regions), (_, all) => (all.First().Regions, Trails: all.Select(t => t.Trail)))
            .Select(g => new TrailGroup(g.Regions, [.. g.Trails], session ?? (g.Regions.Count > 0 ? g.Regions[0] : null)));
        return new([.. groups], [.. blank]);
    }

    /// <summary>What to look at, with a session that can ask.</summary>
    /// <param name="group">The trails.</param>
    /// <param name="session">The session.</param>
    /// <param name="region">The Region of the session.</param>
    /// <param name="assumeRole">Assumes a role by its ARN.</param>
    /// <returns>A scope for each account; its name in messages is the role's ARN, or empty where no role is assumed.</returns>
    public IEnumerable<TrailScope> ScopesOf(TrailGroup group, IAwsGateways session, string region, Func<string, CancellationToken, Task<IAwsGateways>> assumeRole)
    {
        ArgumentNullException.ThrowIfNull(group);
        var scope = new TrailScope
        {
            Regions = AllRegions || group.Regions.Count > 0 ? group.Regions : [region],
            Trails = group.Trails,
            Open = _ => Task.FromResult(session),
        };
        string[] roles = [.. RoleArns.Concat(AccountIds.Select(a => RequestRole.ArnOf(RoleName!, a, region))).Distinct(StringComparer.Ordinal)];
        return roles.Length == 0 ? [scope] : roles.Select(role => scope with { Account = role, Open = cancel => assumeRole(role, cancel) });
    }

    // A trail shows in its home Region in any case, and in others only if it is one of several Regions.
    private IReadOnlyList<string> RegionsOf(string trail, IReadOnlyList<string> regions)
        => !AllRegions && regions.Count == 0 && RequestRegion.OfArn(trail) is { } home ? [home] : regions;
}
