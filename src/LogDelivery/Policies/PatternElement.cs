namespace LogDelivery.Policies;

/// <summary>
/// The <c>Action</c>, <c>NotAction</c>, <c>Resource</c> or <c>NotResource</c> element of a statement. Immutable.
/// </summary>
public sealed class PatternElement
{
    private readonly Pattern[] patterns;

    internal PatternElement(bool isNegated, Pattern[] patterns)
    {
        IsNegated = isNegated;
        this.patterns = patterns;
        Values = [.. patterns.Select(p => p.Text)];
    }

    /// <summary>Whether this is <c>NotAction</c> or <c>NotResource</c>.</summary>
    public bool IsNegated { get; }

    /// <summary>The patterns as the policy has them.</summary>
    public IReadOnlyList<string> Values { get; }

    internal IReadOnlyList<Pattern> Patterns => patterns;

    /// <summary>Whether the element covers a text.</summary>
    /// <param name="text">The action or the resource ARN of a request.</param>
    /// <param name="context">The context that gives the policy variables their values.</param>
    public Truth Matches(string text, RequestContext context)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(context);
        var truth = Truth.False;
        foreach (var pattern in patterns)
        {
            truth = truth.Or(pattern.Match(text, context));
            if (truth == Truth.True)
            {
                break;
            }
        }

        return IsNegated ? truth.Not() : truth;
    }

    /// <summary>The patterns, separated by commas.</summary>
    public override string ToString() => string.Join(", ", Values);
}
