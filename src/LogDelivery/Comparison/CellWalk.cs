using System.Text.Json.Nodes;
using LogDelivery.Policies;

namespace LogDelivery.Comparison;

/// <summary>A cell that the changed statements reach, decided by the shipped evaluator.</summary>
internal readonly record struct Cell(PolicyRequest Request, Decision Before, Decision After)
{
    public AccessChange? Change => (Before.Verdict, After.Verdict) switch
    {
        (not Verdict.Allowed, Verdict.Allowed) => AccessChange.Gained,
        (Verdict.Allowed, not Verdict.Allowed) => AccessChange.Lost,
        (Verdict.ExplicitDeny, Verdict.ImplicitDeny) when MayBeAllowedElsewhere => AccessChange.DenyLifted,
        (Verdict.ImplicitDeny, Verdict.ExplicitDeny) when MayBeAllowedElsewhere => AccessChange.DenyAdded,
        _ => null,
    };

    // Users and roles have policies of their own, and ACLs may allow others; a service principal has only this policy.
    private bool MayBeAllowedElsewhere => Request.Principal.Type != PrincipalType.Service;
}

/// <summary>The number of cells that a walk covered.</summary>
internal readonly record struct CellWalkResult(double Cells, long CellsDecided, bool IsComplete);

/// <summary>Enumerates the cells in which two policies can differ.</summary>
internal sealed class CellWalk
{
    private readonly PolicyDocument before;
    private readonly PolicyDocument after;
    private readonly int maxCells;
    private readonly Action<Cell> visit;
    private readonly ClassSearch search;
    private readonly Dictionary<string, string> spellings;
    private readonly StatementSet changed;
    private readonly StatementSet sharedDeny;
    private readonly IReadOnlyList<IReadOnlyList<Witness>> dimensions;
    private readonly StatementSet[] certainFrom;
    private readonly HashSet<(StatementSet Possible, bool IsService)>[] visited;
    private readonly Witness[] path;
    private long decided;
    private bool gaveUp;

    private CellWalk(
        PolicyDocument before, PolicyDocument after, CellSpace space, StatementSet changed, StatementSet sharedDeny, int count, int maxCells, Action<Cell> visit, ClassSearch search)
    {
        this.before = before;
        this.after = after;
        this.changed = changed;
        this.sharedDeny = sharedDeny;
        this.maxCells = maxCells;
        this.visit = visit;
        this.search = search;
        dimensions = space.Dimensions;
        spellings = before.Statements.Concat(after.Statements).SelectMany(s => s.Conditions).DistinctBy(c => c.LowerCaseKey).ToDictionary(c => c.LowerCaseKey, c => c.Key, StringComparer.Ordinal);
        path = new Witness[dimensions.Count];

        // Which statements match whatever the remaining dimensions say.
        visited = [.. dimensions.Select(_ => new HashSet<(StatementSet, bool)>())];
        certainFrom = new StatementSet[dimensions.Count + 1];
        certainFrom[^1] = StatementSet.All(count);
        for (var d = dimensions.Count - 1; d >= 0; d--)
        {
            certainFrom[d] = dimensions[d].Aggregate(certainFrom[d + 1], (all, w) => all.And(w.Matches));
        }
    }

