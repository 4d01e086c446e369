using System.Text.Json;

namespace LogDelivery.Policies;

/// <summary>Collects the problems found in a policy, and reads values that may only be strings.</summary>
internal sealed class PolicyProblemList
{
    // Finding the nearest name is slow, and nobody reads more hints than this.
    private const int MaxHints = 100;

    private readonly List<(int Offset, PolicyProblemSeverity Severity, string Path, string Message)> reports = [];

    public bool HasError => reports.Exists(r => r.Severity == PolicyProblemSeverity.Error);

    /// <summary>The problems in the order of the document, each with its line and column.</summary>
    /// <param name="utf8">The document.</param>
    public IReadOnlyList<PolicyProblem> InOrder(byte[] utf8)
    {
        // OrderBy is stable: problems at the same place keep their order.
        var ordered = reports.OrderBy(r => r.Offset).ToArray();
        var places = TextPlace.FindAll(utf8, Array.ConvertAll(ordered, r => r.Offset));
        return [.. ordered.Zip(places, (r, p) => new PolicyProblem(r.Severity, r.Message, r.Path, p.Line, p.Column))];
    }

    /// <summary>Whether messages still get hints; false when too many problems were found.</summary>
    public bool WantsHints => reports.Count < MaxHints;

    /// <summary>Reads a string or an array of strings; reports every other value as an error.</summary>
    /// <param name="node">The value.</param>
    /// <param name="scalars">Whether numbers and Booleans are allowed, as in conditions.</param>
    public List<JsonTree> TextsOf(JsonTree node, bool scalars = false)
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
                Error(item, $"A string or an array of strings is expected, not {item.Describe()}.");
            }
        }

        return texts;
    }

    /// <summary>Reads a string; <see langword="null"/> when it is absent or not a string, which is an error.</summary>
    public string? TextOf(JsonTree? node)
    {
        if (node is null or { Kind: JsonValueKind.String })
        {
            return node?.Text;
        }

        Error(node, $"A string is expected, not {node.Describe()}.");
        return null;
    }

    /// <summary>Reports every member whose name is not a known element.</summary>
    public void CheckNames(JsonTree node, string[] known, string what)
    {
        foreach (var (name, nameRange, value) in node.Members)
        {
            if (Array.IndexOf(known, name) < 0)
            {
                Error(nameRange, value.Path, $"\"{name}\" is no element of a {what}.{(WantsHints ? Nearest.Hint(name, known) : string.Empty)}");
            }
        }
    }

    public void Error(JsonTree node, string message) => Error(node.Range, node.Path, message);

    public void Error(JsonRange range, string path, string message) => Report(PolicyProblemSeverity.Error, range, path, message);

    public void Warn(JsonTree node, string message) => Report(PolicyProblemSeverity.Warning, node.Range, node.Path, message);

    public void Report(PolicyProblemSeverity severity, JsonRange range, string path, string message)
        => reports.Add((range.Start, severity, path, message));
}
