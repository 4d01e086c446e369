using System.Text;
using System.Text.Json;

namespace LogDelivery.Policies;

/// <summary>A JSON value that remembers where it stands. The in-box readers give either values or places, not both.</summary>
internal sealed class JsonTree
{
    private JsonTree(JsonValueKind kind, JsonRange range, string path)
    {
        Kind = kind;
        Range = range;
        Path = path;
    }

    public JsonValueKind Kind { get; }

    public JsonRange Range { get; private set; }

    public string Path { get; }

    /// <summary>The text of a string, or the spelling of a number or Boolean.</summary>
    public string Text { get; private init; } = string.Empty;

    public List<(string Name, JsonRange NameRange, JsonTree Value)> Members { get; } = [];

    public List<JsonTree> Items { get; } = [];

    public JsonTree? Find(string name)
    {
        foreach (var member in Members)
        {
            if (member.Name == name)
            {
                return member.Value;
            }
        }

        return null;
    }

    public bool IsEmptyList => Kind == JsonValueKind.Array && Items.Count == 0;

    /// <summary>Describes the value in a few words for a message, such as <c>an object</c>.</summary>
    public string Describe() => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => Text.Length <= 60 ? $"\"{Text}\"" : $"\"{Text[..60]}...\"",
        JsonValueKind.Number => $"the number {Text}",
        JsonValueKind.Null => "null",
        _ => Text,
    };

    /// <summary>Reads a whole document.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="report">Called when an object has two members of the same name.</param>
    /// <exception cref="JsonException">The text is not JSON; the exception carries line and byte.</exception>
    public static JsonTree Read(ReadOnlySpan<byte> utf8, Action<JsonRange, string, string> report)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 32 });
        reader.Read();
        var root = ReadValue(ref reader, string.Empty, report);
        // Throws on anything but white space behind the value.
        reader.Read();
        return root;
    }

    private static JsonTree ReadValue(ref Utf8JsonReader reader, string path, Action<JsonRange, string, string> report)
    {
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var node = new JsonTree(JsonValueKind.Object, new(start, start), path);
                var names = new HashSet<string>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = GetString(ref reader);
                    var nameRange = new JsonRange((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                    var childPath = path.Length == 0 ? name : $"{path}.{name}";
                    if (!names.Add(name))
                    {
                        report(nameRange, childPath, $"The name \"{name}\" appears twice in one object. Only one of the two would take effect; remove or merge one.");
                    }

                    reader.Read();
                    node.Members.Add((name, nameRange, ReadValue(ref reader, childPath, report)));
                }

                node.Range = new(start, (int)reader.BytesConsumed);
                return node;
            case JsonTokenType.StartArray:
                var list = new JsonTree(JsonValueKind.Array, new(start, start), path);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Items.Add(ReadValue(ref reader, $"{path}[{list.Items.Count}]", report));
                }

                list.Range = new(start, (int)reader.BytesConsumed);
                return list;
            default:
                var kind = reader.TokenType switch
                {
                    JsonTokenType.String => JsonValueKind.String,
                    JsonTokenType.Number => JsonValueKind.Number,
                    JsonTokenType.True => JsonValueKind.True,
                    JsonTokenType.False => JsonValueKind.False,
                    _ => JsonValueKind.Null,
                };
                var text = kind == JsonValueKind.String ? GetString(ref reader) : Encoding.UTF8.GetString(reader.ValueSpan);
                return new JsonTree(kind, new(start, (int)reader.BytesConsumed), path) { Text = text };
        }
    }

    private static string GetString(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException exception)
        {
            // Half of a surrogate pair, or bytes that are not UTF-8.
            throw new JsonException("The string is not valid Unicode.", null, null, reader.TokenStartIndex, exception);
        }
    }
}
