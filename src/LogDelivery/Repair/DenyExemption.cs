using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>A way to take a delivery out of a Deny.</summary>
/// <param name="Kind">Narrowed in place, or split.</param>
/// <param name="Description">The change in a sentence.</param>
/// <param name="Condition">The condition that is added, when the statement is narrowed in place.</param>
/// <param name="Statements">The statements that replace the Deny when it is split.</param>
internal sealed record DenyCandidate(RepairEditKind Kind, string Description, GrantCondition? Condition, IReadOnlyList<JsonObject> Statements)
{
    public int Count => Condition is null ? Statements.Count : 1;

    public PolicyDocument ApplyTo(PolicyDocument document, int index)
        => Condition is null ? PolicyEditor.ReplaceStatement(document, index, Statements) : PolicyEditor.Require(document, index, Condition);
}

/// <summary>
/// Lists the ways to exempt a delivery from a Deny, the simplest first. The proof decides which one changes nothing else:
/// the exemption that AWS documents (for all AWS services) often allows others that only this Deny stopped.
/// </summary>
internal static class DenyExemption
{
    // Every combination of a way out per grant is a statement; more than this is no policy anybody would keep.
    private const int MaxSplit = 12;

    public static IEnumerable<DenyCandidate> Candidates(PolicyDocument document, int index, Delivery delivery, IReadOnlyList<Grant> hit)
    {
        var statement = document.Statements[index];
        var name = statement.ToString();
        var principal = hit[0].Principal;
        hit = Join(hit);
        var common = hit[0].Conditions.Where(c => hit.All(g => g.Conditions.Any(o => Same(o, c)))).ToArray();
        var named = Named(principal);
        DenyCandidate Narrow(string what, GrantCondition condition)
            => new(RepairEditKind.NarrowDeny, $"{name}: {what} ({condition.Operator} {condition.Key} {string.Join(" or ", condition.Values)})", condition, []);

        if (principal.Type == PrincipalType.Service && !IsAboutServices(statement))
        {
            yield return Narrow("exempt AWS services", new("BoolIfExists", "aws:PrincipalIsAWSService", ["false"]));
        }

        if (named is { } exemption)
        {
            yield return Narrow($"exempt {principal}", exemption);
        }

        foreach (var condition in common)
        {
            if (Negate(condition) is { } negated)
            {
                yield return Narrow("exempt the delivery", negated);
            }
        }

        if (named is null)
        {
            yield break;
        }

        var commonWays = common.Select(Negate).OfType<GrantCondition>().Prepend(named).Select(Requiring).ToList();
        if (Split(document, index, commonWays) is { Count: > 1 } simple)
        {
            yield return new(RepairEditKind.SplitDeny, $"{name}: split, so that only this delivery of {principal} passes", null, simple);
        }

        var exact = commonWays.Concat(SpecificWays(delivery, hit, common)).ToList();
        if (exact.Count <= MaxSplit && Split(document, index, exact) is { Count: > 1 } full)
        {
            yield return new(RepairEditKind.SplitDeny, $"{name}: split, so that only the calls of this delivery pass", null, full);
        }
    }

    // A Deny that is only for services would match nothing any more if it exempted them all.
    private static bool IsAboutServices(Statement statement)
        => (!statement.Principal.IsNegated && statement.Principal.Entries.All(e => e.Type == PrincipalType.Service))
            || statement.Conditions.Any(c => c.LowerCaseKey == "aws:principalisawsservice")
            || statement.Conditions.Any(c => c.LowerCaseKey.StartsWith("aws:principalservicename", StringComparison.Ordinal) && c.Test(RequestContext.Empty) != Truth.True);

    // Grants that differ by their actions alone need one way out, not one each.
    private static Grant[] Join(IReadOnlyList<Grant> grants)
    {
        var joined = new List<Grant>();
        foreach (var grant in grants)
        {
            var at = joined.FindIndex(g => g.Resource == grant.Resource && g.Conditions.Count == grant.Conditions.Count && g.Conditions.Zip(grant.Conditions).All(c => Same(c.First, c.Second)));
            if (at < 0)
            {
                joined.Add(grant);
            }
            else
            {
                var other = joined[at];
                joined[at] = new(other.Target, other.Sid, other.Principal, [.. other.Actions.Union(grant.Actions)], other.Resource, other.Conditions, other.IsOptional);
            }
        }

        return [.. joined];
    }

    // A delivery is let off only where every grant is: one way out has to be chosen for each.
    private static IEnumerable<Func<JsonObject, JsonObject?>> SpecificWays(Delivery delivery, IReadOnlyList<Grant> hit, GrantCondition[] common)
    {
        IEnumerable<Func<JsonObject, JsonObject?>> ways = [s => s];
        foreach (var grant in hit)
        {
            var own = new List<Func<JsonObject, JsonObject?>>
            {
                s => ExcludeActions(s, grant.Actions),
                s => ExcludeResource(s, grant.Resource, delivery.BucketArn),
            };
            own.AddRange(grant.Conditions.Where(c => !common.Any(o => Same(o, c))).Select(Negate).OfType<GrantCondition>().Select(Requiring));
            ways = ways.SelectMany(first => own.Select(second => (Func<JsonObject, JsonObject?>)(s => first(s) is { } restricted ? second(restricted) : null))).ToArray();
        }

        return ways;
    }

