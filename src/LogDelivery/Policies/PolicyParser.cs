using System.Globalization;
using System.Text.Json;

namespace LogDelivery.Policies;

/// <summary>
/// Reads a policy's JSON into statements and collects every problem. One error anywhere refuses the whole document, as
/// AWS does: a broken statement must never make another one look fine. Source of the grammar: IAM user guide,
/// reference_policies_grammar; of the bucket policy errors: S3 API, ErrorResponses, MalformedPolicy.
/// </summary>
internal sealed class PolicyParser
{
    private static readonly string[] DocumentElements = ["Version", "Id", "Statement"];

    private static readonly string[] StatementElements =
        ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    // To find the nearest name takes a while, and after so many nobody reads on.
    private const int MaxHints = 100;

    private readonly byte[] utf8;
    private readonly PolicyKind kind;
    private readonly List<(int Offset, PolicyProblemSeverity Severity, string Path, string Message)> reports = [];
    private PolicyLanguageVersion version;

    public PolicyParser(byte[] utf8, PolicyKind kind)
    {
        this.utf8 = utf8;
        this.kind = kind;
    }

    /// <summary>Every problem in the order of the document.</summary>
    public IReadOnlyList<PolicyProblem> Problems
    {
        get
        {
            // OrderBy keeps the order of those that have one place.
            var ordered = reports.OrderBy(r => r.Offset).ToArray();
            var places = TextPlace.FindAll(utf8, Array.ConvertAll(ordered, r => r.Offset));
            return [.. ordered.Zip(places, (r, p) => new PolicyProblem(r.Severity, r.Message, r.Path, p.Line, p.Column))];
        }
    }

    private bool HasError => reports.Exists(r => r.Severity == PolicyProblemSeverity.Error);

    private bool HasVariables => version == PolicyLanguageVersion.V2012;

    /// <summary>The policy, or null when a problem is an error.</summary>
    public PolicyDocument? Parse()
    {
        if (NotPolicyText.Recognise(utf8) is { } reason)
        {
            Error(new(0, 0), string.Empty, reason);
            return null;
        }

        CheckSize();
        if (ReadTree() is not { } root)
        {
            return null;
        }

        if (root.Kind != JsonValueKind.Object)
        {
            Error(root.Range, root.Path, $"A policy is a JSON object; this is {Describe(root)}.");
            return null;
        }

        CheckNames(root, DocumentElements, "policy");
        version = ParseVersion(root.Find("Version"));
        var id = ParseText(root.Find("Id"));
        var statements = ParseStatements(root, out var range, out var isArray);
        return HasError ? null : new PolicyDocument(utf8, kind, version, id, statements, range, isArray, Problems);
    }

    private void CheckSize()
    {
        var limit = kind switch
        {
            PolicyKind.Bucket => PolicyDocument.MaxBucketPolicyBytes,
            PolicyKind.Key => PolicyDocument.MaxKeyPolicyBytes,
            _ => int.MaxValue,
        };
        if (utf8.Length > limit)
        {
            Error(new(limit, limit), string.Empty, string.Create(
                CultureInfo.InvariantCulture,
                $"The document has {utf8.Length:N0} bytes; a {(kind == PolicyKind.Bucket ? "bucket" : "key")} policy may have {limit:N0}. Merge statements or collapse resource lists into wildcards."));
        }
    }

    private JsonTree? ReadTree()
    {
        try
        {
            return JsonTree.Read(utf8, (range, path, message) => Error(range, path, message));
        }
        catch (JsonException exception)
        {
            // Our own exceptions carry the offset as bytes of the document, the reader's as bytes of a line.
            var offset = exception.LineNumber is { } line
                ? TextPlace.OffsetOf(utf8, line, exception.BytePositionInLine ?? 0)
                : (int)(exception.BytePositionInLine ?? 0);
            Error(new(offset, offset), string.Empty, $"The text is not JSON: {JsonMessage.Shorten(exception.Message)}");
            return null;
        }
    }

    private PolicyLanguageVersion ParseVersion(JsonTree? node)
    {
        if (node is null)
        {
            return PolicyLanguageVersion.V2008;
        }

        switch (node.Kind == JsonValueKind.String ? node.Text : null)
        {
            case "2012-10-17":
                return PolicyLanguageVersion.V2012;
            case "2008-10-17":
                return PolicyLanguageVersion.V2008;
            default:
                Error(node, $"Version is \"2012-10-17\" or \"2008-10-17\", not {Describe(node)}. It is the version of the language, not a date of yours.");
                return PolicyLanguageVersion.V2012;
        }
    }

