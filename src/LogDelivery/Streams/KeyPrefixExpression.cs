using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LogDelivery.Streams;

/// <summary>
/// A prefix of Firehose with expressions such as <c>!{timestamp:yyyy/MM/dd}</c> and <c>!{firehose:error-output-type}</c>.
/// Source: Firehose developer guide, s3-prefixes.
/// </summary>
internal sealed partial class KeyPrefixExpression
{
    private const int MaxLength = 512;

    private readonly List<Piece> pieces = [];

    private KeyPrefixExpression(string text, bool isForErrors)
    {
        Text = text;
        IsForErrors = isForErrors;
        Problems = Read();
    }

    /// <summary>The prefix as configured.</summary>
    public string Text { get; }

    /// <summary>Whether it is the prefix of what could not be processed.</summary>
    public bool IsForErrors { get; }

    /// <summary>What Firehose would refuse about it, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Whether it holds an expression.</summary>
    public bool HasExpressions => pieces.Exists(p => p.Namespace is not null);

    /// <summary>What every key begins with: the text before the first expression.</summary>
    public string Literal => string.Concat(pieces.TakeWhile(p => p.Namespace is null).Select(p => p.Value));

    /// <summary>What every key of one kind of failure begins with: the text before the first expression that is not that kind.</summary>
    /// <param name="errorOutputType">Such as <c>processing-failed</c>.</param>
    public string LiteralFor(string errorOutputType) => string.Concat(pieces
        .TakeWhile(p => p.Namespace is null || p is { Namespace: "firehose", Value: "error-output-type" })
        .Select(p => p.Namespace is null ? p.Value : errorOutputType));

    /// <summary>The keys as a pattern of policies: the literal parts, and <c>*</c> for what is evaluated.</summary>
    public string Pattern => MultipleStars().Replace(string.Concat(pieces.Select(p => p.Namespace is null ? p.Value : "*")) + "*", "*");

    /// <summary>Time patterns that evaluate to something else than they look like, a sentence each.</summary>
    public IReadOnlyList<string> Doubts => [.. pieces.Where(p => p.Namespace == "timestamp").SelectMany(p => JavaTime.Doubts(p.Value)).Distinct()];

    private bool HasTime => pieces.Exists(p => p.Namespace == "timestamp");

    /// <summary>Reads the prefix of a stream's data.</summary>
    /// <param name="prefix">The prefix as configured; <see langword="null"/> for none.</param>
    public static KeyPrefixExpression ForData(string? prefix) => new(prefix ?? string.Empty, false);

    /// <summary>Reads the prefix of what could not be processed.</summary>
    /// <param name="prefix">The error prefix as configured; <see langword="null"/> for none.</param>
    /// <param name="dataPrefix">The prefix of the data, which takes its place where there is none.</param>
    public static KeyPrefixExpression ForErrors(string? prefix, string? dataPrefix)
        => new(string.IsNullOrEmpty(prefix) ? $"{dataPrefix}!{{firehose:error-output-type}}/" : prefix, true);

    /// <summary>The prefix as Firehose would evaluate it.</summary>
    /// <param name="time">The time of the oldest record in the object.</param>
    /// <param name="timeZone">The stream's time zone, such as <c>Asia/Tokyo</c>; UTC when <see langword="null"/> or not known here.</param>
    /// <param name="errorOutputType">What happened, such as <c>processing-failed</c>.</param>
    /// <param name="seed">Makes the random parts; the same seed makes the same prefix.</param>
    public string Evaluate(DateTimeOffset time, string? timeZone = null, string errorOutputType = "processing-failed", string seed = "0")
    {
        var local = TimeZones.ToLocal(time, timeZone);
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            text.Append(piece.Namespace switch
            {
                null => piece.Value,
                "timestamp" => JavaTime.Format(piece.Value, local),
                "firehose" when piece.Value == "error-output-type" => errorOutputType,
                "firehose" => RandomText($"{seed}/{text.Length}"),
                _ => piece.Value,
            });
        }

        if (!HasTime)
        {
            text.Append(local.ToString("yyyy'/'MM'/'dd'/'HH'/'", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    /// <summary>The prefix as configured.</summary>
    public override string ToString() => Text;

    // The guide's own example has a piece of a UUID, eleven characters with its hyphen.
    private static string RandomText(string seed)
        => new Guid(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 16)).ToString()[..11];

    private List<string> Read()
    {
        var problems = new List<string>();
        var position = 0;
        foreach (Match match in Expression().Matches(Text))
        {
            AddLiteral(Text[position..match.Index], problems);
            pieces.Add(new(match.Groups[1].Value, match.Groups[2].Value));
            Check(match.Groups[1].Value, match.Groups[2].Value, problems);
            position = match.Index + match.Length;
        }

        AddLiteral(Text[position..], problems);
        if (IsForErrors && HasExpressions && !pieces.Exists(p => p is { Namespace: "firehose", Value: "error-output-type" }))
        {
            problems.Add("An error prefix with expressions must have !{firehose:error-output-type} among them.");
        }

        if (problems.Count == 0 && Evaluate(DateTimeOffset.UnixEpoch).Length > MaxLength)
        {
            problems.Add($"The prefix has more than {MaxLength} characters when it is evaluated.");
        }

        return problems;
    }

    private void AddLiteral(string text, List<string> problems)
    {
        if (text.Contains("!{", StringComparison.Ordinal))
        {
            problems.Add($"\"{text[text.IndexOf("!{", StringComparison.Ordinal)..]}\" is no whole expression; expressions are written !{{namespace:value}}.");
        }

        if (text.Length > 0)
        {
            pieces.Add(new(null, text));
        }
    }

    private void Check(string @namespace, string value, List<string> problems)
    {
        switch (@namespace)
        {
            case "timestamp" when JavaTime.Problem(value) is { } problem:
                problems.Add($"!{{timestamp:{value}}}: {problem}");
                break;
            case "firehose" when value == "error-output-type" && !IsForErrors:
                problems.Add("!{firehose:error-output-type} is for the error prefix only.");
                break;
            case "firehose" when value is not ("error-output-type" or "random-string"):
                problems.Add($"!{{firehose:{value}}}: the namespace has error-output-type and random-string only.");
                break;
            case "partitionKeyFromQuery" or "partitionKeyFromLambda" when IsForErrors:
                problems.Add($"!{{{@namespace}:{value}}} is for the prefix of the data only.");
                break;
            case "timestamp" or "firehose" or "partitionKeyFromQuery" or "partitionKeyFromLambda":
                break;
            default:
                problems.Add($"!{{{@namespace}:{value}}}: the namespaces are timestamp, firehose, partitionKeyFromQuery and partitionKeyFromLambda.");
                break;
        }
    }

    [GeneratedRegex(@"!\{([^:{}]*):([^{}]*)\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"\*+")]
    private static partial Regex MultipleStars();

    private sealed record Piece(string? Namespace, string Value);
}
