namespace LogDelivery.Policies;

/// <summary>
/// The result of testing one policy element against a request whose context may be only partly known.
/// </summary>
public enum Truth
{
    /// <summary>The element does not match.</summary>
    False,

    /// <summary>The result depends on a context key whose value is unknown.</summary>
    Unknown,

    /// <summary>The element matches.</summary>
    True,
}

internal static class TruthExtensions
{
    // Kleene's three-valued logic: the enum is ordered False < Unknown < True.
    public static Truth And(this Truth left, Truth right) => left < right ? left : right;

    public static Truth Or(this Truth left, Truth right) => left > right ? left : right;

    public static Truth Not(this Truth truth) => Truth.True - (int)truth;

    public static Truth ToTruth(this bool value) => value ? Truth.True : Truth.False;
}
