using System.Buffers;
using LogDelivery.Json;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Shapes;

/// <summary>
/// Cuts the rows of a CSV export (RFC 4180) from the console of CloudWatch Logs Insights, and returns each as a log event.
/// The first row names the fields, and one of them is <c>@message</c>.
/// </summary>
internal sealed class QueryCsvCutter(TextWindow window, int maxRecordLength) : RecordCutter(window, maxRecordLength)
{
    private readonly LineCutter lines = new(window, maxRecordLength);
    private readonly ArrayBufferWriter<byte> row = new(1 << 12);
    private readonly ArrayBufferWriter<byte> field = new(1 << 12);
    private readonly EventJson json = new();
    private List<byte[]>? names;

    /// <summary>Whether the first line of a text names such fields.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> line)
    {
        var name = "@message"u8;
        var place = line.IndexOf(name);
        return place >= 0
            && (place == 0 || line[place - 1] is (byte)',' or (byte)'"')
            && line[(place + name.Length)..] is [] or [(byte)',' or (byte)'"' or (byte)'\r', ..];
    }

    public override bool TryCut(out LogRecord record)
    {
        while (TryReadRow(out var offset))
        {
            if (names is null)
            {
                names = [];
                ReadFields((_, name) => names.Add(name.ToArray()));
                continue;
            }

            json.Begin();
            ReadFields((index, value) =>
            {
                if (index < names.Count)
                {
                    json.Add(names[index], value);
                }
            });
            json.End();
            record = new(json.Bytes, offset, ++Count, hasBackslash: true);
            return true;
        }

        record = default;
        return false;
    }

    private delegate void FieldAction(int index, ReadOnlySpan<byte> value);

    // A row goes on in the next line while a quote is open.
    private bool TryReadRow(out long offset)
    {
        row.ResetWrittenCount();
        offset = 0;
        var isOpen = false;
        while (lines.TryCut(out var line))
        {
            if (row.WrittenCount == 0)
            {
                offset = line.Offset;
                row.Write(offset == 0 ? JsonText.TrimStart(line.Bytes) : line.Bytes);
            }
            else
            {
                row.Write("\n"u8);
                row.Write(line.Bytes);
            }

            isOpen ^= line.Bytes.Count((byte)'"') % 2 != 0;
            if (row.WrittenCount > MaxRecordLength)
            {
                ReportTooLarge(offset);
                row.ResetWrittenCount();
                isOpen = false;
            }
            else if (!isOpen)
            {
                return true;
            }
        }

        if (row.WrittenCount > 0)
        {
            Window.Content.Report(DamageKind.Truncated, offset, "The text ends within the row that begins here.");
        }

        return false;
    }

    private void ReadFields(FieldAction take)
    {
        var rest = row.WrittenSpan;
        for (var index = 0; ; index++)
        {
            field.ResetWrittenCount();
            if (rest is [(byte)'"', ..])
            {
                rest = ReadQuoted(rest[1..]);
            }

            var comma = rest.IndexOf((byte)',');
            field.Write(comma < 0 ? rest : rest[..comma]);
            take(index, field.WrittenSpan);
            if (comma < 0)
            {
                return;
            }

            rest = rest[(comma + 1)..];
        }
    }

    /// <returns>The text after the closing quote.</returns>
    private ReadOnlySpan<byte> ReadQuoted(ReadOnlySpan<byte> rest)
    {
        while (rest.IndexOf((byte)'"') is >= 0 and var quote)
        {
            field.Write(rest[..quote]);
            rest = rest[(quote + 1)..];
            if (rest is not [(byte)'"', ..])
            {
                return rest;
            }

            field.Write("\""u8);
            rest = rest[1..];
        }

        field.Write(rest);
        return [];
    }
}
