using LogDelivery.Policies;

namespace LogDelivery.Comparison;

/// <summary>
/// All requests that statements can distinguish, as a product of dimensions: principal, action, resource and each context
/// key. Keys that a policy variable ties to another dimension share one dimension with it.
/// </summary>
internal sealed class CellSpace
{
    private const string ActionName = "Action";
    private const string ResourceName = "Resource";
    private const string PrincipalName = "Principal";

    // A single dimension larger than this would mean variables tied to variables.
    private const int MaxWitnesses = 20_000;
    private const int MaxContexts = 2_000;

    private readonly IReadOnlyList<Statement> statements;
    private readonly TextAtom actionUniverse;
    private readonly TextAtom[] resourceUniverses;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> variables;
    private readonly ClassSearch search;

    private CellSpace(IReadOnlyList<Statement> statements, TextAtom actionUniverse, TextAtom[] resourceUniverses, ClassSearch search)
    {
        this.search = search;
        this.statements = statements;
        this.actionUniverse = actionUniverse;
        this.resourceUniverses = resourceUniverses;
        variables = VariableValues.Find(statements, search);
        Dimensions = Build();
    }

    /// <summary>The dimensions, those that rule out most statements first.</summary>
    public IReadOnlyList<IReadOnlyList<Witness>> Dimensions { get; }

    /// <summary>False when some class of requests may have no witness, so that agreement is no proof.</summary>
    public bool IsComplete => search.IsComplete;

    /// <summary>The number of cells: the product of the dimensions.</summary>
    public double Cells => Dimensions.Aggregate(1.0, (product, d) => product * d.Count);

    public static CellSpace Of(IReadOnlyList<Statement> statements, string actionUniverse, IReadOnlyList<string> resourceUniverses, ClassSearch search)
        => new(statements, TextAtom.Glob(actionUniverse, ignoreCase: true), [.. resourceUniverses.Select(u => TextAtom.Glob(u))], search);

    private List<List<Witness>> Build()
    {
        var keys = statements.SelectMany(s => s.Conditions).Select(c => c.LowerCaseKey).Concat(variables.Keys).Distinct().ToArray();
        var facets = new List<string> { PrincipalName, ActionName, ResourceName };
        facets.AddRange(keys.Where(k => !PrincipalClasses.IsDerived(k)));
        var groups = Tie(facets);
        var dimensions = groups.Select(g => Merge(g.Select(f => Find(f, g)))).ToList();
        foreach (var (group, dimension) in groups.Zip(dimensions))
        {
            foreach (var witness in dimension)
            {
                search.Check();
                witness.Matches = MatchesOf(witness, group);
            }
        }

        // Witnesses that leave the same statements possible are one class; but a Deny means more to a principal that may
        // have policies of its own than to a service.
        return [.. dimensions
            .Select(d => d.DistinctBy(w => (w.Matches, w.Principal?.Type == PrincipalType.Service)).ToList())
            .OrderByDescending(d => d.Count > 1 ? statements.Count - d.Average(w => CountOf(w.Matches)) : -1)];
    }

    private List<Witness> Find(string facet, List<string> group)
    {
        switch (facet)
        {
            case PrincipalName:
                return PrincipalClasses.Find(statements, variables, ContextsOf([.. group.Where(g => g != PrincipalName)]), search);
            case ActionName:
                var patterns = statements.SelectMany(s => s.Action.Patterns).ToArray();
                return [.. Texts(patterns, [RequestContext.Empty], [actionUniverse]).Select(t => new Witness { Action = Spell(t, patterns) })];
            case ResourceName:
                var contexts = ContextsOf(group);
                return [.. Texts(statements.SelectMany(s => s.Resource?.Patterns ?? []), contexts, resourceUniverses).Select(t => new Witness { Resource = t })];
            default:
                var conditions = statements.SelectMany(s => s.Conditions).Where(c => c.LowerCaseKey == facet).ToArray();
                var values = KeyClasses.Find(conditions, group.Count > 1 ? ContextsOf([.. group.Where(g => g != facet)]) : [RequestContext.Empty], variables.GetValueOrDefault(facet, []), search);
                return [.. values.Select(v => new Witness { Keys = [(facet, v)] })];
        }
    }

    private List<string> Texts(IEnumerable<Pattern> patterns, IReadOnlyList<RequestContext> contexts, TextAtom[] universes)
    {
        var atoms = new Dictionary<string, TextAtom>(StringComparer.Ordinal);
        foreach (var pattern in patterns)
        {
            foreach (var context in pattern.HasVariables ? contexts : contexts.Take(1))
            {
                if (pattern.TryResolve(context, out var resolved) == Truth.True)
                {
                    atoms.TryAdd(string.Concat(resolved!.Parts.Select(p => $"{(int)p.Kind}{p.Text}\0")), TextAtom.Of(resolved));
                }
            }
        }

        var texts = new List<string>();
        foreach (var universe in universes)
        {
            texts.AddRange(TextClasses.Find([.. atoms.Values], universe, search));
        }

        return texts;
    }

