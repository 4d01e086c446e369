using System.Buffers;
using System.CommandLine;
using System.Globalization;
using LogDelivery.Text;

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

    public static Option<bool> Raw() => new("--raw")
    {
        Description = "With --output csv: each cell exactly as it is in the log. Otherwise control characters are shown as \\u001b, and a cell that a spreadsheet would take for a formula begins with an apostrophe.",
    };
}

/// <summary>How rows are written.</summary>
/// <param name="Format">The format.</param>
/// <param name="IsRaw">Whether the cells of CSV are the data as it is, whatever a spreadsheet makes of it.</param>
internal readonly record struct RowStyle(RowFormat Format, bool IsRaw = false)
{
    public static implicit operator RowStyle(RowFormat format) => new(format);
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
internal sealed class RowWriter<T>(RowStyle style, Screen output, IReadOnlyList<Column<T>> columns)
    where T : class
{
    private const int RowsBeforeWidths = 100;

    // Source: OWASP, CSV Injection. Spreadsheets of East Asia take the wide forms, too.
    private static readonly SearchValues<char> BeginsFormula = SearchValues.Create("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20");

    private readonly Column<T>[] shown = [.. columns.Where(c => style.Format == RowFormat.Csv || c.InTable)];
    private readonly List<ShownText[]> waiting = [];
    private int[]? widths;
    private bool hasHeading;

    public void Add(T row)
    {
        switch (style.Format)
        {
            case RowFormat.Json:
                output.WriteLine(JsonLine.From(row));
                break;
            case RowFormat.Csv:
                WriteHeading();
                output.WriteRawLine(string.Join(',', shown.Select(c => Cell(c.Value(row)))));
                break;
            default:
                AddToTable([.. shown.Select(c => (ShownText)(Text(c.Value(row)) is { Length: > 0 } text ? text : "-"))]);
                break;
        }
    }

    public void Finish()
    {
        if (style.Format == RowFormat.Csv)
        {
            WriteHeading();
        }

        WriteWaiting();
    }

    private void AddToTable(ShownText[] cells)
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
            widths = [.. shown.Select((c, i) => Math.Max(c.Heading.Length, waiting.Max(r => r[i].Width)))];
            WriteCells([.. shown.Select(c => (ShownText)c.Heading)]);
            WriteCells([.. shown.Select(c => (ShownText)new string('-', c.Heading.Length))]);
        }

        waiting.ForEach(WriteCells);
        waiting.Clear();
    }

    private void WriteCells(ShownText[] cells) => TextTable.WriteRow(output, cells, widths!);

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

    private string Cell(object? value)
    {
        var text = Text(value);
        if (style.IsRaw)
        {
            return Quote(text);
        }

        // Numbers are ours, and a minus sign is part of one.
        var isFormula = value is string or IEnumerable<string> && text.Length > 0 && BeginsFormula.Contains(text[0]);
        return Quote(isFormula ? $"'{VisibleText.Of(text)}" : VisibleText.Of(text));
    }

    private static string Quote(string text)
        => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
