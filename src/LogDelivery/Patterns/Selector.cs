using System.Globalization;
using System.Text;

namespace LogDelivery.Patterns;

internal enum SelectorStepKind
{
    /// <summary>The property of that name.</summary>
    Key,

    /// <summary>The element of that number, from 0.</summary>
    Index,

    /// <summary><c>.*</c>: any property of an object.</summary>
    AnyProperty,

    /// <summary><c>[*]</c>: any element of an array.</summary>
    AnyElement,
}

/// <summary>One step from a JSON value to a value within it.</summary>
internal readonly record struct SelectorStep(SelectorStepKind Kind, string Key = "", int Index = 0)
{
    public bool IsWildcard => Kind is SelectorStepKind.AnyProperty or SelectorStepKind.AnyElement;
}

/// <summary>
/// A path from the root of a JSON event: <c>$.a.b</c>, <c>$.a[0].b</c>, <c>$.['a.b']</c>, <c>$.a[*]</c>, <c>$.*</c>. Keys are case sensitive.
/// </summary>
/// <remarks>
/// Without brackets a key holds letters, digits, <c>-</c> and <c>_</c>; an index follows a property. Source: CloudWatch Logs user guide,
/// matching-terms-json-log-events.
/// </remarks>
internal sealed class Selector : IEquatable<Selector>
{
    private readonly SelectorStep[] steps;

    public Selector(IEnumerable<SelectorStep> steps) => this.steps = [.. steps];

    public IReadOnlyList<SelectorStep> Steps => steps;

    public bool HasWildcard => steps.Any(step => step.IsWildcard);

    public static Selector Parse(PatternReader reader)
    {
        var start = reader.Position;
        if (!reader.Take("$"))
        {
            throw reader.Expected("a property selector such as $.eventName");
        }

        var steps = new List<SelectorStep>();
        while (true)
        {
            if (reader.Current == '[')
            {
                steps.Add(ParseBrackets(reader, first: steps.Count == 0));
            }
            else if (reader.Take("."))
            {
                steps.Add(reader.Current == '[' ? ParseBrackets(reader, first: true) : ParseKey(reader));
            }
            else
            {
                break;
            }
        }

        if (steps.Count == 0)
        {
            throw reader.Expected("'.' and the name of a property after '$'");
        }

        var selector = new Selector(steps);
        return selector.steps.Count(step => step.IsWildcard) > PatternLimits.WildcardsInSelector
            ? throw reader.Error(start, $"the selector {selector} has more than one wildcard; one is allowed in a selector.")
            : selector;
    }

    public bool Equals(Selector? other) => other is not null && steps.AsSpan().SequenceEqual(other.steps);

    public override bool Equals(object? obj) => Equals(obj as Selector);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var step in steps)
        {
            hash.Add(step);
        }

        return hash.ToHashCode();
    }

    public override string ToString()
    {
        var text = new StringBuilder("$");
        foreach (var step in steps)
        {
            _ = step.Kind switch
            {
                SelectorStepKind.Key when step.Key.Length > 0 && step.Key.All(IsKeyPart) => text.Append('.').Append(step.Key),
                SelectorStepKind.Key => text.Append(text.Length == 1 ? "." : "").Append('[').Append(WriteKey(step.Key)).Append(']'),
                SelectorStepKind.Index => text.Append(CultureInfo.InvariantCulture, $"[{step.Index}]"),
                SelectorStepKind.AnyElement => text.Append("[*]"),
                _ => text.Append(".*"),
            };
        }

        return text.ToString();
    }

    private static bool IsKeyPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static SelectorStep ParseKey(PatternReader reader)
    {
        if (reader.Take("*"))
        {
            return new(SelectorStepKind.AnyProperty);
        }

        var start = reader.Position;
        while (IsKeyPart(reader.Current))
        {
            reader.Position++;
        }

        return reader.Position > start
            ? new(SelectorStepKind.Key, reader.Text[start..reader.Position])
            : throw reader.Expected("the name of a property (letters, digits, - and _; others as ['a.b']) or '*'");
    }

    private static SelectorStep ParseBrackets(PatternReader reader, bool first)
    {
        var open = reader.Position++;
        if (reader.Current is '\'' or '"')
        {
            var key = ParseQuotedKey(reader);
            RequireClose(reader);
            return new(SelectorStepKind.Key, key);
        }

        if (first)
        {
            throw reader.Error(open, "an index must follow a property; after '$' a property such as .records or ['a.b'] was expected.");
        }

        if (reader.Take("*"))
        {
            RequireClose(reader);
            return new(SelectorStepKind.AnyElement);
        }

        var start = reader.Position;
        while (char.IsAsciiDigit(reader.Current))
        {
            reader.Position++;
        }

        if (reader.Position == start)
        {
            throw reader.Expected("an index from 0, '*' or a name in quotes");
        }

        if (!int.TryParse(reader.Text.AsSpan(start, reader.Position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            throw reader.Error(start, "the index is larger than any array.");
        }

        RequireClose(reader);
        return new(SelectorStepKind.Index, Index: index);
    }

    private static void RequireClose(PatternReader reader)
    {
        if (!reader.Take("]"))
        {
            throw reader.Expected("']'");
        }
    }

    private static string ParseQuotedKey(PatternReader reader)
    {
        var open = reader.Position++;
        var quote = reader.Text[open];
        var key = new StringBuilder();
        while (reader.Current != quote)
        {
            if (reader.AtEnd)
            {
                throw reader.Error(open, $"the name that begins here has no closing {quote}.");
            }

            if (reader.Current == '\\' && (reader.Next == quote || reader.Next == '\\'))
            {
                reader.Position++;
            }

            key.Append(reader.Text[reader.Position++]);
        }

        reader.Position++;
        return key.ToString();
    }

    private static string WriteKey(string key)
    {
        if (key.Contains('\'', StringComparison.Ordinal) && !key.Contains('"', StringComparison.Ordinal))
        {
            return QuotedText.Write(key);
        }

        // The same rule as for text in double quotes, with the other quote.
        var swapped = QuotedText.Write(key.Replace('"', '\u0001').Replace('\'', '"'));
        return swapped.Replace('"', '\'').Replace('\u0001', '"');
    }
}
