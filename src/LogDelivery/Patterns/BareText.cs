namespace LogDelivery.Patterns;

/// <summary>Text that needs no quotes as the operand of a comparison.</summary>
/// <remarks>
/// AWS requires quotes around all but letters, digits and underscores, and its own examples leave them out around
/// <c>123.123.*</c>, <c>1e-3</c> and <c>*.html*</c>: points, signs of numbers and stars are accepted too. Source:
/// CloudWatch Logs user guide, FilterAndPatternSyntax.
/// </remarks>
internal static class BareText
{
    public static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '*';

    public static bool Is(string text) => text.Length > 0 && text.All(IsPart);
}
