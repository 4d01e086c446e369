using System.Text;

namespace LogDelivery.Patterns;

internal enum TextTermRole
{
    /// <summary>The event must hold the term.</summary>
    Required,

    /// <summary><c>?</c>: the event must hold one of these, if all terms of the pattern are such.</summary>
    Optional,

    /// <summary><c>-</c>: the event must not hold the term.</summary>
    Excluded,
}

/// <summary>A word, a phrase or a regular expression looked for anywhere in an event.</summary>
internal sealed class TextTerm
{
    private readonly byte[] utf8;

    public TextTerm(int column, TextTermRole role, string text)
    {
        (Column, Role, Text) = (column, role, text);
        utf8 = Encoding.UTF8.GetBytes(text);
    }

    public TextTerm(int column, TextTermRole role, PatternRegex regex)
        : this(column, role, regex.Source) => Regex = regex;

    /// <summary>The column in the pattern where the term begins; the first column is 1.</summary>
    public int Column { get; }

    public TextTermRole Role { get; }

    /// <summary>The words to look for; for a regular expression, its source.</summary>
    public string Text { get; }

    public PatternRegex? Regex { get; }

    /// <summary>Nothing but blanks in quotes matches every event. Source: CloudWatch Logs user guide, "Match everything".</summary>
    public bool IsBlank => Regex is null && string.IsNullOrWhiteSpace(Text);

    public static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>Whether the event contains the term, regardless of the term's role.</summary>
    public bool IsIn(ReadOnlySpan<byte> utf8Event)
        => Regex is not null ? Regex.IsMatch(utf8Event) : IsBlank || utf8Event.IndexOf(utf8) >= 0;

    /// <summary>Explains how the term keeps the pattern from matching.</summary>
    public FilterFailure Failure() => new(
        ToString(),
        Column,
        Role == TextTermRole.Excluded ? "The event holds it." : Regex is null ? "The event does not hold it; letters count as they are written." : "Nothing in the event fits it.");

    public override string ToString()
    {
        var sign = Role switch { TextTermRole.Optional => "?", TextTermRole.Excluded => "-", _ => "" };
        return sign + (Regex is not null ? $"%{Text}%" : Text.Length > 0 && Text.All(IsWordPart) ? Text : QuotedText.Write(Text));
    }
}
