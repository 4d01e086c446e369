using System.Text.Json;

namespace LogDelivery.Policies;

/// <summary>Parses the Condition element of a statement.</summary>
/// <param name="version">The version of the policy language; only 2012-10-17 has policy variables.</param>
/// <param name="problems">Collects the problems found.</param>
internal sealed class ConditionParser(PolicyLanguageVersion version, PolicyProblemList problems)
{
    private readonly bool hasVariables = version == PolicyLanguageVersion.V2012;

    /// <summary>Parses the element; an absent one has no conditions.</summary>
    /// <param name="node">The Condition element.</param>
    /// <param name="operators">Receives the place of the block of each operator.</param>
    public Condition[] Parse(JsonTree? node, Dictionary<string, JsonRange> operators)
    {
        if (node is null)
        {
            return [];
        }

        if (node.Kind != JsonValueKind.Object)
        {
            problems.Error(node, $"Condition is an object of operators, not {node.Describe()}.");
            return [];
        }

        var conditions = new List<Condition>();
        foreach (var (name, nameRange, block) in node.Members)
        {
            if (ConditionOperator.TryParse(name) is not { } op)
            {
                problems.Error(nameRange, block.Path, $"\"{name}\" is no condition operator.{(problems.WantsHints ? ConditionOperator.Hint(name) : string.Empty)}");
                continue;
            }

            if (block.Kind != JsonValueKind.Object)
            {
                problems.Error(block, $"An operator holds an object of condition keys, not {block.Describe()}.");
                continue;
            }

            operators[name] = block.Range;
            foreach (var (key, keyRange, value) in block.Members)
            {
                if (!key.Contains(':', StringComparison.Ordinal))
                {
                    problems.Error(keyRange, value.Path, $"\"{key}\" is no condition key; keys have a prefix, such as aws:SourceArn or s3:x-amz-acl.");
                }

                conditions.Add(ParseCondition(op, key, value));
            }
        }

        return [.. conditions];
    }

    private Condition ParseCondition(ConditionOperator op, string key, JsonTree value)
    {
        var operands = new List<ConditionOperand>();
        foreach (var item in problems.TextsOf(value, scalars: true))
        {
            if (ConditionOperand.TryCompile(op, item.Text, hasVariables, out var problem) is { } operand)
            {
                operands.Add(operand);
            }
            else
            {
                problems.Error(item, $"\"{item.Text}\" {problem}, which {op.Name} needs.");
            }
        }

        if (value.IsEmptyList)
        {
            problems.Warn(value, "The condition has no value to compare with.");
        }

        return new Condition(op, key, [.. operands], value.Range);
    }
}
