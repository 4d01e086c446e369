using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Policies;

namespace LogDelivery.Repair;

/// <summary>Compares two documents line by line: unchanged, removed and added lines.</summary>
internal static class DocumentDiff
{
    public static IReadOnlyList<string> Of(string? before, string? after) => StatementDiff.Compare(Lines(before), Lines(after));

    private static string[] Lines(string? text)
    {
        if (text is null)
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(text)!.ToJsonString(PolicyJson.Indented).ReplaceLineEndings("\n").Split('\n');
        }
        catch (JsonException)
        {
            return text.ReplaceLineEndings("\n").Split('\n');
        }
    }
}
