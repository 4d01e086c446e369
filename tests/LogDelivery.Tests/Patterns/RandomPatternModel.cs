using System.Text;

namespace LogDelivery.Tests.Patterns;

/// <summary>Patterns and events out of few words, so that they often meet.</summary>
internal sealed class RandomPatternModel(int seed)
{
    private static readonly string[] Keys = ["a", "b", "c", "a.b", "x-y", "é", "a\"b"];
    private static readonly string[] Words = ["ab", "abab", "b", "aab", "ERROR", "12", "123", "12.0", "1e1", "10", "-3", "", "a b", "é🔥", "a\\b", "q\"q", "true", "null", "[x]", "a]b", "%"];
    private static readonly string[] Numbers = ["0", "-0", "12", "12.0", "1.2e1", "123", "10", "1e1", "-3", "0.5", "5e-1", "99999999999999999999"];
    private static readonly string[] Wildcards = ["*", "a*", "*b", "*ab", "a*b", "1*", "*2*", "*.0", "a*a*b", "**"];
    private static readonly string[] Regexes = ["ab", "^a", "b$", "a|2", "[0-9]+", "^[^0-9]*$", "a.b", "^.{2}$", "1{2,}", "^$", "ab?", @"\d\.\d", @"\S", "^a|b$"];
    private static readonly string[] Comparisons = ["=", "!=", "<", "<=", ">", ">="];

    private readonly Random random = new(seed);

    public Random Random => random;

    public PatternModel Pattern() => random.Next(3) switch { 0 => Text(), 1 => Json(), _ => Delimited() };

    public string Event(PatternModel pattern) => WellFormed(AnyEvent(pattern));

    private string AnyEvent(PatternModel pattern) => random.Next(20) == 0 ? Line() : pattern is JsonModel ? JsonEvent() : random.Next(8) == 0 ? JsonEvent() : Line();

    /// <summary>A pattern of any characters, mostly none.</summary>
    public string Garbage()
    {
        const string Alphabet = "{}[]()$.*%\"'\\=!<>&|?-+_,;:@#/ \tabA019éxIS NULLNOTEXISTS";
        var text = new StringBuilder(random.Next(3) switch { 0 => "{ $.", 1 => "[", _ => "" });
        for (var i = random.Next(30); i > 0; i--)
        {
            text.Append(Alphabet[random.Next(Alphabet.Length)]);
        }

        return text.ToString();
    }

