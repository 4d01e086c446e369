using System.Text.Json;

namespace LogDelivery.Policies;

/// <summary>Parses one statement of a policy: its effect, principals, actions and resources.</summary>
/// <param name="kind">The kind of policy, which decides about the elements that a statement must or must not have.</param>
/// <param name="version">The version of the policy language; only 2012-10-17 has policy variables.</param>
/// <param name="problems">Collects the problems found.</param>
internal sealed class StatementParser(PolicyKind kind, PolicyLanguageVersion version, PolicyProblemList problems)
{
    private static readonly string[] Elements =
        ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    private readonly ConditionParser conditionParser = new(version, problems);

    /// <summary>Parses a statement; <see langword="null"/> when it lacks an element that the policy cannot be evaluated without.</summary>
    /// <param name="node">The statement.</param>
    /// <param name="index">Its zero-based position in the policy.</param>
    public Statement? Parse(JsonTree node, int index)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            problems.Error(node, $"A statement is an object, not {node.Describe()}.");
            return null;
        }

        problems.CheckNames(node, Elements, "statement");
        var sid = problems.TextOf(node.Find("Sid"));
        var effect = ParseEffect(node);
        var principal = ParsePrincipal(node);
        var action = ParsePatterns(node, "Action", ignoreCase: true, required: true);
        var resource = ParseResource(node);
        var conditionNode = node.Find("Condition");
        var operators = new Dictionary<string, JsonRange>(StringComparer.Ordinal);
        var conditions = conditionParser.Parse(conditionNode, operators);
        var resourceNode = node.Find("Resource") ?? node.Find("NotResource");
        if (effect is null || principal is null || action is null)
        {
            return null;
        }

        var layout = new StatementLayout(
            node.Range, conditionNode?.Range ?? JsonRange.None, operators, resourceNode?.Range ?? JsonRange.None);
        return new Statement(index, sid, effect.Value, principal, action, resource, conditions, layout);
    }

    private PolicyEffect? ParseEffect(JsonTree statement)
    {
        var node = statement.Find("Effect");
        switch (node is { Kind: JsonValueKind.String } ? node.Text : null)
        {
            case "Allow":
                return PolicyEffect.Allow;
            case "Deny":
                return PolicyEffect.Deny;
            default:
                problems.Error(node ?? statement, node is null
                    ? "The statement has no Effect; it is \"Allow\" or \"Deny\"."
                    : $"Effect is \"Allow\" or \"Deny\" in exactly this spelling, not {node.Describe()}.");
                return null;
        }
    }

    private PrincipalElement? ParsePrincipal(JsonTree statement)
    {
        if (kind == PolicyKind.Identity)
        {
            Forbid(statement, "Principal", "An identity policy applies to the role or user that it is attached to, so its statements have no Principal (Policy document should not specify a principal).");
            return PrincipalElement.Holder;
        }

        if (ChooseElement(statement, "Principal", required: true, out var negated) is not { } node)
        {
            return null;
        }

        if (node.Kind == JsonValueKind.String)
        {
            if (node.Text == "*")
            {
                return new PrincipalElement(negated, [new(PrincipalType.Anonymous, "*")]);
            }

            problems.Error(node, $"A principal is \"*\" or an object such as {{\"Service\": \"cloudtrail.amazonaws.com\"}}, not {node.Describe()}.");
            return null;
        }

        if (node.Kind != JsonValueKind.Object)
        {
            problems.Error(node, $"A principal is \"*\" or an object such as {{\"AWS\": \"111122223333\"}}, not {node.Describe()}.");
            return null;
        }

        if (node.Members.TrueForAll(m => m.Value.IsEmptyList))
        {
            problems.Warn(node, $"The principal names nobody, so the statement {(negated ? "covers everyone" : "has no effect")}.");
        }

        var entries = new List<PrincipalEntry>();
        foreach (var (name, nameRange, value) in node.Members)
        {
            PrincipalType? type = name switch
            {
                "AWS" => PrincipalType.Aws,
                "Service" => PrincipalType.Service,
                "Federated" => PrincipalType.Federated,
                "CanonicalUser" => PrincipalType.CanonicalUser,
                _ => null,
            };
            if (type is null)
            {
                problems.Error(nameRange, value.Path, $"\"{name}\" is no type of principal; the types are AWS, Service, Federated and CanonicalUser.");
                continue;
            }

            foreach (var item in problems.TextsOf(value))
            {
                if (PrincipalText.Problem(type.Value, item.Text, kind) is { } problem)
                {
                    problems.Report(problem.Severity, item.Range, item.Path, problem.Message);
                }

                entries.Add(new(type.Value, item.Text));
            }
        }

        return new PrincipalElement(negated, [.. entries]);
    }

    private PatternElement? ParseResource(JsonTree statement)
    {
        if (kind != PolicyKind.Trust)
        {
            return ParsePatterns(statement, "Resource", ignoreCase: false, required: kind != PolicyKind.Any);
        }

        Forbid(statement, "Resource", "A trust policy applies to the role that it is attached to, so its statements have no Resource (Has prohibited field Resource).");
        return null;
    }

    private PatternElement? ParsePatterns(JsonTree statement, string element, bool ignoreCase, bool required)
    {
        if (ChooseElement(statement, element, required, out var negated) is not { } node)
        {
            return null;
        }

        var patterns = new List<Pattern>();
        foreach (var item in problems.TextsOf(node))
        {
            var problem = ignoreCase ? ActionText.Problem(item.Text, kind) : ResourceText.Problem(item.Text, kind);
            if (problem is not null)
            {
                problems.Error(item, problem);
            }

            // Actions take wildcards but no variables.
            patterns.Add(Pattern.Compile(item.Text, wildcards: true, variables: version == PolicyLanguageVersion.V2012 && !ignoreCase, ignoreCase));
        }

        if (node.IsEmptyList)
        {
            problems.Warn(node, $"The list is empty, so the statement {(negated ? "covers everything" : "has no effect")}.");
        }

        return new PatternElement(negated, [.. patterns]);
    }

    /// <summary>The element or its negated form; both, or none where one is required, is an error.</summary>
    private JsonTree? ChooseElement(JsonTree statement, string element, bool required, out bool negated)
    {
        var plain = statement.Find(element);
        var not = statement.Find($"Not{element}");
        negated = plain is null && not is not null;
        if (plain is not null && not is not null)
        {
            problems.Error(not, $"A statement has either {element} or Not{element}, not both.");
        }
        else if (plain is null && not is null && required)
        {
            problems.Error(statement, $"The statement has neither {element} nor Not{element}.");
        }

        return plain ?? not;
    }

    private void Forbid(JsonTree statement, string element, string message)
    {
        if ((statement.Find(element) ?? statement.Find($"Not{element}")) is { } node)
        {
            problems.Error(node, message);
        }
    }
}
