using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LogDelivery.Tests.Patterns;

/// <summary>
/// A pattern as the user guide describes it, evaluated in the plainest way on trees and strings; shares nothing with the engine.
/// </summary>
internal abstract record PatternModel
{
    /// <summary>Writes the pattern with blanks and styles of choice.</summary>
    public abstract string Write(Random random);

    public abstract bool Matches(string message);

    /// <summary>Whether a regular expression fits a part of a text, of which a character beyond the basic plane is one character.</summary>
    internal static bool Fits(string regex, string text)
        => Regex.IsMatch(Regex.Replace(text, "[\uD800-\uDBFF][\uDC00-\uDFFF]", "\uE000"), regex.Replace("$", "\\z"), RegexOptions.Singleline);

    protected static string Blank(Random random) => random.Next(4) switch { 0 => " ", 1 => "  ", 2 => "\t", _ => "" };

    internal static string Quote(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}

internal sealed record TermModel(char Sign, string Text, bool IsRegex)
{
    public bool IsIn(string message) => IsRegex
        ? PatternModel.Fits(Text, message)
        : string.IsNullOrWhiteSpace(Text) || message.Contains(Text, StringComparison.Ordinal);
}

internal sealed record TextModel(IReadOnlyList<TermModel> Terms) : PatternModel
{
    public override string Write(Random random)
    {
        var text = new StringBuilder();
        foreach (var term in Terms)
        {
            text.Append(text.Length == 0 ? Blank(random) : " " + Blank(random));
            text.Append(term.Sign == ' ' ? "" : term.Sign.ToString());
            text.Append(term.IsRegex ? $"%{term.Text}%" : Regex.IsMatch(term.Text, @"^\w+\z", RegexOptions.ECMAScript) && random.Next(2) == 0 ? term.Text : Quote(term.Text));
        }

        return text.Append(Blank(random)).ToString();
    }

    public override bool Matches(string message)
        => Terms.All(term => term.Sign == '?')
            ? Terms.Count == 0 || Terms.Any(term => term.IsIn(message))
            : Terms.Where(term => term.Sign != '?').All(term => term.IsIn(message) == (term.Sign != '-'));
}

internal enum OperandStyle
{
    Number,
    Bare,
    Quoted,
    Regex,
}

internal sealed record OperandModel(OperandStyle Style, string Text)
{
    public string Write() => Style switch { OperandStyle.Quoted => PatternModel.Quote(Text), OperandStyle.Regex => $"%{Text}%", _ => Text };

