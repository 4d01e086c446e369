using System.Text.Json.Nodes;
using LogDelivery.Policies;

namespace LogDelivery.Repair;

/// <summary>Shows edits statement by statement, as unchanged, removed and added lines.</summary>
internal static class StatementDiff
{
    public static IReadOnlyList<string> Of(IReadOnlyList<RepairEdit> edits)
    {
        var lines = new List<string>();
        foreach (var edit in edits)
        {
            lines.Add($"@@ {edit.Description}");
            lines.AddRange(Compare(edit.Before is null ? [] : Lines(edit.Before), Lines(edit.After)));
        }

        return lines;
    }

    private static string[] Lines(string statements)
        => [.. JsonNode.Parse($"[{statements}]")!.AsArray().SelectMany(s => s!.ToJsonString(PolicyJson.Indented).ReplaceLineEndings("\n").Split('\n'))];

    // The longest common subsequence of lines stays. Statements are short, so the quadratic table is small.
    internal static List<string> Compare(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<string>();
        for (int i = 0, j = 0; i < before.Length || j < after.Length;)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                lines.Add($"  {before[i++]}");
                j++;
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add($"- {before[i++]}");
            }
            else
            {
                lines.Add($"+ {after[j++]}");
            }
        }

        return lines;
    }
}
