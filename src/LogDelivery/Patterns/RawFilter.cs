using System.Text;

namespace LogDelivery.Patterns;

/// <summary>
/// Searches the raw bytes of an event for texts that the pattern requires, before parsing. It may accept an event that does
/// not match, but never rejects one that does.
/// </summary>
/// <remarks>
/// For JSON it searches only for characters that are literal in a string unless they are written as <c>\u00xx</c>. When an
/// event contains such an escape of a searched character, the event is accepted. A text found elsewhere in the event than
/// the pattern means only accepts the event.
/// </remarks>
internal sealed class RawFilter
{
    private const int ShortestText = 3;
    private const int MostAlternatives = 4;
    private const int MostClauses = 3;

    // In every CloudTrail record: searching for them excludes nothing.
    private static readonly HashSet<string> CommonKeys =
    [
        "eventVersion", "userIdentity", "type", "principalId", "arn", "accountId", "eventTime", "eventSource", "eventName", "awsRegion",
        "sourceIPAddress", "userAgent", "requestParameters", "responseElements", "requestID", "eventID", "readOnly", "eventType",
        "managementEvent", "recipientAccountId", "eventCategory",
    ];

    private readonly byte[][][] clauses;
    private readonly bool isJson;

    private RawFilter(IEnumerable<IReadOnlyList<string>> clauses, bool isJson)
    {
        this.clauses = [.. clauses.Select(clause => clause.Select(Encoding.UTF8.GetBytes).ToArray())];
        this.isJson = isJson;
    }

    /// <summary>The lists of texts such that a matching event contains at least one text of each list; empty when nothing can be concluded.</summary>
    public IEnumerable<IReadOnlyList<string>> Clauses => clauses.Select(clause => clause.Select(Encoding.UTF8.GetString).ToList());

    public static RawFilter OfJson(Expression expression) => new(Best(Require(expression, OfJsonCondition)), isJson: true);

    public static RawFilter OfFields(IEnumerable<Expression> conditions)
        => new(Best([.. conditions.SelectMany(condition => Require(condition, OfFieldCondition))]), isJson: false);

    /// <summary>Whether the pattern may match the event.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="mayHaveEscapes">Whether it may contain a backslash.</param>
    public bool MayMatch(ReadOnlySpan<byte> utf8, bool mayHaveEscapes)
    {
        foreach (var clause in clauses)
        {
            if (!HoldsOne(utf8, clause, mayHaveEscapes && isJson))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HoldsOne(ReadOnlySpan<byte> utf8, byte[][] texts, bool mayHaveEscapes)
    {
        foreach (var text in texts)
        {
            if (utf8.IndexOf(text) >= 0)
            {
                return true;
            }
        }

        return mayHaveEscapes && HoldsEscapeOf(utf8, texts);
    }

    /// <summary>Whether a character of a text is somewhere written as <c>\u00xx</c>.</summary>
    private static bool HoldsEscapeOf(ReadOnlySpan<byte> utf8, byte[][] texts)
    {
        while (true)
        {
            var place = utf8.IndexOf(@"\u00"u8);
            if (place < 0 || place + 6 > utf8.Length)
            {
                return false;
            }

            var code = (Hex(utf8[place + 4]) << 4) | Hex(utf8[place + 5]);
            foreach (var text in texts)
            {
                if (text.AsSpan().Contains((byte)code))
                {
                    return true;
                }
            }

            utf8 = utf8[(place + 6)..];
        }
    }

    private static int Hex(byte c) => char.IsAsciiHexDigit((char)c) ? Convert.ToInt32(((char)c).ToString(), 16) : 0;

    private static List<IReadOnlyList<string>> Require(Expression expression, Func<PatternCondition, string?> ofCondition)
    {
        switch (expression)
        {
            case PatternCondition condition:
                return ofCondition(condition) is { } text ? [[text]] : [];
            case AllOf all:
                return [.. all.Operands.SelectMany(operand => Require(operand, ofCondition))];
            default:
                var alternatives = ((AnyOf)expression).Operands.Select(operand => Best(Require(operand, ofCondition)).FirstOrDefault()).ToList();
                return alternatives.Contains(null) || alternatives.Sum(texts => texts!.Count) > MostAlternatives
                    ? []
                    : [[.. alternatives.SelectMany(texts => texts!).Distinct()]];
        }
    }

    // Long texts are rare; every further alternative makes a clause likelier to hold.
    private static IEnumerable<IReadOnlyList<string>> Best(List<IReadOnlyList<string>> clauses)
        => clauses.OrderByDescending(clause => clause.Min(text => text.Length) - (4 * clause.Count)).DistinctBy(clause => string.Join('\0', clause)).Take(MostClauses);

    private static string? OfJsonCondition(PatternCondition condition)
    {
        if (condition is AbsenceCondition)
        {
            return null;
        }

        var text = condition is ComparisonCondition { Comparison: ComparisonOperator.Equal } comparison ? OfOperand(comparison.Operand, Plain) : null;
        return text ?? ((JsonCondition)condition).Selector.Steps
            .Where(step => step.Kind == SelectorStepKind.Key && !CommonKeys.Contains(step.Key))
            .Select(step => Longest(Plain(step.Key)))
            .LastOrDefault(key => key is not null);
    }

    private static string? OfFieldCondition(PatternCondition condition)
        => condition is FieldCondition { Comparison: ComparisonOperator.Equal } comparison ? OfOperand(comparison.Operand, text => [text]) : null;

    private static string? OfOperand(Operand operand, Func<string, IEnumerable<string>> runs) => operand switch
    {
        TextOperand text => Longest(runs(text.Text)),
        WildcardOperand wildcard => Longest(wildcard.Text.Split('*').SelectMany(runs)),
        RegexOperand { Regex.Alternatives: [var pieces] } => Longest(Literals(pieces).SelectMany(runs)),
        _ => null,
    };

    private static string? Longest(IEnumerable<string> texts)
        => texts.Where(text => text.Length >= ShortestText).MaxBy(text => text.Length);

    /// <summary>The runs of characters that a JSON string holds as themselves, if not as <c>\u00xx</c>.</summary>
    private static IEnumerable<string> Plain(string text)
        => new string([.. text.Select(c => c is >= ' ' and < '\x7F' and not ('"' or '\\' or '/') ? c : '\n')]).Split('\n');

    private static IEnumerable<string> Literals(IReadOnlyList<RegexPiece> pieces)
    {
        var run = new StringBuilder();
        foreach (var piece in pieces)
        {
            if (piece is { Kind: RegexPieceKind.Set, Minimum: 1, Maximum: 1 } && piece.Set!.Single is { } c)
            {
                run.Append(c);
                continue;
            }

            yield return run.ToString();
            run.Clear();
        }

        yield return run.ToString();
    }
}
