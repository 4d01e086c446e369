using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Comparison;

/// <summary>
/// Finds one principal for every class that statements can tell apart, together with the context keys that AWS derives
/// from the principal: a service has no <c>aws:PrincipalOrgID</c>, and nobody else has <c>aws:PrincipalIsAWSService</c>
/// <c>true</c>. Source: IAM user guide, reference_policies_condition-keys, "Properties of the principal".
/// </summary>
internal static class PrincipalClasses
{
    private const string IsAwsService = "aws:principalisawsservice";
    private const string ServiceName = "aws:principalservicename";
    private const string ServiceNames = "aws:principalservicenameslist";
    private const string PrincipalArn = "aws:principalarn";
    private const string PrincipalAccount = "aws:principalaccount";

    // Account ids that stand for all accounts that no statement names.
    private static readonly string[] FreshAccounts = ["999900001111", "888800002222"];

    /// <summary>Whether a key's value follows from the principal.</summary>
    public static bool IsDerived(string lowerCaseKey) => lowerCaseKey
        is IsAwsService or ServiceName or ServiceNames or PrincipalArn or PrincipalAccount
        or "aws:principalorgid" or "aws:principalorgpaths" or "aws:principaltype" or "aws:username" or "aws:userid"
        || lowerCaseKey.StartsWith("aws:principaltag/", StringComparison.Ordinal);

    /// <summary>Finds the principals.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="isComplete">Set to false when some class may be missing.</param>
    public static List<Witness> Find(IReadOnlyList<Statement> statements, ref bool isComplete)
    {
        var byKey = statements.SelectMany(s => s.Conditions)
            .Where(c => IsDerived(c.LowerCaseKey))
            .GroupBy(c => c.LowerCaseKey)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<Condition>)[.. g]);
        var entries = statements.SelectMany(s => s.Principal.Entries).Distinct().ToArray();
        var witnesses = new List<Witness>();
        witnesses.AddRange(Services(entries, byKey, ref isComplete));
        witnesses.AddRange(AwsPrincipals(entries, byKey, ref isComplete));
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

    private static List<Witness> Services(PrincipalEntry[] entries, Dictionary<string, IReadOnlyList<Condition>> byKey, ref bool isComplete)
    {
        var names = entries.Where(e => e.Type == PrincipalType.Service).Select(e => e.Text).ToHashSet(StringComparer.Ordinal);
        var conditions = new[] { ServiceName, ServiceNames }.SelectMany(k => byKey.GetValueOrDefault(k, [])).ToArray();
        foreach (var value in KeyClasses.Find(conditions, [RequestContext.Empty], names, ref isComplete))
        {
            names.UnionWith(value.Values);
        }

        names.Add("other-service.amazonaws.com");
        var witnesses = new List<Witness>();
        // The list of a service's names may hold the principal of a Region beside its own.
        var lists = names.SelectMany(n => byKey.ContainsKey(ServiceNames) ? new[] { ContextValue.Of(n), ContextValue.Of(n, ServicePrincipals.InRegion(n, "us-east-1")) } : [ContextValue.Of(n)]);
        foreach (var list in lists)
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
    }

    private static List<Witness> AwsPrincipals(PrincipalEntry[] entries, Dictionary<string, IReadOnlyList<Condition>> byKey, ref bool isComplete)
    {
        var witnesses = new List<Witness>();
        foreach (var arn in AwsArns(entries, byKey, ref isComplete))
        {
            var principal = RequestPrincipal.Aws(arn);
            var identity = principal.AssumedRoleName is { } role
                ? entries.Select(e => e.Text).FirstOrDefault(t => t.EndsWith($"/{role}", StringComparison.Ordinal) && t.Contains(":role/", StringComparison.Ordinal)) ?? arn
                : arn;
            var choices = new List<(string Key, IReadOnlyList<ContextValue> Values)>();
            foreach (var (key, conditions) in byKey)
            {
                choices.Add((key, key switch
                {
                    // Older signed requests may lack the key.
                    IsAwsService => [ContextValue.Of("false"), ContextValue.Absent],
                    ServiceName or ServiceNames => [ContextValue.Absent],
                    PrincipalArn => [ContextValue.Of(identity)],
                    PrincipalAccount => [ContextValue.Of(principal.AccountId!)],
                    _ => KeyClasses.Find(conditions, [RequestContext.Empty], [], ref isComplete),
                }));
            }

            witnesses.AddRange(Combine(choices).Select(keys => new Witness { Principal = principal, Keys = keys }));
        }

        return witnesses;
    }

    private static HashSet<string> AwsArns(PrincipalEntry[] entries, Dictionary<string, IReadOnlyList<Condition>> byKey, ref bool isComplete)
    {
        var arns = new HashSet<string>(StringComparer.Ordinal);
        var accounts = new HashSet<string>(FreshAccounts, StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => e.Type == PrincipalType.Aws && e.Text != "*"))
        {
            if (entry.WholeAccount is { } account)
            {
                accounts.Add(account);
            }
            else if (Arn.TryParse(entry.Text, out var arn))
            {
                arns.Add(entry.Text);
                accounts.Add(arn.AccountId);
                if (arn.Service == "iam" && arn.Resource.StartsWith("role/", StringComparison.Ordinal))
                {
                    arns.Add($"arn:{arn.Partition}:sts::{arn.AccountId}:assumed-role/{arn.Resource[(arn.Resource.LastIndexOf('/') + 1)..]}/session");
                }
            }
        }

        var operands = byKey.GetValueOrDefault(PrincipalArn, []).SelectMany(c => c.Operands.ToArray().Select(o => (c, o.Pattern))).Where(p => p.Pattern is not null).ToArray();
        isComplete &= !Array.Exists(operands, o => o.Pattern!.HasVariables);
        accounts.UnionWith(byKey.GetValueOrDefault(PrincipalAccount, []).SelectMany(c => c.Values).Where(v => Arn.IsAccountId(v)));
        var atoms = operands.Where(o => !o.Pattern!.HasVariables)
            .Select(o => o.c.Op.Type == ConditionType.Arn ? TextAtom.OfArn(o.Pattern!) : TextAtom.Of(o.Pattern!))
            .OfType<TextAtom>()
            .ToList();
        accounts.UnionWith(operands.SelectMany(o => o.Pattern!.Text.Split(':')).Where(Arn.IsAccountId));
        foreach (var account in accounts.Where(Arn.IsAccountId))
        {
            // Within an account, one principal for every class of its ARNs.
            arns.UnionWith(TextClasses.Find(atoms, TextAtom.Glob($"arn:aws:iam::{account}:role/?*"), out var found));
            isComplete &= found;
            arns.UnionWith(TextClasses.Find(atoms, TextAtom.Glob($"arn:aws:iam::{account}:user/?*"), out found));
            isComplete &= found;
        }

        return arns;
    }

    internal static IEnumerable<List<(string Key, ContextValue Value)>> Combine(List<(string Key, IReadOnlyList<ContextValue> Values)> choices)
    {
        IEnumerable<List<(string, ContextValue)>> combined = [[]];
        foreach (var (key, values) in choices)
        {
            combined = combined.SelectMany(keys => values.Select(v => new List<(string, ContextValue)>(keys) { (key, v) }));
        }

        return combined;
    }

    private static List<(string Key, ContextValue Value)> Fixed(Dictionary<string, IReadOnlyList<Condition>> byKey, string key, string value)
        => [.. byKey.Keys.Select(k => (k, k == key ? ContextValue.Of(value) : ContextValue.Absent))];
}