    /// <summary>A pattern with a few characters changed.</summary>
    public string Mutate(string pattern)
    {
        var text = new StringBuilder(pattern);
        for (var i = random.Next(1, 4); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            _ = random.Next(3) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, text[random.Next(text.Length)]),
                _ => text.Replace(text[at], text[random.Next(text.Length)], at, 1),
            };
        }

        return WellFormed(text.ToString());
    }

    // Half a pair of surrogates is no text that an event can hold.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private T Any<T>(T[] values) => values[random.Next(values.Length)];

    private TextModel Text()
    {
        var signs = Any(["  ", "?", " -", " ?-"]);
        return new([.. Enumerable.Range(0, random.Next(4)).Select(_ => Term(signs[random.Next(signs.Length)]))]);
    }

    private TermModel Term(char sign)
    {
        if (random.Next(4) == 0)
        {
            return new(sign, Any(Regexes), true);
        }

        var word = Any(Words);
        return sign == '-' && word.Length == 0 ? new(sign, "ab", false) : new(sign, word, false);
    }

    private OperandModel Operand(string comparison, ref int regexes)
    {
        if (comparison is not ("=" or "!="))
        {
            return new(OperandStyle.Number, Any(Numbers));
        }

        switch (random.Next(5))
        {
            case 0:
                return new(OperandStyle.Number, Any(Numbers));
            case 1:
                return new(random.Next(2) == 0 ? OperandStyle.Bare : OperandStyle.Quoted, Any(Wildcards));
            case 2 when regexes < 2:
                regexes++;
                return new(OperandStyle.Regex, Any(Regexes));
            case 3:
                return new(OperandStyle.Bare, Any(["ab", "abab", "ERROR", "true", "1.2.3", "a-b"]));
            default:
                return new(OperandStyle.Quoted, Any(Words));
        }
    }

    private JsonModel Json()
    {
        var (regexes, wildcards) = (0, 0);
        return new(Node(3, ref regexes, ref wildcards));
    }

    private JsonNodeModel Node(int depth, ref int regexes, ref int wildcards)
    {
        if (depth == 0 || random.Next(2) == 0)
        {
            return Condition(ref regexes, ref wildcards);
        }

        var operands = new List<JsonNodeModel>();
        for (var i = random.Next(2, 4); i > 0; i--)
        {
            operands.Add(Node(depth - 1, ref regexes, ref wildcards));
        }

        return new JoinModel(random.Next(2) == 0, operands);
    }

    private ConditionModel Condition(ref int regexes, ref int wildcards)
    {
        var path = new List<string> { Any(Keys) };
        for (var i = random.Next(3); i > 0; i--)
        {
            path.Add(random.Next(3) == 0 ? $"[{random.Next(3)}]" : Any(Keys));
        }

        if (wildcards < 3 && random.Next(5) == 0)
        {
            wildcards++;
            path[random.Next(path.Count)] = path.Count > 1 && random.Next(2) == 0 ? "[*]" : "*";
            if (path[0] == "[*]")
            {
                path[0] = "*";
            }
        }

        return random.Next(4) == 0
            ? new(path, Any(["NOT EXISTS", "IS NULL", "IS TRUE", "IS FALSE"]), null)
            : Any(Comparisons) is var comparison ? new(path, comparison, Operand(comparison, ref regexes)) : null!;
    }

    private DelimitedModel Delimited()
    {
        var fields = new List<FieldModel>();
        var regexes = 0;
        for (var i = random.Next(5); i > 0; i--)
        {
            fields.Add(Field($"f{i}", ref regexes));
        }

        if (random.Next(3) == 0)
        {
            fields.Insert(random.Next(fields.Count + 1), new("...", []));
        }

        return new(fields is [{ Name: null }] ? [] : fields);
    }

    private FieldModel Field(string name, ref int regexes)
    {
        switch (random.Next(4))
        {
            case 0:
                return new(null, []);
            case 1:
                return new(name, []);
        }

        var alternatives = new List<IReadOnlyList<(string, OperandModel)>>();
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            var all = new List<(string, OperandModel)>();
            for (var j = random.Next(1, 3); j > 0; j--)
            {
                var comparison = Any(Comparisons);
                all.Add((comparison, Operand(comparison, ref regexes)));
            }

            alternatives.Add(all);
        }

        return new(name, alternatives);
    }

    private string Line()
    {
        var line = new StringBuilder();
        for (var i = random.Next(6); i > 0; i--)
        {
            var word = Any(Words);
            _ = random.Next(5) switch
            {
                0 => line.Append('"').Append(word.Replace("\"", "")).Append('"'),
                1 => line.Append('[').Append(word.Replace("]", "")).Append(']'),
                2 => line.Append(Any(Numbers)),
                3 => line.Append(Any(["\"", "[", "]", "x\"y z\"", "\"\""])),
                _ => line.Append(word),
            };
            line.Append(Any([" ", "  ", "\t", "\n", " ", ""]));
        }

        return line.ToString();
    }

    /// <summary>JSON with the layout, escapes and repeated names that JSON allows; now and then broken.</summary>
    private string JsonEvent()
    {
        var text = new StringBuilder();
        text.Append(Blank());
        WriteObject(text, 3);
        text.Append(Blank());
        // Without its backslash, half of a pair of surrogates would stand alone, and readers differ on that.
        if (random.Next(15) == 0 && random.Next(text.Length) is var at && text[at] != '\\')
        {
            text.Remove(at, 1);
        }

        return text.ToString();
    }

    private string Blank() => random.Next(3) == 0 ? Any([" ", "\n", "\t ", "\r\n"]) : "";

    private void WriteObject(StringBuilder text, int depth)
    {
        text.Append('{').Append(Blank());
        var names = new HashSet<string>();
        for (var i = random.Next(5); i > 0; i--)
        {
            var key = Any(Keys);
            if (!names.Add(key))
            {
                continue;
            }

            text.Append(names.Count > 1 ? "," : "").Append(Blank());
            WriteString(text, key);
            text.Append(Blank()).Append(':').Append(Blank());
            WriteValue(text, depth - 1);
            text.Append(Blank());
        }

        text.Append('}');
    }

    private void WriteValue(StringBuilder text, int depth)
    {
        switch (random.Next(depth > 0 ? 9 : 6))
        {
            case 0:
                text.Append(Any(["true", "false", "null"]));
                break;
            case 1 or 2:
                text.Append(Any(Numbers));
                break;
            case 6:
                text.Append('[').Append(Blank());
                for (var i = random.Next(4); i > 0; i--)
                {
                    WriteValue(text, depth - 1);
                    text.Append(i > 1 ? "," : "").Append(Blank());
                }

                text.Append(']');
                break;
            case > 6:
                WriteObject(text, depth);
                break;
            default:
                WriteString(text, Any(Words));
                break;
        }
    }

    private void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            _ = rune.Value is '"' or '\\' ? text.Append('\\').Append(rune)
                : random.Next(12) == 0 ? text.Append(string.Concat(rune.ToString().Select(c => $"\\u{(int)c:x4}")))
                : text.Append(rune);
        }

        text.Append('"');
    }
}