    /// <summary>One copy of the Deny per way, each as the way restricts it. Null when one cannot be written.</summary>
    private static List<JsonObject>? Split(PolicyDocument document, int index, List<Func<JsonObject, JsonObject?>> ways)
    {
        var sid = document.Statements[index].Sid;
        var copies = new List<JsonObject>();
        foreach (var way in ways)
        {
            if (way(PolicyEditor.ToNode(document, index)) is not { } copy)
            {
                return null;
            }

            // A copy that covers nothing any more is left out.
            if (copy["Action"] is JsonArray { Count: 0 } || copy["Resource"] is JsonArray { Count: 0 })
            {
                continue;
            }

            if (sid is not null && copies.Count > 0)
            {
                copy["Sid"] = PolicyEditor.FreeSid(document, $"{sid}{copies.Count + 1}");
            }

            copies.Add(copy);
        }

        return copies;
    }

    private static GrantCondition? Named(RequestPrincipal principal) => principal.Type switch
    {
        PrincipalType.Service => new("StringNotEquals", "aws:PrincipalServiceName", [principal.Id]),
        PrincipalType.Aws => new("ArnNotEquals", "aws:PrincipalArn", [principal.Id]),
        _ => null,
    };

    private static GrantCondition? Negate(GrantCondition condition) => condition.Operator switch
    {
        "StringEquals" => condition with { Operator = "StringNotEquals" },
        "StringLike" => condition with { Operator = "StringNotLike" },
        "ArnLike" => condition with { Operator = "ArnNotLike" },
        "ArnEquals" => condition with { Operator = "ArnNotEquals" },
        _ => null,
    };

    private static bool Same(GrantCondition left, GrantCondition right)
        => left.Operator == right.Operator && left.Key == right.Key && left.Values.SequenceEqual(right.Values);

    private static Func<JsonObject, JsonObject?> Requiring(GrantCondition condition)
        => s => Require(s, condition.Operator, condition.Key, condition.Values);

    /// <summary>Adds a negated condition. When the statement has the same condition already, the values are added to its list.</summary>
    private static JsonObject Require(JsonObject statement, string op, string key, IReadOnlyList<string> values)
    {
        var block = statement["Condition"] as JsonObject;
        if (block is null)
        {
            statement["Condition"] = block = [];
        }

        var keys = block[op] as JsonObject;
        if (keys is null)
        {
            block[op] = keys = [];
        }

        var present = keys.Select(k => k.Key).FirstOrDefault(k => k.Equals(key, StringComparison.OrdinalIgnoreCase));
        var all = present is null ? values : [.. Texts(keys[present]), .. values];
        keys[present ?? key] = PolicyJson.OneOrMany([.. all.Distinct()]);
        return statement;
    }

    private static JsonObject? ExcludeActions(JsonObject statement, IReadOnlyList<string> actions)
    {
        if (statement["NotAction"] is { } not)
        {
            statement["NotAction"] = PolicyJson.OneOrMany([.. Texts(not), .. actions]);
            return statement;
        }

        var present = Texts(statement["Action"]);
        if (present.All(a => a == "*" || a.EndsWith(":*", StringComparison.Ordinal)))
        {
            return Rename(statement, "Action", "NotAction", PolicyJson.OneOrMany(actions));
        }

        if (present.Concat(actions).Any(a => a.AsSpan().ContainsAny('*', '?')))
        {
            return null;
        }

        statement["Action"] = new JsonArray([.. present.Except(actions, StringComparer.OrdinalIgnoreCase).Select(a => JsonValue.Create(a))]);
        return statement;
    }

    private static JsonObject? ExcludeResource(JsonObject statement, string resource, string bucketArn)
    {
        if (statement["NotResource"] is { } not)
        {
            statement["NotResource"] = PolicyJson.OneOrMany([.. Texts(not), resource]);
            return statement;
        }

        var present = Texts(statement["Resource"]);
        var objects = $"{bucketArn}/*";
        if (present.Except([bucketArn, objects, "*"]).Any())
        {
            return null;
        }

        // What the list did not cover must not be covered by its complement either.
        var excluded = new List<string> { resource };
        if (!present.Contains("*"))
        {
            excluded.AddRange(new[] { bucketArn, objects }.Except(present));
        }

        return Rename(statement, "Resource", "NotResource", PolicyJson.OneOrMany([.. excluded.Distinct()]));
    }

    // Keeps the place of the element in the statement.
    private static JsonObject Rename(JsonObject statement, string from, string to, JsonNode value)
    {
        var renamed = new JsonObject();
        foreach (var (name, node) in statement.ToArray())
        {
            statement.Remove(name);
            renamed[name == from ? to : name] = name == from ? value : node;
        }

        return renamed;
    }

    private static string[] Texts(JsonNode? node) => node switch
    {
        JsonArray array => [.. array.Select(i => i!.ToString())],
        null => [],
        _ => [node.ToString()],
    };
}
