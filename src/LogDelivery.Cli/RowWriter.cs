using System.CommandLine;
using System.Globalization;

namespace LogDelivery.Cli;

internal enum RowFormat
{
    Table,
    Json,
    Csv,
}

/// <summary>The option that says how rows are written.</summary>
internal static class RowFormats
{
    public static Option<RowFormat> Output() => new("--output")
    {
        HelpName = "table|json|csv",
        Description = "table for people; json (one object a line) or csv for programs.",
        DefaultValueFactory = _ => RowFormat.Table,
    };
}

/// <summary>A column of rows that may be without end.</summary>
/// <param name="Heading">The heading, which is the property's name.</param>
/// <param name="Value">Its value.</param>
/// <param name="InTable">Whether it stands in the table for people, too.</param>
internal sealed record Column<T>(string Heading, Func<T, object?> Value, bool InTable = true);

/// <summary>
/// Writes rows as they come: as a table whose widths are those of the first rows, as JSON, one object a line, or as CSV
/// (RFC 4180).
/// </summary>
internal sealed class RowWriter<T>(RowFormat format, TextWriter output, IReadOnlyList<Column<T>> columns)
    where T : class
{
    private const int RowsBeforeWidths = 100;

    private readonly Column<T>[] shown = [.. columns.Where(c => format == RowFormat.Csv || c.InTable)];
    private readonly List<string[]> waiting = [];
    private int[]? widths;
    private bool hasHeading;

    public void Add(T row)
    {
        switch (format)
        {
            case RowFormat.Json:
                output.WriteLine(JsonLine.From(row));
                break;
            case RowFormat.Csv:
                WriteHeading();
                output.WriteLine(string.Join(',', shown.Select(c => Quote(Text(c.Value(row))))));
                break;
            default:
                AddToTable([.. shown.Select(c => OneLine(Text(c.Value(row))) is { Length: > 0 } text ? text : "-")]);
                break;
        }
    }

    public void Finish()
    {
        if (format == RowFormat.Csv)
        {
            WriteHeading();
        }

        WriteWaiting();
    }

    private void AddToTable(string[] cells)
    {
        waiting.Add(cells);
        if (widths is not null || waiting.Count == RowsBeforeWidths)
        {
            WriteWaiting();
        }
    }

    private void WriteWaiting()
    {
        if (waiting.Count == 0)
        {
            return;
        }

        if (widths is null)
        {
            widths = [.. shown.Select((c, i) => Math.Max(c.Heading.Length, waiting.Max(r => r[i].Length)))];
            WriteCells([.. shown.Select(c => c.Heading)]);
            WriteCells([.. shown.Select(c => new string('-', c.Heading.Length))]);
        }

        waiting.ForEach(WriteCells);
        waiting.Clear();
    }

    private void WriteCells(string[] cells)
        => output.WriteLine(string.Join("  ", cells.Select((c, i) => i == cells.Length - 1 ? c : c.PadRight(widths![i]))));

    private void WriteHeading()
    {
        if (!hasHeading)
        {
            hasHeading = true;
            output.WriteLine(string.Join(',', shown.Select(c => c.Heading)));
        }
    }

    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IEnumerable<string> texts => string.Join(' ', texts),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    // A key may hold anything, also what moves the cursor of a terminal.
    private static string OneLine(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;

    private static string Quote(string text)
        => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
