using LogDelivery.Text;

namespace LogDelivery.Cli;

/// <summary>Columns of text, as wide as they need to be. The last column is never padded.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<ShownText[]> rows = [];

    public void Add(params ShownText[] cells) => rows.Add(cells);

    public void Write(Screen output)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var widths = headings.Select((h, i) => Math.Max(h.Length, rows.Max(r => r[i].Width))).ToArray();
        WriteRow(output, [.. headings.Select(h => (ShownText)h)], widths);
        WriteRow(output, [.. headings.Select(h => (ShownText)new string('-', h.Length))], widths);
        foreach (var row in rows)
        {
            WriteRow(output, row, widths);
        }
    }

    /// <summary>Writes the cells of a row below each other.</summary>
    public static void WriteRow(Screen output, ShownText[] cells, int[] widths)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            var padding = i == cells.Length - 1 ? 0 : Math.Max(0, widths[i] - cells[i].Width) + 2;
            output.Write($"{cells[i]}{new string(' ', padding)}");
        }

        output.WriteLine();
    }
}
