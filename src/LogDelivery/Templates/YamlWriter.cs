using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogDelivery.Templates;

/// <summary>
/// Writes JSON values as YAML in block style. The engine shares PowerShell's load context with other modules, so it has no
/// dependency on a YAML library. A template needs only this part of YAML: mappings, lists, texts and numbers.
/// </summary>
internal static class YamlWriter
{
    private const int Step = 2;

    // What YAML readers of either version take for something else than a text.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "null", "yes", "no", "on", "off", "y", "n" };

    public static string Write(JsonObject document)
    {
        var text = new StringBuilder();
        Write(text, document, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonObject mapping, int indent)
    {
        foreach (var (name, value) in mapping)
        {
            text.Append(' ', indent).Append(Scalar(name)).Append(':');
            WriteValue(text, value, indent + Step);
        }
    }

    private static void Write(StringBuilder text, JsonArray list, int indent)
    {
        foreach (var item in list)
        {
            text.Append(' ', indent).Append('-');
            if (item is JsonObject { Count: > 0 } mapping)
            {
                // The first member is on the line of the dash.
                var inner = new StringBuilder();
                Write(inner, mapping, indent + Step);
                text.Append(inner.ToString(indent + 1, inner.Length - indent - 1));
            }
            else
            {
                WriteValue(text, item, indent + Step);
            }
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } mapping:
                text.Append('\n');
                Write(text, mapping, indent);
                break;
            case JsonArray { Count: > 0 } list:
                text.Append('\n');
                Write(text, list, indent);
                break;
            case JsonObject:
                text.Append(" {}\n");
                break;
            case JsonArray:
                text.Append(" []\n");
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                WriteText(text, scalar.GetValue<string>(), indent);
                break;
            default:
                text.Append(' ').Append(value?.ToJsonString() ?? "null").Append('\n');
                break;
        }
    }

    private static void WriteText(StringBuilder text, string value, int indent)
    {
        if (!IsBlock(value))
        {
            text.Append(' ').Append(Scalar(value)).Append('\n');
            return;
        }

        text.Append(value.EndsWith('\n') ? " |\n" : " |-\n");
        foreach (var line in value.TrimEnd('\n').Split('\n'))
        {
            text.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
        }
    }

    // Of the first line's blanks and of several line ends at the end a block would have to tell more.
    private static bool IsBlock(string value)
        => value.Contains('\n', StringComparison.Ordinal)
        && value[0] is not (' ' or '\n')
        && !value.EndsWith("\n\n", StringComparison.Ordinal)
        && value.All(c => c == '\n' || !IsSpecial(c));

    private static string Scalar(string value)
        => value.Any(IsSpecial) ? JsonSerializer.Serialize(value)
            : IsPlain(value) ? value
            : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static bool IsSpecial(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' || char.IsSurrogate(c);

    private static bool IsPlain(string value)
        => value.Length > 0
        && (char.IsAsciiLetter(value[0]) || value[0] == '/')
        && !Words.Contains(value)
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '*')
        && !value.EndsWith(':')
        && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
