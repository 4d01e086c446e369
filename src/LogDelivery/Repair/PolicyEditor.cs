using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>
/// Edits parts of a policy's text. Everything else is unchanged, byte for byte: other statements keep their order, spelling
/// and white space.
/// </summary>
internal static class PolicyEditor
{
    /// <summary>Adds a statement behind the last one.</summary>
    public static PolicyDocument AddStatement(PolicyDocument document, JsonObject statement)
    {
        var layout = Layout.Of(document);
        if (!document.StatementIsArray)
        {
            var only = document.StatementRange;
            var original = TextOf(document, only);
            return Replace(document, only, $"[{layout.Break}{original},{layout.Break}{layout.Write(statement)}{layout.CloseBreak}]");
        }

        if (document.Statements.Count == 0)
        {
            return Replace(document, document.StatementRange, $"[{layout.Break}{layout.Write(statement)}{layout.CloseBreak}]");
        }

        var end = document.Statements[^1].Layout.Statement.End;
        return Replace(document, new(end, end), $",{layout.Break}{layout.Write(statement)}");
    }

    /// <summary>Replaces a statement by one or more statements.</summary>
    public static PolicyDocument ReplaceStatement(PolicyDocument document, int index, IReadOnlyList<JsonObject> statements)
    {
        var layout = Layout.Of(document);
        var text = string.Join($",{layout.Break}", statements.Select(layout.Write));
        if (!document.StatementIsArray && statements.Count > 1)
        {
            text = $"[{layout.Break}{text}{layout.CloseBreak}]";
        }

        return Replace(document, document.Statements[index].Layout.Statement, text);
    }

    /// <summary>Adds a value to the list of one condition.</summary>
    public static PolicyDocument AddConditionValue(PolicyDocument document, Condition condition, string value)
        => SetConditionValues(document, condition, [.. condition.Values, value]);

    /// <summary>Replaces the values of a condition.</summary>
    public static PolicyDocument SetConditionValues(PolicyDocument document, Condition condition, IReadOnlyList<string> values)
    {
        var text = values.Count == 1 ? Quote(values[0]) : $"[{string.Join(", ", values.Select(Quote))}]";
        return Replace(document, condition.ValueRange, text);
    }

    /// <summary>
    /// Adds a negated condition to a statement. When the statement has the same operator and key already, the values are
    /// added to its list.
    /// </summary>
    public static PolicyDocument Require(PolicyDocument document, int index, GrantCondition condition)
    {
        var present = document.Statements[index].Conditions
            .FirstOrDefault(c => c.Operator == condition.Operator && c.Key.Equals(condition.Key, StringComparison.OrdinalIgnoreCase));
        return present is null
            ? AddCondition(document, index, condition.Operator, condition.Key, condition.Values)
            : SetConditionValues(document, present, [.. present.Values.Union(condition.Values)]);
    }

    private static PolicyDocument AddCondition(PolicyDocument document, int index, string op, string key, IReadOnlyList<string> values)
    {
        var layout = document.Statements[index].Layout;
        var value = values.Count == 1 ? Quote(values[0]) : $"[{string.Join(", ", values.Select(Quote))}]";
        var member = $"{Quote(key)}: {value}";
        if (layout.Operators.TryGetValue(op, out var block))
        {
            return InsertMember(document, block, member);
        }

        var operatorMember = $"{Quote(op)}: {{ {member} }}";
        return layout.Condition.Exists
            ? InsertMember(document, layout.Condition, operatorMember)
            : InsertMember(document, layout.Statement, $"{Quote("Condition")}: {{ {operatorMember} }}");
    }

    /// <summary>The document with no white space between its values, which stay as they are, byte for byte.</summary>
    public static PolicyDocument WithoutWhiteSpace(PolicyDocument document)
    {
        var compact = new List<byte>(document.SizeInBytes);
        var inText = false;
        var isEscaped = false;
        foreach (var value in document.Utf8)
        {
            if (inText || !" \t\r\n"u8.Contains(value))
            {
                compact.Add(value);
            }

            inText = value == (byte)'"' && !isEscaped ? !inText : inText;
            isEscaped = inText && value == (byte)'\\' && !isEscaped;
        }

        return PolicyDocument.Parse(compact.ToArray(), GrammarOf(document)).As(document.Kind);
    }

