using System.Text.RegularExpressions;

namespace LogDelivery.Architecture.Tests;

/// <summary>
/// The rooms of an assembly and the arrows between them, read from the picture in ARCHITECTURE.md, so that the picture cannot
/// differ from what is checked. An arrow also allows what lies behind its end: with A --> B and B --> C, A may use C.
/// </summary>
internal sealed partial class FloorPlan
{
    private readonly Dictionary<string, HashSet<string>> arrows = new(StringComparer.Ordinal);

    private FloorPlan()
    {
    }

    public IReadOnlyCollection<string> Rooms => arrows.Keys;

    /// <summary>Reads the picture below a heading.</summary>
    public static FloorPlan Read(string markdown, string heading)
    {
        var section = markdown[markdown.IndexOf($"\n## {heading}\n", StringComparison.Ordinal)..];
        var start = section.IndexOf("```mermaid", StringComparison.Ordinal);
        var picture = section[start..section.IndexOf("```", start + 3, StringComparison.Ordinal)];
        var labels = NodePattern().Matches(picture).ToDictionary(m => m.Groups["id"].Value, m => m.Groups["label"].Value, StringComparer.Ordinal);
        var plan = new FloorPlan();
        foreach (var label in labels.Values)
        {
            plan.arrows[label] = [];
        }

        foreach (Match arrow in ArrowPattern().Matches(picture))
        {
            foreach (var to in arrow.Groups["to"].Value.Split('&'))
            {
                plan.arrows[labels[arrow.Groups["from"].Value]].Add(labels[to.Trim()]);
            }
        }

        return plan;
    }

    /// <summary>The rooms that a room may use.</summary>
    public IReadOnlySet<string> Reach(string room)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(arrows[room]);
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                foreach (var further in arrows[next])
                {
                    open.Push(further);
                }
            }
        }

        return reached;
    }

    [GeneratedRegex("""^\s*(?<id>\w+)\["(?<label>[^"]+)"\]\s*$""", RegexOptions.Multiline)]
    private static partial Regex NodePattern();

    [GeneratedRegex(@"^\s*(?<from>\w+)\s*-->\s*(?<to>[\w &]+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex ArrowPattern();
}
