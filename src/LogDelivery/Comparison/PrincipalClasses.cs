using LogDelivery.Policies;

namespace LogDelivery.Comparison;

/// <summary>
/// Finds one principal for every class that statements can distinguish, together with the context keys that AWS derives
/// from the principal: a service has no <c>aws:PrincipalOrgID</c>, and only a service has <c>aws:PrincipalIsAWSService</c>
/// <c>true</c>. Source: IAM user guide, reference_policies_condition-keys, "Properties of the principal".
/// </summary>
internal static class PrincipalClasses
{
    private const string IsAwsService = "aws:principalisawsservice";
    private const string ServiceName = "aws:principalservicename";
    private const string ServiceNames = "aws:principalservicenameslist";
    private const string PrincipalArn = "aws:principalarn";
    private const string PrincipalAccount = "aws:principalaccount";

    // More principals than this means tags and organizations entangled beyond use.
    private const int MaxPrincipals = 50_000;

    // What an ARN of IAM can be about. A role's sessions have ARNs of their own, but aws:PrincipalArn is the role's.
    private static readonly string[] Identities = ["iam::{account}:role/?*", "iam::{account}:user/?*", "iam::{account}:root", "sts::{account}:federated-user/?*"];

    /// <summary>Whether a key's value follows from the principal.</summary>
    public static bool IsDerived(string lowerCaseKey) => lowerCaseKey
        is IsAwsService or ServiceName or ServiceNames or PrincipalArn or PrincipalAccount
        or "aws:principalorgid" or "aws:principalorgpaths" or "aws:principaltype" or "aws:username" or "aws:userid"
        || lowerCaseKey.StartsWith("aws:principaltag/", StringComparison.Ordinal);