    /// <summary>The Allow statements of a document alone.</summary>
    public static PolicyDocument WithoutDenies(PolicyDocument document)
    {
        var version = document.Version == PolicyLanguageVersion.V2012 ? "2012-10-17" : "2008-10-17";
        var allows = document.Statements.Where(s => s.Effect == PolicyEffect.Allow).Select(s => document.GetStatementText(s.Index));
        return PolicyDocument.Parse($$"""{"Version":"{{version}}","Statement":[{{string.Join(",", allows)}}]}""", GrammarOf(document)).As(document.Kind);
    }

    /// <summary>A statement as a tree that can be changed.</summary>
    public static JsonObject ToNode(PolicyDocument document, int index) => JsonNode.Parse(document.GetStatementText(index))!.AsObject();

    /// <summary>A Sid that the document does not have yet.</summary>
    public static string FreeSid(PolicyDocument document, string wanted)
    {
        var taken = document.Statements.Select(s => s.Sid).ToHashSet(StringComparer.Ordinal);
        var sid = wanted;
        for (var n = 2; taken.Contains(sid); n++)
        {
            sid = $"{wanted}{n}";
        }

        return sid;
    }

    // A new member goes behind the last one, in its line style.
    private static PolicyDocument InsertMember(PolicyDocument document, JsonRange range, string member)
    {
        var text = TextOf(document, range);
        var inner = text[1..^1];
        var trimmed = inner.TrimEnd();
        if (trimmed.Length == 0)
        {
            return Replace(document, range, $"{{ {member} }}");
        }

        var first = inner.AsSpan().IndexOfAnyExcept(" \t\r\n");
        var separator = inner[..first];
        return Replace(document, range, $"{{{trimmed},{separator}{member}{inner[trimmed.Length..]}}}");
    }

    private static string TextOf(PolicyDocument document, JsonRange range) => Encoding.UTF8.GetString(document.Utf8[range.Start..range.End]);

    private static PolicyDocument Replace(PolicyDocument document, JsonRange range, string text)
    {
        var edited = Encoding.UTF8.GetString(document.Utf8[..range.Start]) + text + Encoding.UTF8.GetString(document.Utf8[range.End..]);
        // The size is judged at the end, with a way out; an edit in between may pass the limit.
        return PolicyDocument.Parse(edited, GrammarOf(document)).As(document.Kind);
    }

    // What a policy of a role leaves out, its grammar does not ask for.
    private static PolicyKind GrammarOf(PolicyDocument document)
        => document.Kind is PolicyKind.Identity or PolicyKind.Trust ? document.Kind : PolicyKind.Any;

    private static string Quote(string text) => JsonSerializer.Serialize(text, PolicyJson.Compact);

    /// <summary>The layout of the document: on one line, or on indented lines.</summary>
    private sealed record Layout(string Break, string CloseBreak, string Indent, string Step)
    {
        public static Layout Of(PolicyDocument document)
        {
            var text = document.Text;
            if (!text.Contains('\n', StringComparison.Ordinal))
            {
                return new(string.Empty, string.Empty, string.Empty, string.Empty);
            }

            var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            var indent = document.Statements.Count > 0
                ? IndentAt(document.Utf8, document.Statements[0].Layout.Statement.Start)
                : IndentAt(document.Utf8, document.StatementRange.Start) + "  ";
            var outer = IndentAt(document.Utf8, document.StatementRange.Start);
            var step = indent.Length > outer.Length && indent.StartsWith(outer, StringComparison.Ordinal) ? indent[outer.Length..] : "  ";
            return new($"{newLine}{indent}", $"{newLine}{outer}", indent, step);
        }

        public string Write(JsonObject statement)
        {
            if (Break.Length == 0)
            {
                return statement.ToJsonString(PolicyJson.Compact);
            }

            var lines = statement.ToJsonString(PolicyJson.Indented).ReplaceLineEndings("\n").Split('\n');
            var newLine = Break[..^Indent.Length];
            return string.Join(newLine, lines.Select((line, i) =>
            {
                var content = line.TrimStart(' ');
                var depth = (line.Length - content.Length) / 2;
                return i == 0 ? content : Indent + string.Concat(Enumerable.Repeat(Step, depth)) + content;
            }));
        }

        // The white space that the line of a place begins with.
        private static string IndentAt(ReadOnlySpan<byte> utf8, int offset)
        {
            var lineStart = utf8[..offset].LastIndexOf((byte)'\n') + 1;
            var line = utf8[lineStart..offset];
            var length = line.IndexOfAnyExcept((byte)' ', (byte)'\t');
            return Encoding.UTF8.GetString(line[..(length < 0 ? line.Length : length)]);
        }
    }
}
