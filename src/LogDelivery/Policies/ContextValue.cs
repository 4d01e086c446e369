namespace LogDelivery.Policies;

/// <summary>The knowledge about a context key of a request.</summary>
public enum ContextKnowledge
{
    /// <summary>The request carries the key with known values.</summary>
    Present,

    /// <summary>The request does not carry the key.</summary>
    Absent,

    /// <summary>One of several known values; it is unknown which.</summary>
    OneOf,

    /// <summary>The request carries the key with one value of a known form, given as a pattern.</summary>
    Like,

    /// <summary>
    /// The key holds a value of AWS's own (or is absent) that never equals anything a customer can name: an address or
    /// principal inside AWS. A positive test against a customer's value fails, a negated one succeeds.
    /// </summary>
    Internal,

    /// <summary>Nothing is known about the key, not even whether it is present.</summary>
    Unknown,
}

/// <summary>The value of one context key of a request, as far as it is known. Immutable.</summary>
public sealed class ContextValue
{
    /// <summary>The request does not carry the key.</summary>
    public static readonly ContextValue Absent = new(ContextKnowledge.Absent);

    /// <summary>Nothing is known about the key.</summary>
    public static readonly ContextValue Unknown = new(ContextKnowledge.Unknown);

    /// <summary>The key holds a value internal to AWS; see <see cref="ContextKnowledge.Internal"/>.</summary>
    public static readonly ContextValue Internal = new(ContextKnowledge.Internal);

    private readonly string[] values;
    private readonly ContextValue[] alternatives;

    private ContextValue(ContextKnowledge knowledge, string[]? values = null, ContextValue[]? alternatives = null, ValueForm? form = null)
    {
        Knowledge = knowledge;
        this.values = values ?? [];
        this.alternatives = alternatives ?? [];
        Form = form;
    }

    /// <summary>The extent of what is known.</summary>
    public ContextKnowledge Knowledge { get; }

    /// <summary>The values, when <see cref="Knowledge"/> is <see cref="ContextKnowledge.Present"/>.</summary>
    public IReadOnlyList<string> Values => values;

    /// <summary>The possibilities, when <see cref="Knowledge"/> is <see cref="ContextKnowledge.OneOf"/>.</summary>
    public IReadOnlyList<ContextValue> Alternatives => alternatives;

    /// <summary>The form of the value, when <see cref="Knowledge"/> is <see cref="ContextKnowledge.Like"/>.</summary>
    internal ValueForm? Form { get; }

    internal ReadOnlySpan<string> ValueSpan => values;

    internal ReadOnlySpan<ContextValue> AlternativeSpan => alternatives;

    /// <summary>The key is present with these values. Without any value it counts as absent, as IAM does.</summary>
    /// <param name="values">The values in the order of the request.</param>
    public static ContextValue Of(params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length == 0 ? Absent : new(ContextKnowledge.Present, [.. values]);
    }

    /// <summary>The key is present with one value of which only the form is known.</summary>
    /// <param name="pattern">
    /// The form, in which <c>*</c> and <c>?</c> are wildcards; in an ARN they stay within their part, as in <c>ArnLike</c>.
    /// Without any it is a plain value.
    /// </param>
    public static ContextValue Like(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.AsSpan().ContainsAny('*', '?') ? new(ContextKnowledge.Like, form: new ValueForm(pattern)) : Of(pattern);
    }

    /// <summary>One of these values; it is unknown which.</summary>
    /// <param name="alternatives">The possibilities; none may itself be a choice.</param>
    public static ContextValue OneOf(params ContextValue[] alternatives)
    {
        ArgumentNullException.ThrowIfNull(alternatives);
        if (alternatives.Length == 0 || Array.Exists(alternatives, a => a.Knowledge == ContextKnowledge.OneOf))
        {
            throw new ArgumentException("A choice needs at least one possibility, and none may be a choice itself.", nameof(alternatives));
        }

        return alternatives.Length == 1 ? alternatives[0] : new(ContextKnowledge.OneOf, alternatives: [.. alternatives]);
    }

    /// <summary>The knowledge in words, as verdicts print it: the value, <c>(absent)</c>, <c>a or b</c>...</summary>
    public override string ToString() => Knowledge switch
    {
        ContextKnowledge.Present => string.Join(", ", values),
        ContextKnowledge.Absent => "(absent)",
        ContextKnowledge.OneOf => string.Join(" or ", alternatives.Select(a => a.ToString())),
        ContextKnowledge.Like => $"a value like {Form}",
        ContextKnowledge.Internal => "(a value internal to AWS)",
        _ => "(unknown)",
    };
}
