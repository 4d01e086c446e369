namespace LogDelivery.Cli;

/// <summary>Columns of text, as wide as they need to be. The last column is never padded.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public void Write(TextWriter output)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var widths = headings.Select((h, i) => Math.Max(h.Length, rows.Max(r => VisibleLength(r[i])))).ToArray();
        WriteRow(output, headings, widths);
        WriteRow(output, [.. headings.Select(h => new string('-', h.Length))], widths);
        foreach (var row in rows)
        {
            WriteRow(output, row, widths);
        }
    }

    private static void WriteRow(TextWriter output, string[] cells, int[] widths)
        => output.WriteLine(string.Join("  ", cells.Select((c, i) => i == cells.Length - 1 ? c : c + new string(' ', widths[i] - VisibleLength(c)))));

    // Colours take no room on the screen.
    private static int VisibleLength(string text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u001b')
            {
                i = text.IndexOf('m', i);
                continue;
            }

            length++;
        }

        return length;
    }
}