    /// <summary>Finds the principals.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="variables">The keys that policy variables name, with values to try.</param>
    /// <param name="contexts">Give the policy variables in conditions on the principal's keys their values.</param>
    /// <param name="search">Is told when some class may be missing.</param>
    public static List<Witness> Find(
        IReadOnlyList<Statement> statements,
        IReadOnlyDictionary<string, IReadOnlyList<string>> variables,
        IReadOnlyList<RequestContext> contexts,
        ClassSearch search)
    {
        var byKey = statements.SelectMany(s => s.Conditions)
            .Where(c => IsDerived(c.LowerCaseKey))
            .GroupBy(c => c.LowerCaseKey)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<Condition>)[.. g]);
        foreach (var key in variables.Keys.Where(IsDerived))
        {
            byKey.TryAdd(key, []);
        }

        // An ARN in the middle of a pattern would have to be cut out of it.
        search.Require(!variables.ContainsKey(PrincipalArn));
        var entries = statements.SelectMany(s => s.Principal.Entries).Distinct().ToArray();
        var witnesses = new List<Witness>();
        witnesses.AddRange(Services(entries, byKey, variables, contexts, search));
        witnesses.AddRange(AwsPrincipals(statements, entries, byKey, variables, contexts, search));
        foreach (var entry in entries)
        {
            if (entry.Type == PrincipalType.Federated)
            {
                witnesses.Add(new Witness { Principal = RequestPrincipal.Federated(entry.Text), Keys = Fixed(byKey, IsAwsService, "false") });
            }
            else if (entry.Type == PrincipalType.CanonicalUser)
            {
                witnesses.Add(new Witness { Principal = RequestPrincipal.CanonicalUser(entry.Text), Keys = Fixed(byKey, IsAwsService, "false") });
            }
        }

        witnesses.Add(new Witness { Principal = RequestPrincipal.Anonymous, Keys = Fixed(byKey, IsAwsService, "false") });
        return witnesses;
    }

    private static List<Witness> Services(
        PrincipalEntry[] entries,
        Dictionary<string, IReadOnlyList<Condition>> byKey,
        IReadOnlyDictionary<string, IReadOnlyList<string>> variables,
        IReadOnlyList<RequestContext> contexts,
        ClassSearch search)
    {
        var names = entries.Where(e => e.Type == PrincipalType.Service).Select(e => e.Text).ToHashSet(StringComparer.Ordinal);

        // The stranger comes before the texts that only patterns want, so that witnesses name it.
        names.Add("other-service.amazonaws.com");
        string[] keysOfNames = [ServiceName, ServiceNames];
        names.UnionWith(keysOfNames.SelectMany(k => variables.GetValueOrDefault(k, [])));
        var conditions = keysOfNames.SelectMany(k => byKey.GetValueOrDefault(k, [])).ToArray();
        foreach (var value in KeyClasses.Find(conditions, contexts, names.ToArray(), search))
        {
            names.UnionWith(value.Values);
        }

        names.Remove(string.Empty);
        var witnesses = new List<Witness>();
        foreach (var list in names.SelectMany(n => ListsOf(n)))
        {
            var name = list.Values[0];
            var keys = new List<(string, ContextValue)>();
            foreach (var key in byKey.Keys)
            {
                keys.Add((key, key switch
                {
                    IsAwsService => ContextValue.Of("true"),
                    ServiceName => ContextValue.Of(name),
                    ServiceNames => list,
                    // Some account or role inside AWS that no policy names.
                    PrincipalArn => ContextValue.Of("arn:aws:iam::000000000000:role/aws-internal"),
                    PrincipalAccount => ContextValue.Of("000000000000"),
                    _ => ContextValue.Absent,
                }));
            }

            witnesses.Add(new Witness { Principal = RequestPrincipal.Service(name), Keys = keys });
        }

        return witnesses;

        // The list of a service's names may hold the principal of a Region beside its own.
        IEnumerable<ContextValue> ListsOf(string name)
        {
            string[] regional = byKey.ContainsKey(ServiceNames)
                ? [ServicePrincipals.InRegion(name, "us-east-1"), .. names.Where(n => ServicePrincipals.IsInRegion(n, name))]
                : [];
            return regional.Distinct().Select(r => ContextValue.Of(name, r)).Prepend(ContextValue.Of(name));
        }
    }

    private static List<Witness> AwsPrincipals(
        IReadOnlyList<Statement> statements,
        PrincipalEntry[] entries,
        Dictionary<string, IReadOnlyList<Condition>> byKey,
        IReadOnlyDictionary<string, IReadOnlyList<string>> variables,
        IReadOnlyList<RequestContext> contexts,
        ClassSearch search)
    {
        var witnesses = new List<Witness>();
        var free = new List<(string Key, IReadOnlyList<ContextValue> Values)>();
        foreach (var (key, conditions) in byKey.Where(k => k.Key is not (PrincipalArn or PrincipalAccount)))
        {
            free.Add((key, key switch
            {
                // Older signed requests may lack the key.
                IsAwsService => [ContextValue.Of("false"), ContextValue.Absent],
                ServiceName or ServiceNames => [ContextValue.Absent],
                _ => KeyClasses.Find(conditions, contexts, variables.GetValueOrDefault(key, []), search),
            }));
        }

        // Keys that only conditions test, not variables, need no more than one combination of values a class.
        var others = Combine(free, MaxPrincipals, search)
            .Select(keys => new Witness { Keys = keys })
            .DistinctBy(w => KindOf(w.ToContext(), null))
            .ToArray();
        var identities = Principals(entries, byKey, variables, contexts, search)
            .Select(p => new Witness { Principal = p.Principal, Keys = [.. Fixed(p.Principal, p.Identity)] })
            .DistinctBy(w => KindOf(w.ToContext(), w.Principal));
        foreach (var identity in identities)
        {
            witnesses.AddRange(others.Select(identity.With));
        }

        search.Require(witnesses.Count <= MaxPrincipals);
        return witnesses.Count <= MaxPrincipals ? witnesses : witnesses[..MaxPrincipals];

        IEnumerable<(string Key, ContextValue Value)> Fixed(RequestPrincipal principal, string identity)
        {
            if (byKey.ContainsKey(PrincipalArn))
            {
                yield return (PrincipalArn, ContextValue.Of(identity));
            }

            if (byKey.ContainsKey(PrincipalAccount))
            {
                yield return (PrincipalAccount, ContextValue.Of(principal.AccountId!));
            }
        }

        // What statements see of a principal: who is covered, which conditions hold, and what variables become.
        string KindOf(RequestContext context, RequestPrincipal? principal)
        {
            var kind = new System.Text.StringBuilder();
            foreach (var statement in statements)
            {
                kind.Append(principal is null || statement.Principal.Matches(principal) ? '1' : '0');
                foreach (var condition in statement.Conditions.Where(c => context.Entries.ContainsKey(c.LowerCaseKey)))
                {
                    var isTied = condition.Operands.ToArray().Any(o => o.Pattern is { HasVariables: true });
                    kind.Append(isTied ? $"\0{context.Find(condition.LowerCaseKey)}\0" : condition.Test(context) == Truth.True ? "1" : "0");
                }
            }

            foreach (var key in variables.Keys.Where(context.Entries.ContainsKey))
            {
                kind.Append('\0').Append(context.Find(key));
            }

            return kind.ToString();
        }
    }

    /// <summary>One principal for every class of ARNs, with the ARN that <c>aws:PrincipalArn</c> holds.</summary>
    private static List<(RequestPrincipal Principal, string Identity)> Principals(
        PrincipalEntry[] entries,
        Dictionary<string, IReadOnlyList<Condition>> byKey,
        IReadOnlyDictionary<string, IReadOnlyList<string>> variables,
        IReadOnlyList<RequestContext> contexts,
        ClassSearch search)
    {
        var named = entries.Where(e => e.Type == PrincipalType.Aws && e.WholeAccount is null).Select(e => Arn.TryParse(e.Text, out var arn) ? arn : default).Where(a => a.Partition is not null).ToArray();
        var operands = Resolve(byKey.GetValueOrDefault(PrincipalArn, []), contexts).ToArray();
        var accounts = Resolve(byKey.GetValueOrDefault(PrincipalAccount, []), contexts).Select(o => o.Pattern)
            .Concat(entries.Select(e => e.WholeAccount).OfType<string>().Concat(variables.GetValueOrDefault(PrincipalAccount, [])).Select(a => Pattern.Compile(a, wildcards: false, variables: false)));
        List<TextAtom> atoms =
        [
            .. named.Select(a => TextAtom.Literal(a.ToString())),
            .. accounts.DistinctBy(a => (a.Text, a.IgnoreCase, a.IsLiteral)).Select(TextAtom.OfAccount),
            .. operands.Select(o => o.IsArn ? TextAtom.OfArn(o.Pattern) : TextAtom.Of(o.Pattern)).OfType<TextAtom>(),
        ];
        var partitions = named.Select(a => a.Partition)
            .Concat(operands.Select(o => o.Pattern.Text.Split(':')).Where(p => p.Length > 1).Select(p => p[1]))
            .Where(p => p.StartsWith("aws", StringComparison.Ordinal) && !p.AsSpan().ContainsAny("*?${"))
            .Append("aws")
            .Distinct()
            .ToArray();
        var found = new List<(RequestPrincipal, string)>();
        foreach (var identity in partitions.SelectMany(p => Identities.Select(i => $"arn:{p}:{i}")))
        {
            foreach (var arn in TextClasses.Find(atoms, TextAtom.OfIdentity(identity), search))
            {
                found.Add((RequestPrincipal.Aws(arn), arn));
            }
        }

        // The sessions of a role match entries by the role's name, whatever its path.
        foreach (var arn in named.Distinct())
        {
            if ((arn.AssumedRoleName ?? RoleName(arn)) is not { } role)
            {
                continue;
            }

            var sessions = named.Where(a => a.Partition == arn.Partition && a.AccountId == arn.AccountId && a.AssumedRoleName == role).Select(a => a.ToString())
                .Append($"arn:{arn.Partition}:sts::{arn.AccountId}:assumed-role/{role}/session");
            foreach (var path in new[] { string.Empty, "?*/" })
            {
                foreach (var identity in TextClasses.Find(atoms, TextAtom.Glob($"arn:{arn.Partition}:iam::{arn.AccountId}:role/{path}{role}"), search))
                {
                    found.AddRange(sessions.Select(s => (RequestPrincipal.Aws(s), identity)));
                }
            }
        }

        return found;
    }

    private static string? RoleName(Arn arn)
        => arn.Service == "iam" && arn.Resource.StartsWith("role/", StringComparison.Ordinal) ? arn.Resource[(arn.Resource.LastIndexOf('/') + 1)..] : null;

    private static IEnumerable<(Pattern Pattern, bool IsArn)> Resolve(IReadOnlyList<Condition> conditions, IReadOnlyList<RequestContext> contexts)
    {
        foreach (var condition in conditions)
        {
            foreach (var pattern in condition.Operands.ToArray().Select(o => o.Pattern).OfType<Pattern>())
            {
                foreach (var context in pattern.HasVariables ? contexts : contexts.Take(1))
                {
                    if (pattern.TryResolve(context, out var resolved) == Truth.True)
                    {
                        yield return (resolved!, condition.Op.Type == ConditionType.Arn);
                    }
                }
            }
        }
    }

    private static List<List<(string Key, ContextValue Value)>> Combine(List<(string Key, IReadOnlyList<ContextValue> Values)> choices, int max, ClassSearch search)
    {
        List<List<(string, ContextValue)>> combined = [[]];
        foreach (var (key, values) in choices)
        {
            combined = [.. combined.SelectMany(keys => values.Select(v => new List<(string, ContextValue)>(keys) { (key, v) })).Take(max + 1)];
            if (combined.Count > max)
            {
                search.Miss();
                combined.RemoveAt(max);
            }
        }

        return combined;
    }

    private static List<(string Key, ContextValue Value)> Fixed(Dictionary<string, IReadOnlyList<Condition>> byKey, string key, string value)
        => [.. byKey.Keys.Select(k => (k, k == key ? ContextValue.Of(value) : ContextValue.Absent))];
}
