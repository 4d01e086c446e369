using System.Globalization;
using System.Text.Json;

namespace LogDelivery.Policies;

/// <summary>
/// Parses the JSON of a policy into statements and collects every problem. One error anywhere rejects the whole document, as
/// AWS does: a broken statement must never make another one look valid. Source of the grammar: IAM user guide,
/// reference_policies_grammar; of the bucket policy errors: S3 API, ErrorResponses, MalformedPolicy.
/// </summary>
internal sealed class PolicyParser
{
    private static readonly string[] DocumentElements = ["Version", "Id", "Statement"];

    private readonly byte[] utf8;
    private readonly PolicyKind kind;
    private readonly PolicyProblemList problems = new();

    public PolicyParser(byte[] utf8, PolicyKind kind)
    {
        this.utf8 = utf8;
        this.kind = kind;
    }

    /// <summary>Every problem, in the order of the document.</summary>
    public IReadOnlyList<PolicyProblem> Problems => problems.InOrder(utf8);

    /// <summary>Parses the policy; <see langword="null"/> when a problem is an error.</summary>
    public PolicyDocument? Parse()
    {
        if (NotPolicyText.Recognise(utf8) is { } reason)
        {
            problems.Error(new(0, 0), string.Empty, reason);
            return null;
        }

        CheckSize();
        if (ReadTree() is not { } root)
        {
            return null;
        }

        if (root.Kind != JsonValueKind.Object)
        {
            problems.Error(root.Range, root.Path, $"A policy is a JSON object; this is {root.Describe()}.");
            return null;
        }

        problems.CheckNames(root, DocumentElements, "policy");
        var version = ParseVersion(root.Find("Version"));
        var id = problems.TextOf(root.Find("Id"));
        var statements = ParseStatements(root, version, out var range, out var isArray);
        return problems.HasError ? null : new PolicyDocument(utf8, kind, version, id, statements, range, isArray, Problems);
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
            problems.Error(new(limit, limit), string.Empty, string.Create(
                CultureInfo.InvariantCulture,
                $"The document has {utf8.Length:N0} bytes; a {(kind == PolicyKind.Bucket ? "bucket" : "key")} policy may have {limit:N0}. Merge statements or collapse resource lists into wildcards."));
        }
    }

    private JsonTree? ReadTree()
    {
        try
        {
            return JsonTree.Read(utf8, problems.Error);
        }
        catch (JsonException exception)
        {
            // Our own exceptions carry the offset as bytes of the document, the reader's as bytes of a line.
            var offset = exception.LineNumber is { } line
                ? TextPlace.OffsetOf(utf8, line, exception.BytePositionInLine ?? 0)
                : (int)(exception.BytePositionInLine ?? 0);
            problems.Error(new(offset, offset), string.Empty, $"The text is not JSON: {JsonMessage.Shorten(exception.Message)}");
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
                problems.Error(node, $"Version is \"2012-10-17\" or \"2008-10-17\", not {node.Describe()}. It is the version of the language, not a date of yours.");
                return PolicyLanguageVersion.V2012;
        }
    }

    private Statement[] ParseStatements(JsonTree root, PolicyLanguageVersion version, out JsonRange range, out bool isArray)
    {
        range = JsonRange.None;
        isArray = false;
        if (root.Find("Statement") is not { } node)
        {
            problems.Error(root, "The policy has no Statement.");
            return [];
        }

        range = node.Range;
        var parser = new StatementParser(kind, version, problems);
        switch (node.Kind)
        {
            case JsonValueKind.Object:
                return parser.Parse(node, 0) is { } only ? [only] : [];
            case JsonValueKind.Array:
                isArray = true;
                var statements = new List<Statement>(node.Items.Count);
                foreach (var item in node.Items)
                {
                    if (parser.Parse(item, statements.Count) is { } statement)
                    {
                        statements.Add(statement);
                    }
                }

                return [.. statements];
            default:
                problems.Error(node, $"Statement is an object or an array of objects, not {node.Describe()}.");
                return [];
        }
    }
}
