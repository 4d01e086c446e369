namespace LogDelivery.Patterns;

/// <summary>
/// Terms, phrases and regular expressions. All without a sign must be in the event, none with <c>-</c> may be; terms with <c>?</c> count only
/// when there are no others, and then one is enough.
/// </summary>
/// <remarks>Source: CloudWatch Logs user guide, matching-terms-unstructured-log-events, with the note on the question mark.</remarks>
internal sealed class TextPattern : PatternBody
{
    public TextPattern(IReadOnlyList<TextTerm> terms)
    {
        Terms = terms;
        IgnoresOptional = terms.Any(term => term.Role != TextTermRole.Optional);
    }

    public IReadOnlyList<TextTerm> Terms { get; }

    /// <summary>Whether other terms are there, beside which those with <c>?</c> have no effect.</summary>
    public bool IgnoresOptional { get; }

    public override FilterPatternKind Kind => FilterPatternKind.Text;

    public override bool Matches(ReadOnlySpan<byte> utf8)
    {
        if (!IgnoresOptional)
        {
            return Terms.Count == 0 || HoldsOneOf(utf8);
        }

        foreach (var term in Terms)
        {
            if (term.Role != TextTermRole.Optional && term.IsIn(utf8) != (term.Role == TextTermRole.Required))
            {
                return false;
            }
        }

        return true;
    }

    public override FilterExplanation Explain(ReadOnlySpan<byte> utf8)
    {
        if (Matches(utf8))
        {
            return FilterExplanation.Match;
        }

        if (!IgnoresOptional)
        {
            return FilterExplanation.Of([.. Terms.Select(term => term.Failure())]);
        }

        foreach (var term in Terms)
        {
            if (term.Role != TextTermRole.Optional && term.IsIn(utf8) != (term.Role == TextTermRole.Required))
            {
                return FilterExplanation.Of(term.Failure());
            }
        }

        return FilterExplanation.Match;
    }

    public override string Write(bool compact) => string.Join(' ', Terms);

    private bool HoldsOneOf(ReadOnlySpan<byte> utf8)
    {
        foreach (var term in Terms)
        {
            if (term.IsIn(utf8))
            {
                return true;
            }
        }

        return false;
    }
}
