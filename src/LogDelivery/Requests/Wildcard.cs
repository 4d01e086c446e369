using System.Text;
using System.Text.RegularExpressions;

namespace LogDelivery.Requests;

/// <summary>
/// A name with the wildcards of PowerShell: <c>*</c>, <c>?</c>, <c>[a-z]</c>, and a backtick before a character that is meant
/// literally. Both faces match by it, so that a pattern means the same in both.
/// </summary>
internal sealed class Wildcard
{
    private readonly Regex expression;

    private Wildcard(string text, bool ignoreCase)
    {
        Text = text;
        IsLiteral = text.AsSpan().IndexOfAny("*?[") < 0;
        var options = RegexOptions.Singleline | RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        expression = new(Translate(text), options, TimeSpan.FromSeconds(1));
    }

    /// <summary>The pattern as it was given.</summary>
    public string Text { get; }

    /// <summary>Whether it holds no wildcard.</summary>
    public bool IsLiteral { get; }

    /// <summary>A pattern that ignores case, for ids and names.</summary>
    /// <param name="text">The pattern.</param>
    public static Wildcard Of(string text) => new(text ?? throw new ArgumentNullException(nameof(text)), ignoreCase: true);

    /// <summary>A pattern that heeds case, for the names of buckets.</summary>
    /// <param name="text">The pattern.</param>
    public static Wildcard WithCase(string text) => new(text ?? throw new ArgumentNullException(nameof(text)), ignoreCase: false);

    /// <summary>Whether a name fits.</summary>
    /// <param name="name">The name.</param>
    public bool Matches(string name) => expression.IsMatch(name);

    private static string Translate(string text)
    {
        var result = new StringBuilder("^");
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] == '[' ? text.IndexOf(']', i + 1) : -1;
            switch (text[i])
            {
                case '*':
                    result.Append(".*");
                    break;
                case '?':
                    result.Append('.');
                    break;
                case '`' when i + 1 < text.Length:
                    result.Append(Regex.Escape(text[++i].ToString()));
                    break;
                case '[' when end > i + 1:
                    // Within brackets only the range means something.
                    result.Append('[').Append(text[(i + 1)..end].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("^", "\\^", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)).Append(']');
                    i = end;
                    break;
                default:
                    result.Append(Regex.Escape(text[i].ToString()));
                    break;
            }
        }

        return result.Append("\\z").ToString();
    }
}
