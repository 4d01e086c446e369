using System.Text;

namespace LogDelivery.Patterns;

/// <summary>A text with <c>*</c> for any run of characters, matched the way CloudWatch Logs was seen to match it.</summary>
/// <remarks>
/// The pieces between the stars are searched from left to right, each at its first occurrence, without backtracking: the
/// end of the pattern must then be the end of the value. So <c>*ab</c> does not match <c>abab</c>, whose first <c>ab</c> is
/// followed by another. Observed with TestMetricFilter: <c>*111.111.111</c> and <c>111*111</c> do not match
/// <c>111.111.111.111</c>, while <c>*.111.111.111</c> does; and <c>1*3</c> matches <c>123</c>.
/// </remarks>
internal sealed class WildcardText
{
    private readonly byte[][] pieces;

    public WildcardText(string text)
    {
        var parts = text.Split('*');
        First = parts[0];
        Last = parts[^1];
        Inner = [.. parts[1..^1].Where(piece => piece.Length > 0)];
        pieces = [Encoding.UTF8.GetBytes(First), .. Inner.Select(Encoding.UTF8.GetBytes), Encoding.UTF8.GetBytes(Last)];
    }

    /// <summary>The text that the value must begin with.</summary>
    public string First { get; }

    /// <summary>The texts between two stars, in order; none is empty.</summary>
    public IReadOnlyList<string> Inner { get; }

    /// <summary>The text that the value must end with.</summary>
    public string Last { get; }

    public bool Matches(ReadOnlySpan<byte> value)
    {
        if (!value.StartsWith(pieces[0]))
        {
            return false;
        }

        value = value[pieces[0].Length..];
        for (var i = 1; i < pieces.Length - 1; i++)
        {
            var at = value.IndexOf(pieces[i]);
            if (at < 0)
            {
                return false;
            }

            value = value[(at + pieces[i].Length)..];
        }

        var last = pieces[^1];
        return last.Length == 0 || value.IndexOf(last) is var place && place >= 0 && place + last.Length == value.Length;
    }
}
