using LogDelivery.Comparison;
using LogDelivery.Policies;
using LogDelivery.Text;

namespace LogDelivery;

/// <summary>
/// A request that two policies decide differently, as a flat row for shells and JSON. It is the witness of its class: every
/// request like it is gained or lost too.
/// </summary>
public sealed record PolicyDifferenceRow
{
    /// <summary>Whether the request is allowed by the second policy only, or by the first only.</summary>
    public string Change
    {
        get => ChangeValue.ToString();
        init => ChangeValue = EnumWord.Parse<AccessChange>(value);
    }

    internal AccessChange ChangeValue { get; init; }

    /// <summary>The principal that makes the request, as text.</summary>
    public string Principal { get; init; } = string.Empty;

    /// <summary>The action.</summary>
    public string Action { get; init; } = string.Empty;

    /// <summary>The ARN that the request is for.</summary>
    public string Resource { get; init; } = string.Empty;

    /// <summary>The context that the request carries, as <c>key=value</c>; empty where it does not matter.</summary>
    public string Context { get; init; } = string.Empty;

    /// <summary>The verdict of the first policy.</summary>
    public string Before
    {
        get => BeforeValue.ToString();
        init => BeforeValue = EnumWord.Parse<Verdict>(value);
    }

    internal Verdict BeforeValue { get; init; }

    /// <summary>The verdict of the second policy.</summary>
    public string After
    {
        get => AfterValue.ToString();
        init => AfterValue = EnumWord.Parse<Verdict>(value);
    }

    internal Verdict AfterValue { get; init; }

    /// <summary>The row of a difference.</summary>
    /// <param name="difference">The difference.</param>
    internal static PolicyDifferenceRow From(AccessDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return new()
        {
            ChangeValue = difference.Change,
            Principal = difference.Request.Principal.Id,
            Action = difference.Request.Action,
            Resource = difference.Request.Resource,
            Context = difference.Context,
            BeforeValue = difference.Before.Verdict,
            AfterValue = difference.After.Verdict,
        };
    }

    /// <summary>The difference in words.</summary>
    public override string ToString() => VisibleText.Of(Context.Length == 0
        ? $"{Change}: {Principal} {Action} {Resource}"
        : $"{Change}: {Principal} {Action} {Resource} with {Context}");
}