    /// <summary>Enumerates the cells.</summary>
    /// <param name="before">The first policy.</param>
    /// <param name="after">The second policy.</param>
    /// <param name="alsoApart">Further statements, of neither policy, whose requests must be distinguished too.</param>
    /// <param name="resources">Only resources like one of these count; all when empty.</param>
    /// <param name="maxCells">The most cells to decide.</param>
    /// <param name="visit">Called for every cell that is decided.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    /// <exception cref="OperationCanceledException">The walk was stopped.</exception>
    public static CellWalkResult Run(
        PolicyDocument before, PolicyDocument after, IReadOnlyList<Statement> alsoApart, IReadOnlyList<string> resources, int maxCells, Action<Cell> visit, CancellationToken cancellationToken = default)
    {
        var beforeTexts = Keyed(before);
        var afterTexts = Keyed(after);
        var changedStatements = beforeTexts.Where(s => !afterTexts.ContainsKey(s.Key)).Concat(afterTexts.Where(s => !beforeTexts.ContainsKey(s.Key))).Select(s => s.Value).ToArray();
        if (changedStatements.Length == 0)
        {
            return new(0, 0, true);
        }

        var shared = beforeTexts.Where(s => afterTexts.ContainsKey(s.Key)).Select(s => s.Value);
        var statements = changedStatements.Concat(shared.Concat(alsoApart).Where(s => changedStatements.Any(c => StatementOverlap.IsPossible(c, s)))).ToArray();
        var search = new ClassSearch(cancellationToken);
        var space = CellSpace.Of(statements, ActionUniverse(before.Kind), resources.Count == 0 ? ["?*"] : resources, search);
        var changed = new StatementSet(statements.Length);
        var sharedDeny = new StatementSet(statements.Length);
        for (var i = 0; i < statements.Length; i++)
        {
            changed[i] = i < changedStatements.Length;
            sharedDeny[i] = !changed[i] && statements[i].Effect == PolicyEffect.Deny && !alsoApart.Contains(statements[i]);
        }

        var walk = new CellWalk(before, after, space, changed, sharedDeny, statements.Length, maxCells, visit, search);
        walk.Descend(0, StatementSet.All(statements.Length), isService: false);
        return new(space.Cells, walk.decided, space.IsComplete && !walk.gaveUp);
    }

    private static string ActionUniverse(PolicyKind kind) => kind switch
    {
        PolicyKind.Bucket => "s3:?*",
        PolicyKind.Key => "kms:?*",
        _ => "?*:?*",
    };

    // The language version is part of what a statement means.
    private static Dictionary<string, Statement> Keyed(PolicyDocument document)
    {
        var keyed = new Dictionary<string, Statement>(StringComparer.Ordinal);
        foreach (var statement in document.Statements)
        {
            // White space and escapes make no other statement of it.
            var text = JsonNode.Parse(document.GetStatementText(statement.Index))!.ToJsonString();
            keyed.TryAdd($"{document.Version} {text}", statement);
        }

        return keyed;
    }

    private void Descend(int depth, StatementSet possible, bool isService)
    {
        // Where no changed statement can match, or one Deny that both policies have is sure to, the two agree.
        if (gaveUp || !possible.Overlaps(changed) || possible.Overlaps(certainFrom[depth], sharedDeny))
        {
            return;
        }

        if (depth == dimensions.Count)
        {
            Decide();
            return;
        }

        search.Check();
        foreach (var witness in dimensions[depth])
        {
            path[depth] = witness;
            var next = possible.And(witness.Matches);
            var service = isService || witness.Principal?.Type == PrincipalType.Service;

            // What lies below depends on nothing but the statements that are still possible: paths that leave the same ones
            // lead to the same verdicts, and one witness represents them all.
            if (visited[depth].Add((next, service)))
            {
                Descend(depth + 1, next, service);
            }
        }
    }

    private void Decide()
    {
        if (++decided > maxCells)
        {
            gaveUp = true;
            return;
        }

        RequestPrincipal? principal = null;
        string? action = null;
        string? resource = null;
        var keys = new Dictionary<string, ContextValue>(StringComparer.Ordinal);
        foreach (var witness in path)
        {
            principal ??= witness.Principal;
            action ??= witness.Action;
            resource ??= witness.Resource;
            foreach (var (key, value) in witness.Keys)
            {
                keys[spellings.GetValueOrDefault(key, key)] = value;
            }
        }

        var request = new PolicyRequest(principal!, action!, resource!, new RequestContext(keys));
        visit(new Cell(request, before.Evaluate(request), after.Evaluate(request)));
    }
}
