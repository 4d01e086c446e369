using LogDelivery.Policies;

namespace LogDelivery.Comparison;

/// <summary>The effect of a policy change on a request.</summary>
public enum AccessChange
{
    /// <summary>The request was refused and is allowed.</summary>
    Gained,

    /// <summary>The request was allowed and is refused.</summary>
    Lost,

    /// <summary>
    /// A Deny no longer hits the request. No statement allows it here, but a policy of the caller's own, or the ACL, now may.
    /// </summary>
    DenyLifted,

    /// <summary>A Deny now hits the request, which a policy of the caller's own, or the ACL, may have allowed.</summary>
    DenyAdded,
}

/// <summary>A request that two policies decide differently. It represents all requests of its class.</summary>
/// <param name="Change">Gained or lost.</param>
/// <param name="Request">The request.</param>
/// <param name="Before">The verdict of the first policy.</param>
/// <param name="After">The verdict of the second policy.</param>
internal sealed record AccessDifference(AccessChange Change, PolicyRequest Request, Decision Before, Decision After)
{
    /// <summary>The request's context in words, keys that are absent left out.</summary>
    public string Context => string.Join(", ", Request.Context.Entries
        .Where(e => e.Value.Knowledge == ContextKnowledge.Present)
        .OrderBy(e => e.Key, StringComparer.Ordinal)
        .Select(e => $"{Request.Context.SpellingOf(e.Key)}={e.Value}"));

    /// <summary>The request with its context in words.</summary>
    public string Witness => Context is { Length: > 0 } context ? $"{Request} with {context}" : Request.ToString();

    /// <summary>The difference in words.</summary>
    public override string ToString() => $"{Change}: {Witness}";
}

/// <summary>
/// Compares two policies by meaning: not their text, but the requests that they allow. Every class of requests that the two
/// can distinguish is decided by both.
/// </summary>
/// <remarks>
/// Each dimension of a request (principal, action, resource, each context key) occurs in policies only as patterns. One
/// witness per combination of patterns represents all equivalent requests; both policies are constant on the cells of the
/// product, so deciding one witness per cell decides all requests. Cells that no changed statement matches are equal and
/// only counted.
/// </remarks>
internal sealed class PolicyComparison
{
    /// <summary>The default limit of cells to decide one by one.</summary>
    public const int DefaultMaxCells = 2_000_000;

    // As many differences as a person or a log wants to see; more are counted.
    private const int MaxDifferences = 1_000;

    private readonly IReadOnlyDictionary<AccessChange, long> counts;

    private PolicyComparison(
        double cells, long cellsDecided, bool isComplete, IReadOnlyList<AccessDifference> differences, IReadOnlyDictionary<AccessChange, long> counts)
    {
        Cells = cells;
        CellsDecided = cellsDecided;
        IsComplete = isComplete;
        Differences = differences;
        this.counts = counts;
    }

    /// <summary>The number of cells of the space that the changed statements reach into.</summary>
    public double Cells { get; }

    /// <summary>The number of cells that both policies decided; each represents all cells that the same statements decide.</summary>
    public long CellsDecided { get; }

    /// <summary>Whether every class of requests was covered. If not, agreement proves nothing.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether the two policies treat all requests alike, for sure.</summary>
    public bool IsEquivalent => IsComplete && counts.Values.All(c => c == 0);

    /// <summary>The differences, at most a thousand, each with its witness.</summary>
    public IReadOnlyList<AccessDifference> Differences { get; }

    /// <summary>The number of cells that were refused and are allowed.</summary>
    public long GainedCells => counts[AccessChange.Gained];

    /// <summary>The number of cells that were allowed and are refused.</summary>
    public long LostCells => counts[AccessChange.Lost];

    /// <summary>The number of cells that a Deny no longer hits; see <see cref="AccessChange.DenyLifted"/>.</summary>
    public long DenyLiftedCells => counts[AccessChange.DenyLifted];

    /// <summary>The number of cells that a Deny now hits; see <see cref="AccessChange.DenyAdded"/>.</summary>
    public long DenyAddedCells => counts[AccessChange.DenyAdded];

    /// <summary>Compares two policies.</summary>
    /// <param name="before">The first policy.</param>
    /// <param name="after">The second policy.</param>
    /// <param name="resource">
    /// Only resources like this count. When <see langword="null"/>, a bucket policy is compared on the buckets that it names
    /// and any other policy on all resources.
    /// </param>
    /// <param name="maxCells">The maximum number of cells to decide one by one. Beyond it the comparison ends as incomplete.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <exception cref="OperationCanceledException">The comparison was stopped.</exception>
    public static PolicyComparison Compare(
        PolicyDocument before, PolicyDocument after, string? resource = null, int maxCells = DefaultMaxCells, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var kind = KindOf(before, after);
        IReadOnlyList<string> resources = resource is not null ? [resource] : kind == PolicyKind.Bucket ? BucketsOf(before, after) : [];
        var differences = new List<AccessDifference>();
        var counts = Enum.GetValues<AccessChange>().ToDictionary(c => c, _ => 0L);
        var walk = CellWalk.Run(before.As(kind), after.As(kind), [], resources, maxCells, cell =>
        {
            if (cell.Change is not { } change)
            {
                return;
            }

            counts[change]++;
            if (differences.Count < MaxDifferences)
            {
                differences.Add(new AccessDifference(change, cell.Request, cell.Before, cell.After));
            }
        }, cancellationToken);
        return new(walk.Cells, walk.CellsDecided, walk.IsComplete, differences, counts);
    }

    // The kind of the documents is not given; their actions show it.
    private static PolicyKind KindOf(PolicyDocument before, PolicyDocument after)
    {
        if (before.Kind != PolicyKind.Any || after.Kind != PolicyKind.Any)
        {
            return before.Kind != PolicyKind.Any ? before.Kind : after.Kind;
        }

        var services = before.Statements.Concat(after.Statements)
            .SelectMany(s => s.Action.Values)
            .Where(a => a != "*")
            .Select(a => a[..a.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant())
            .Distinct()
            .ToArray();
        return services switch
        {
            ["s3"] => PolicyKind.Bucket,
            ["kms"] => PolicyKind.Key,
            _ => PolicyKind.Any,
        };
    }

    // A bucket policy is evaluated for its own bucket only. With wildcards in the names, it may be any.
    private static string[] BucketsOf(PolicyDocument before, PolicyDocument after)
    {
        var buckets = before.Statements.Concat(after.Statements)
            .SelectMany(s => s.Resource?.Values ?? [])
            .Where(r => r != "*")
            .Select(r => r.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? r[..slash] : r)
            .Distinct()
            .ToArray();
        return buckets.Length == 0 || Array.Exists(buckets, b => b.AsSpan().ContainsAny("*?$"))
            ? []
            : [.. buckets.SelectMany(b => new[] { b, $"{b}/?*" })];
    }
}
