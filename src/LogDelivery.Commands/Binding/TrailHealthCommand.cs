using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Requests;
using LogDelivery.Trails;

namespace LogDelivery.Commands;

/// <summary>What the cmdlets share that look at trails: which trails, where, and as whom.</summary>
public abstract class TrailHealthCommand : AwsCommand
{
    private readonly Dictionary<(AwsOptions Options, string Regions), TrailGroup> wanted = [];

    private protected TrailHealthCommand()
    {
    }

    /// <summary>The Regions.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[]? Region { get; set; }

    /// <summary>The roles to look with.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? RoleArn { get; set; }

    /// <summary>The accounts to look at, with <see cref="RoleName"/>.</summary>
    [Parameter]
    [ValidatePattern("^[0-9]{12}$")]
    public string[]? AccountId { get; set; }

    /// <summary>The name of the role that each of the accounts has.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RoleName { get; set; }

    /// <summary>How many calls are under way at most.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    private protected virtual bool AllRegions => false;

    private protected bool HasWork => wanted.Count > 0;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Request(null).Problem is { } problem)
        {
            ThrowTerminatingError(new(new RequestException(problem), problem.Code, ErrorCategory.InvalidArgument, AccountId)
            {
                ErrorDetails = new(problem.Message) { RecommendedAction = problem.Remedy },
            });
        }
    }

    /// <summary>Keeps what one object of the pipeline asks for; all of it is looked at together.</summary>
    /// <param name="trails">Names or ARNs; all trails when <see langword="null"/>.</param>
    private protected void Want(string[]? trails)
    {
        var groups = Request(trails).Resolve();
        Report(groups.Problems);
        foreach (var group in groups.Items)
        {
            var key = (OptionsFor(group.SessionRegion), string.Join(' ', group.Regions));
            if (wanted.TryGetValue(key, out var known))
            {
                // All trails of a Region are more than any of them by name.
                wanted[key] = known with { Trails = known.Trails.Count == 0 || group.Trails.Count == 0 ? [] : [.. known.Trails, .. group.Trails] };
            }
            else
            {
                wanted[key] = group;
            }
        }
    }

    /// <summary>Opens the sessions and says what to look at. The account of a scope is the role that is assumed; empty without one.</summary>
    private protected List<TrailScope> MakeScopes()
    {
        var scopes = new List<TrailScope>();
        foreach (var ((options, _), group) in wanted)
        {
            var session = Open(options);
            scopes.AddRange(Request(null).ScopesOf(group, session, session.Region, (role, cancel) => OpenRoleAsync(session, role, cancel)));
        }

        return scopes;
    }

    private HealthRequest Request(string[]? trails) => new()
    {
        Trails = trails,
        Regions = Region ?? [],
        AllRegions = AllRegions,
        RoleArns = RoleArn ?? [],
        AccountIds = AccountId ?? [],
        RoleName = RoleName,
    };
}