    // Actions are case-insensitive, so a witness takes a spelling from the policies.
    private static string Spell(string action, Pattern[] patterns)
        => Array.Find(patterns, p => p.IsLiteral && p.Text.Equals(action, StringComparison.OrdinalIgnoreCase))?.Text ?? action;

    /// <summary>The contexts that the keys of a group can make, as far as variables name them.</summary>
    private List<RequestContext> ContextsOf(IReadOnlyList<string> group)
    {
        var contexts = new List<RequestContext> { RequestContext.Empty };
        foreach (var key in group.Where(f => f is not (PrincipalName or ActionName or ResourceName) && variables.ContainsKey(f)))
        {
            var conditions = statements.SelectMany(s => s.Conditions).Where(c => c.LowerCaseKey == key && !c.Operands.ToArray().Any(o => o.Pattern is { HasVariables: true })).ToArray();
            var values = KeyClasses.Find(conditions, [RequestContext.Empty], variables[key], search);
            contexts = Limit(contexts.SelectMany(c => values.Select(v => c.With(key, v))));
        }

        if (group.Contains(PrincipalName) && variables.Keys.Any(PrincipalClasses.IsDerived))
        {
            var derived = PrincipalClasses.Find(statements, variables, contexts, search)
                .Select(w => w.Keys.Where(k => variables.ContainsKey(k.Key)).OrderBy(k => k.Key, StringComparer.Ordinal).ToArray())
                .DistinctBy(keys => string.Join('\0', keys.Select(k => k.Value.ToString())))
                .ToArray();
            contexts = Limit(derived.SelectMany(keys => contexts.Select(c => keys.Aggregate(c, (all, k) => all.With(k.Key, k.Value)))));
        }

        return contexts;
    }

    private List<RequestContext> Limit(IEnumerable<RequestContext> contexts)
    {
        var limited = contexts.Take(MaxContexts + 1).ToList();
        if (limited.Count > MaxContexts)
        {
            search.Miss();
            limited.RemoveAt(MaxContexts);
        }

        return limited;
    }

    private List<Witness> Merge(IEnumerable<List<Witness>> facets)
    {
        List<Witness>? merged = null;
        foreach (var facet in facets)
        {
            merged = merged is null ? facet : [.. merged.SelectMany(m => facet.Select(m.With)).Take(MaxWitnesses + 1)];
            if (merged.Count > MaxWitnesses)
            {
                search.Miss();
                merged = merged[..MaxWitnesses];
            }
        }

        return merged ?? [];
    }

    private StatementSet MatchesOf(Witness witness, List<string> group)
    {
        var context = witness.ToContext();
        var set = new StatementSet(statements.Count);
        for (var i = 0; i < statements.Count; i++)
        {
            var statement = statements[i];
            set[i] = (witness.Principal is null || statement.Principal.Matches(witness.Principal))
                && (witness.Action is null || statement.Action.Matches(witness.Action, context) == Truth.True)
                && (witness.Resource is null || statement.Resource is null || statement.Resource.Matches(witness.Resource, context) == Truth.True)
                && statement.Conditions.All(c => !Belongs(c, group) || c.Test(context) == Truth.True);
        }

        return set;
    }

    private static bool Belongs(Condition condition, List<string> group)
        => PrincipalClasses.IsDerived(condition.LowerCaseKey) ? group.Contains(PrincipalName) : group.Contains(condition.LowerCaseKey);

    /// <summary>Puts facets that a variable ties together into one group.</summary>
    private List<List<string>> Tie(List<string> facets)
    {
        var groups = facets.Select(f => new List<string> { f }).ToList();
        void Join(string left, string right)
        {
            var a = groups.First(g => g.Contains(FacetOf(left)));
            var b = groups.First(g => g.Contains(FacetOf(right)));
            if (a != b)
            {
                a.AddRange(b);
                groups.Remove(b);
            }
        }

        foreach (var statement in statements)
        {
            foreach (var key in (statement.Resource?.Patterns ?? []).SelectMany(p => p.VariableKeys))
            {
                Join(ResourceName, key);
            }

            foreach (var condition in statement.Conditions)
            {
                foreach (var key in condition.Operands.ToArray().SelectMany(o => o.Pattern?.VariableKeys ?? []))
                {
                    Join(condition.LowerCaseKey, key);
                }
            }
        }

        return groups;
    }

    private static string FacetOf(string name) => PrincipalClasses.IsDerived(name) ? PrincipalName : name;

    private int CountOf(StatementSet set)
    {
        var count = 0;
        for (var i = 0; i < statements.Count; i++)
        {
            count += set[i] ? 1 : 0;
        }

        return count;
    }
}