    /// <summary>Whether the comparison holds of a text that is, or is not, also a number.</summary>
    public bool Holds(string comparison, string value, bool numeric)
    {
        var (number, mine) = numeric && Style == OperandStyle.Number ? (Number(value), Number(Text)) : default;
        var order = number is null || mine is null ? (int?)null : Compare(number.Value, mine.Value);
        return comparison switch
        {
            "=" => order is { } same ? same == 0 : Equals(value),
            "!=" => !(order is { } same ? same == 0 : Equals(value)),
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static int Compare((BigInteger Digits, int Exponent) one, (BigInteger Digits, int Exponent) other)
    {
        var least = Math.Min(one.Exponent, other.Exponent);
        return (one.Digits * BigInteger.Pow(10, one.Exponent - least)).CompareTo(other.Digits * BigInteger.Pow(10, other.Exponent - least));
    }

    private static (BigInteger Digits, int Exponent)? Number(string text)
    {
        var match = Regex.Match(text, @"^(?<sign>[+-]?)(?<whole>[0-9]+)(\.(?<fraction>[0-9]+))?([eE](?<exponent>[+-]?[0-9]+))?\z");
        if (!match.Success)
        {
            return null;
        }

        // Numbers of a few hundred digits are larger than all others here.
        var exponent = (int)BigInteger.Clamp(BigInteger.Parse(match.Groups["exponent"] is { Success: true } written ? written.Value : "0", CultureInfo.InvariantCulture), -500, 500);
        var fraction = match.Groups["fraction"].Value;
        return (BigInteger.Parse(match.Groups["sign"].Value + match.Groups["whole"].Value + fraction, CultureInfo.InvariantCulture), exponent - fraction.Length);
    }

    private bool Equals(string value)
    {
        if (Style == OperandStyle.Regex)
        {
            return PatternModel.Fits(Text, value);
        }

        if (!Text.Contains('*'))
        {
            return value == Text;
        }

        // Piece by piece, each at the first place it stands.
        var pieces = Text.Split('*');
        if (!value.StartsWith(pieces[0], StringComparison.Ordinal))
        {
            return false;
        }

        var at = pieces[0].Length;
        foreach (var piece in pieces[1..])
        {
            var place = value.IndexOf(piece, at, StringComparison.Ordinal);
            if (place < 0)
            {
                return false;
            }

            at = place + piece.Length;
        }

        return pieces[^1].Length == 0 || at == value.Length;
    }
}

internal abstract record JsonNodeModel
{
    public abstract string Write(Random random);

    public abstract bool Holds(JsonNode root);
}

internal sealed record JoinModel(bool All, IReadOnlyList<JsonNodeModel> Operands) : JsonNodeModel
{
    public override string Write(Random random)
    {
        var blank = random.Next(2) == 0 ? " " : "";
        return string.Join(
            $"{blank}{(All ? "&&" : "||")}{blank}",
            Operands.Select(operand => operand is JoinModel || random.Next(3) == 0 ? $"({blank}{operand.Write(random)}{blank})" : operand.Write(random)));
    }

    public override bool Holds(JsonNode root) => All ? Operands.All(operand => operand.Holds(root)) : Operands.Any(operand => operand.Holds(root));
}

internal sealed record ConditionModel(IReadOnlyList<string> Path, string Comparison, OperandModel? Operand) : JsonNodeModel
{
    public override string Write(Random random)
    {
        var selector = new StringBuilder("$");
        foreach (var step in Path)
        {
            selector.Append(step is ['[', ..] ? step : Regex.IsMatch(step, @"^([A-Za-z0-9_-]+|\*)\z") ? "." + step : $".['{step}']");
        }

        return Operand is null
            ? $"{selector} {Comparison}"
            : random.Next(2) == 0 ? $"{selector}{Comparison}{Operand.Write()}" : $"{selector} {Comparison}\t{Operand.Write()}";
    }

    public override bool Holds(JsonNode root)
    {
        var found = new List<JsonNode?> { root };
        foreach (var step in Path)
        {
            found = [.. found.SelectMany(node => Follow(node, step))];
        }

        return Comparison switch
        {
            "NOT EXISTS" => found.Count == 0,
            "IS NULL" => found.Exists(node => node is null),
            "IS TRUE" => found.Exists(node => node?.GetValueKind() == JsonValueKind.True),
            "IS FALSE" => found.Exists(node => node?.GetValueKind() == JsonValueKind.False),
            _ => found.Exists(node => node?.GetValueKind() switch
            {
                JsonValueKind.String => Operand!.Holds(Comparison, node.GetValue<string>(), numeric: false),
                JsonValueKind.Number => Operand!.Holds(Comparison, node.ToJsonString(), numeric: true),
                _ => false,
            }),
        };
    }

    private static IEnumerable<JsonNode?> Follow(JsonNode? node, string step) => (node, step) switch
    {
        (JsonObject members, "*") => members.Select(member => member.Value),
        (JsonArray items, "[*]") => items,
        (JsonArray items, ['[', ..]) => int.Parse(step[1..^1], CultureInfo.InvariantCulture) is var index && index < items.Count ? [items[index]] : [],
        (JsonObject members, not ['[', ..]) => members.TryGetPropertyValue(step, out var value) ? [value] : [],
        _ => [],
    };
}

internal sealed record JsonModel(JsonNodeModel Root) : PatternModel
{
    public override string Write(Random random) => $"{{{Blank(random)}{Root.Write(random)}{Blank(random)}}}";

    public override bool Matches(string message)
    {
        try
        {
            return JsonNode.Parse(message) is JsonObject root && Root.Holds(root);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>A field: alternatives, each a list of comparisons that must all hold. None is no condition; no name is a field without.</summary>
internal sealed record FieldModel(string? Name, IReadOnlyList<IReadOnlyList<(string Comparison, OperandModel Operand)>> Alternatives)
{
    public bool Holds(string value)
        => Alternatives.Count == 0 || Alternatives.Any(all => all.All(one => one.Operand.Holds(one.Comparison, value, numeric: true)));

    public string Write(Random random) => Alternatives.Count == 0
        ? Name ?? ""
        : string.Join(" || ", Alternatives.Select(all => string.Join("&&", all.Select(one => $"{Name}{(random.Next(2) == 0 ? " " : "")}{one.Comparison}{(random.Next(2) == 0 ? " " : "")}{one.Operand.Write()}"))));
}

internal sealed record DelimitedModel(IReadOnlyList<FieldModel> Fields) : PatternModel
{
    public override string Write(Random random) => $"[{string.Join(",", Fields.Select(field => Blank(random) + field.Write(random) + Blank(random)))}]";

    public override bool Matches(string message)
    {
        // Brackets, quotes, or anything up to the next blank.
        var found = Regex.Matches(message, @"\[(?<in>[^\]]*)\]|""(?<in>[^""]*)""|(?<bare>[^ \t\r\n\v\f]+)").ToList();
        string Value(Match match) => match.Groups["in"].Success ? match.Groups["in"].Value : match.Groups["bare"].Value;
        var ellipsis = Fields.ToList().FindIndex(field => field.Name == "...");
        if (found.Count < (ellipsis < 0 ? Fields.Count : Fields.Count - 1))
        {
            return false;
        }

        for (var i = 0; i < Fields.Count; i++)
        {
            if (i == ellipsis)
            {
                continue;
            }

            var place = ellipsis >= 0 && i > ellipsis ? found.Count - Fields.Count + i : i;
            var isRest = ellipsis < 0 && i == Fields.Count - 1 && found.Count > Fields.Count;
            if (!Fields[i].Holds(isRest ? message[found[place].Index..].TrimEnd(' ', '\t', '\r', '\n', '\v', '\f') : Value(found[place])))
            {
                return false;
            }
        }

        return true;
    }
}
