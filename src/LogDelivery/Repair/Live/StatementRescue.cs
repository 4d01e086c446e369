using System.Text.Json.Nodes;
using LogDelivery.Policies;

namespace LogDelivery.Repair;

/// <summary>
/// Restores the statements of another writer that a write has replaced, when others have written since and the document
/// cannot simply be written again: the statements that the writer had added are added again.
/// </summary>
internal static class StatementRescue
{
    /// <summary>Adds the statements of a displaced document to the current one; <see langword="null"/> when none is missing.</summary>
    /// <param name="earlier">The document that both had started from; <see langword="null"/> for none.</param>
    /// <param name="displaced">The replaced document of another writer.</param>
    /// <param name="present">The document as it is now.</param>
    /// <param name="kind">The kind of resource or identity that it is attached to.</param>
    /// <exception cref="PolicyFormatException">One of the documents is not a policy.</exception>
    public static string? Rescue(string? earlier, string displaced, string? present, PolicyKind kind)
    {
        var known = new HashSet<string>(Statements(earlier).Concat(Statements(present)), StringComparer.Ordinal);
        var document = Read(displaced);
        var added = Enumerable.Range(0, document.Statements.Count).Where(i => known.Add(SamePolicy.CanonicalOf(document.GetStatementText(i)))).ToArray();
        if (added.Length == 0)
        {
            return null;
        }

        var result = Read(present);
        foreach (var index in added)
        {
            result = PolicyEditor.AddStatement(result, JsonNode.Parse(document.GetStatementText(index))!.AsObject());
        }

        return result.As(kind).Text;
    }

    private static PolicyDocument Read(string? text) => PolicyDocument.Parse(text ?? "{\"Version\":\"2012-10-17\",\"Statement\":[]}", PolicyKind.Any);

    private static IEnumerable<string> Statements(string? text)
    {
        var document = Read(text);
        return Enumerable.Range(0, document.Statements.Count).Select(i => SamePolicy.CanonicalOf(document.GetStatementText(i)));
    }
}
