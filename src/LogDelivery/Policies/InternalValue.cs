namespace LogDelivery.Policies;

/// <summary>
/// Compares values that AWS does not disclose, such as the <c>aws:PrincipalArn</c> of a service principal.
/// </summary>
internal static class InternalValue
{
    /// <summary>
    /// A text without wildcard, or one that names an account, never equals an internal value. The result for a bare
    /// wildcard is unknown.
    /// </summary>
    public static Truth Matches(Pattern pattern)
    {
        var wild = false;
        foreach (var part in pattern.Parts)
        {
            if (part.Kind == PatternPartKind.Literal && NamesAccount(part.Text))
            {
                return Truth.False;
            }

            wild |= part.Kind != PatternPartKind.Literal;
        }

        return wild ? Truth.Unknown : Truth.False;
    }

    private static bool NamesAccount(string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            digits = char.IsAsciiDigit(c) ? digits + 1 : 0;
            if (digits == 12)
            {
                return true;
            }
        }

        return false;
    }
}
