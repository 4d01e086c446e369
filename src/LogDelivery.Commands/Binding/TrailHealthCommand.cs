using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Trails;

namespace LogDelivery.Commands;

/// <summary>What the cmdlets share that look at trails: which trails, where, and as whom.</summary>
public abstract class TrailHealthCommand : AwsCommand
{
    private readonly Dictionary<(AwsOptions Options, string Regions), List<string>> wanted = [];

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
        if ((AccountId is null) != (RoleName is null))
        {
            const string Message = "AccountId and RoleName need each other: the role of that name is taken on in each of the accounts.";
            ThrowTerminatingError(new(new ArgumentException(Message), "InvalidRequest", ErrorCategory.InvalidArgument, AccountId)
            {
                ErrorDetails = new(Message) { RecommendedAction = "Give both, or RoleArn." },
            });
        }
    }

    /// <summary>Keeps what one object of the pipeline asks for; all of it is looked at together.</summary>
    /// <param name="trails">Names or ARNs; all trails when <see langword="null"/>.</param>
    private protected void Want(string[]? trails)
    {
        if (trails is null)
        {
            WantIn(Region, null);
            return;
        }

        foreach (var trail in trails)
        {
            // A trail shows in its home Region in any case, and in others only if it is one of several Regions.
            var home = Region is null && !AllRegions && Arn.TryParse(trail, out var arn) && arn.Region.Length > 0 ? arn.Region : null;
            WantIn(home is null ? Region : [home], trail);
        }
    }

    /// <summary>Opens the sessions and says what to look at. The account of each scope is its place in the list.</summary>
    private protected List<LabelledScope> MakeScopes()
    {
        var scopes = new List<LabelledScope>();
        foreach (var ((options, regions), trails) in wanted)
        {
            var session = Open(options);
            IReadOnlyList<string> where = AllRegions ? [] : regions.Length > 0 ? regions.Split(' ') : [session.Region];
            foreach (var (label, open) in Accounts(session))
            {
                scopes.Add(new(label, new() { Account = Index(scopes.Count), Open = open, Regions = where, Trails = trails.Contains(string.Empty) ? [] : trails }));
            }
        }

        return scopes;
    }

    private protected static string Index(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void WantIn(string[]? regions, string? trail)
    {
        var key = (OptionsFor(regions?.FirstOrDefault()), AllRegions ? string.Empty : string.Join(' ', OrEmpty(regions)));
        if (!wanted.TryGetValue(key, out var trails))
        {
            wanted[key] = trails = [];
        }

        trails.Add(trail ?? string.Empty);
    }

    private IEnumerable<(string? Label, Func<CancellationToken, Task<IAwsGateways>> Open)> Accounts(AwsSession session)
    {
        string[] arns = [.. RoleArn ?? [], .. (AccountId ?? []).Select(a => $"arn:{PartitionOf(session.Region)}:iam::{a}:role/{RoleName}")];
        return arns.Length == 0
            ? [(null, _ => Task.FromResult<IAwsGateways>(session))]
            : arns.Distinct(StringComparer.Ordinal).Select(arn => ((string?)arn, new Func<CancellationToken, Task<IAwsGateways>>(c => OpenRoleAsync(session, arn, c))));
    }

    private static string PartitionOf(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ => "aws",
    };

    /// <summary>A scope, and what its account is called in messages.</summary>
    private protected sealed record LabelledScope(string? Label, TrailScope Scope);
}
