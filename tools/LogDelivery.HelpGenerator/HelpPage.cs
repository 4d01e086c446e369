using System.Text.RegularExpressions;

namespace LogDelivery.HelpGenerator;

/// <summary>A heading of a page with what stands under it.</summary>
internal sealed record Section(string Title, int Level, List<string> Lines)
{
    /// <summary>The paragraphs: Markdown's marks are dropped, list items and code keep their lines.</summary>
    public IEnumerable<string> Paragraphs => HelpPage.ToParagraphs(Lines);

    /// <summary>The fenced blocks with their language.</summary>
    public IEnumerable<(string Language, string Text)> Blocks
    {
        get
        {
            for (var i = 0; i < Lines.Count; i++)
            {
                if (Lines[i].StartsWith("```", StringComparison.Ordinal))
                {
                    var end = Lines.FindIndex(i + 1, l => l.StartsWith("```", StringComparison.Ordinal));
                    yield return (Lines[i][3..].Trim(), string.Join('\n', Lines[(i + 1)..end]));
                    i = end;
                }
            }
        }
    }
}

/// <summary>A page of docs/en-US, cut at its headings.</summary>
internal sealed partial class HelpPage
{
    private readonly List<Section> sections = [];

    private HelpPage(string path) => Path = path;

    public string Path { get; }

    public static HelpPage Read(string path)
    {
        var page = new HelpPage(path);
        var inCode = false;
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            inCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!inCode && Heading().Match(line) is { Success: true } heading)
            {
                page.sections.Add(new(heading.Groups[2].Value.Trim(), heading.Groups[1].Length, []));
            }
            else if (page.sections.Count > 0)
            {
                page.sections[^1].Lines.Add(line);
            }
        }

        return page;
    }

    public Section? Find(string title) => sections.Find(s => s.Title.Equals(title, StringComparison.OrdinalIgnoreCase));

    /// <summary>The sections under one of the second level.</summary>
    public IEnumerable<Section> Under(string title)
        => sections.SkipWhile(s => s.Level != 2 || s.Title != title).Skip(1).TakeWhile(s => s.Level > 2);

    internal static IEnumerable<string> ToParagraphs(IEnumerable<string> lines)
    {
        var paragraph = string.Empty;
        var inCode = false;
        foreach (var line in lines.Append(string.Empty))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inCode = !inCode;
                continue;
            }

            if (inCode)
            {
                continue;
            }

            var begins = line.StartsWith("- ", StringComparison.Ordinal) || line.Length == 0;
            if (begins && paragraph.Length > 0)
            {
                yield return ToPlain(paragraph);
                paragraph = string.Empty;
            }

            paragraph = paragraph.Length == 0 ? line.Trim() : $"{paragraph} {line.Trim()}";
        }
    }

    private static string ToPlain(string text) => Mark().Replace(Link().Replace(text, "$1"), "$2");

    [GeneratedRegex("^(#{1,4}) (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(`|\*\*)(.+?)\1")]
    private static partial Regex Mark();
}