    private Statement[] ParseStatements(JsonTree root, out JsonRange range, out bool isArray)
    {
        range = JsonRange.None;
        isArray = false;
        if (root.Find("Statement") is not { } node)
        {
            Error(root, "The policy has no Statement.");
            return [];
        }

        range = node.Range;
        switch (node.Kind)
        {
            case JsonValueKind.Object:
                return ParseStatement(node, 0) is { } only ? [only] : [];
            case JsonValueKind.Array:
                isArray = true;
                var statements = new List<Statement>(node.Items.Count);
                foreach (var item in node.Items)
                {
                    if (ParseStatement(item, statements.Count) is { } statement)
                    {
                        statements.Add(statement);
                    }
                }

                return [.. statements];
            default:
                Error(node, $"Statement is an object or an array of objects, not {Describe(node)}.");
                return [];
        }
    }

    private Statement? ParseStatement(JsonTree node, int index)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            Error(node, $"A statement is an object, not {Describe(node)}.");
            return null;
        }

        CheckNames(node, StatementElements, "statement");
        var sid = ParseText(node.Find("Sid"));
        var effect = ParseEffect(node);
        var principal = ParsePrincipal(node);
        var action = ParsePatterns(node, "Action", ignoreCase: true, required: true);
        var resource = ParseResource(node);
        var conditionNode = node.Find("Condition");
        var operators = new Dictionary<string, JsonRange>(StringComparer.Ordinal);
        var conditions = ParseConditions(conditionNode, operators);
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
                Error(node ?? statement, node is null
                    ? "The statement has no Effect; it is \"Allow\" or \"Deny\"."
                    : $"Effect is \"Allow\" or \"Deny\" in exactly this spelling, not {Describe(node)}.");
                return null;
        }
    }

    private PatternElement? ParseResource(JsonTree statement)
    {
        if (kind != PolicyKind.Trust)
        {
            return ParsePatterns(statement, "Resource", ignoreCase: false, required: kind != PolicyKind.Any);
        }

        Forbid(statement, "Resource", "A trust policy is about the role that has it, so its statements take no Resource (Has prohibited field Resource).");
        return null;
    }

    private PrincipalElement? ParsePrincipal(JsonTree statement)
    {
        if (kind == PolicyKind.Identity)
        {
            Forbid(statement, "Principal", "A policy of a role or user is about whoever has it, so its statements take no Principal (Policy document should not specify a principal).");
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

            Error(node, $"A principal is \"*\" or an object such as {{\"Service\": \"cloudtrail.amazonaws.com\"}}, not {Describe(node)}.");
            return null;
        }

        if (node.Kind != JsonValueKind.Object)
        {
            Error(node, $"A principal is \"*\" or an object such as {{\"AWS\": \"111122223333\"}}, not {Describe(node)}.");
            return null;
        }

        if (node.Members.TrueForAll(m => IsEmptyList(m.Value)))
        {
            Warn(node, $"The principal names nobody, so the statement {(negated ? "covers everyone" : "has no effect")}.");
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
                Error(nameRange, value.Path, $"\"{name}\" is no type of principal; the types are AWS, Service, Federated and CanonicalUser.");
                continue;
            }

            foreach (var item in ParseTexts(value))
            {
                if (PrincipalText.Problem(type.Value, item.Text, kind) is { } problem)
                {
                    Report(problem.Severity, item.Range, item.Path, problem.Message);
                }

                entries.Add(new(type.Value, item.Text));
            }
        }

        return new PrincipalElement(negated, [.. entries]);
    }

    private PatternElement? ParsePatterns(JsonTree statement, string element, bool ignoreCase, bool required)
    {
        if (ChooseElement(statement, element, required, out var negated) is not { } node)
        {
            return null;
        }

        var patterns = new List<Pattern>();
        foreach (var item in ParseTexts(node))
        {
            var problem = ignoreCase ? ActionText.Problem(item.Text, kind) : ResourceText.Problem(item.Text, kind);
            if (problem is not null)
            {
                Error(item, problem);
            }

            // Actions take wildcards but no variables.
            patterns.Add(Pattern.Compile(item.Text, wildcards: true, variables: HasVariables && !ignoreCase, ignoreCase));
        }

        if (IsEmptyList(node))
        {
            Warn(node, $"The list is empty, so the statement {(negated ? "covers everything" : "has no effect")}.");
        }

        return new PatternElement(negated, [.. patterns]);
    }

    private Condition[] ParseConditions(JsonTree? node, Dictionary<string, JsonRange> operators)
    {
        if (node is null)
        {
            return [];
        }

        if (node.Kind != JsonValueKind.Object)
        {
            Error(node, $"Condition is an object of operators, not {Describe(node)}.");
            return [];
        }

        var conditions = new List<Condition>();
        foreach (var (name, nameRange, block) in node.Members)
        {
            if (ConditionOperator.TryParse(name) is not { } op)
            {
                Error(nameRange, block.Path, $"\"{name}\" is no condition operator.{(reports.Count < MaxHints ? ConditionOperator.Hint(name) : string.Empty)}");
                continue;
            }

            if (block.Kind != JsonValueKind.Object)
            {
                Error(block, $"An operator holds an object of condition keys, not {Describe(block)}.");
                continue;
            }

            operators[name] = block.Range;
            foreach (var (key, keyRange, value) in block.Members)
            {
                if (!key.Contains(':', StringComparison.Ordinal))
                {
                    Error(keyRange, value.Path, $"\"{key}\" is no condition key; keys have a prefix, such as aws:SourceArn or s3:x-amz-acl.");
                }

                conditions.Add(ParseCondition(op, key, value));
            }
        }

        return [.. conditions];
    }

    private Condition ParseCondition(ConditionOperator op, string key, JsonTree value)
    {
        var operands = new List<ConditionOperand>();
        foreach (var item in ParseTexts(value, scalars: true))
        {
            if (ConditionOperand.TryCompile(op, item.Text, HasVariables, out var problem) is { } operand)
            {
                operands.Add(operand);
            }
            else
            {
                Error(item, $"\"{item.Text}\" {problem}, which {op.Name} needs.");
            }
        }

        if (IsEmptyList(value))
        {
            Warn(value, "The condition has no value to compare with.");
        }

        return new Condition(op, key, [.. operands], value.Range);
    }

    /// <summary>The element or its negated form; both, or none where one is required, is an error.</summary>
    private JsonTree? ChooseElement(JsonTree statement, string element, bool required, out bool negated)
    {
        var plain = statement.Find(element);
        var not = statement.Find($"Not{element}");
        negated = plain is null && not is not null;
        if (plain is not null && not is not null)
        {
            Error(not, $"A statement has either {element} or Not{element}, not both.");
        }
        else if (plain is null && not is null && required)
        {
            Error(statement, $"The statement has neither {element} nor Not{element}.");
        }

        return plain ?? not;
    }

    private List<JsonTree> ParseTexts(JsonTree node, bool scalars = false)
    {
        var texts = new List<JsonTree>();
        foreach (var item in node.Kind == JsonValueKind.Array ? node.Items : [node])
        {
            if (item.Kind == JsonValueKind.String
                || (scalars && item.Kind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
            {
                texts.Add(item);
            }
            else
            {
                Error(item, $"A string or an array of strings is expected, not {Describe(item)}.");
            }
        }

        return texts;
    }

    private string? ParseText(JsonTree? node)
    {
        if (node is null or { Kind: JsonValueKind.String })
        {
            return node?.Text;
        }

        Error(node, $"A string is expected, not {Describe(node)}.");
        return null;
    }

    private void Forbid(JsonTree statement, string element, string message)
    {
        if ((statement.Find(element) ?? statement.Find($"Not{element}")) is { } node)
        {
            Error(node, message);
        }
    }

    private void CheckNames(JsonTree node, string[] known, string what)
    {
        foreach (var (name, nameRange, value) in node.Members)
        {
            if (Array.IndexOf(known, name) < 0)
            {
                Error(nameRange, value.Path, $"\"{name}\" is no element of a {what}.{(reports.Count < MaxHints ? Nearest.Hint(name, known) : string.Empty)}");
            }
        }
    }

    private void Error(JsonTree node, string message) => Error(node.Range, node.Path, message);

    private void Error(JsonRange range, string path, string message) => Report(PolicyProblemSeverity.Error, range, path, message);

    private void Warn(JsonTree node, string message) => Report(PolicyProblemSeverity.Warning, node.Range, node.Path, message);

    private void Report(PolicyProblemSeverity severity, JsonRange range, string path, string message)
        => reports.Add((range.Start, severity, path, message));

    private static bool IsEmptyList(JsonTree node) => node is { Kind: JsonValueKind.Array, Items.Count: 0 };

    private static string Describe(JsonTree node) => node.Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => node.Text.Length <= 60 ? $"\"{node.Text}\"" : $"\"{node.Text[..60]}...\"",
        JsonValueKind.Number => $"the number {node.Text}",
        JsonValueKind.Null => "null",
        _ => node.Text,
    };
}
