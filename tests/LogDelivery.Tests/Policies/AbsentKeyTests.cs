using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>
/// What each operator says when the request does not carry the key. IAM user guide:
/// reference_policies_elements_condition_operators, the note on top and "...IfExists".
/// </summary>
public class AbsentKeyTests
{
    /// <summary>Every operator but Null, with a value it takes, and whether it is negated.</summary>
    public static TheoryData<string, string, bool> Operators => new()
    {
        { "StringEquals", "x", false },
        { "StringNotEquals", "x", true },
        { "StringEqualsIgnoreCase", "x", false },
        { "StringNotEqualsIgnoreCase", "x", true },
        // Not even a lone wildcard matches a key that is not there.
        { "StringLike", "*", false },
        { "StringNotLike", "*", true },
        { "ArnEquals", "arn:*:*:*:*:*", false },
        { "ArnNotEquals", "arn:*:*:*:*:*", true },
        { "ArnLike", "*", false },
        { "ArnNotLike", "*", true },
        { "NumericEquals", "1", false },
        { "NumericNotEquals", "1", true },
        { "NumericLessThan", "1", false },
        { "NumericLessThanEquals", "1", false },
        { "NumericGreaterThan", "1", false },
        { "NumericGreaterThanEquals", "1", false },
        { "DateEquals", "2026-01-31", false },
        { "DateNotEquals", "2026-01-31", true },
        { "DateLessThan", "2026-01-31", false },
        { "DateLessThanEquals", "2026-01-31", false },
        { "DateGreaterThan", "2026-01-31", false },
        { "DateGreaterThanEquals", "2026-01-31", false },
        { "Bool", "false", false },
        { "BinaryEquals", "QQ==", false },
        { "IpAddress", "0.0.0.0/0", false },
        { "NotIpAddress", "0.0.0.0/0", true },
    };

    [Theory]
    [MemberData(nameof(Operators))]
    public void Only_a_negated_operator_holds(string op, string value, bool negated)
        => Assert.Equal(negated ? Truth.True : Truth.False, Given.Test(op, value, null));

    [Theory]
    [MemberData(nameof(Operators))]
    public void IfExists_makes_any_operator_hold(string op, string value, bool negated)
    {
        Assert.Equal(Truth.True, Given.Test($"{op}IfExists", value, null));

        // So IfExists exempts nobody from a Deny that is negated anyway.
        Assert.True(!negated || Given.Test(op, value, null) == Truth.True);
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void ForAllValues_holds_and_ForAnyValue_does_not(string op, string value, bool negated)
    {
        _ = negated;
        Assert.Equal(Truth.True, Given.Test($"ForAllValues:{op}", value, null));
        Assert.Equal(Truth.True, Given.Test($"ForAllValues:{op}IfExists", value, null));
        Assert.Equal(Truth.False, Given.Test($"ForAnyValue:{op}", value, null));
        Assert.Equal(Truth.True, Given.Test($"ForAnyValue:{op}IfExists", value, null));
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void An_operator_is_known_in_any_case(string op, string value, bool negated)
    {
        var expected = negated ? Truth.True : Truth.False;
        Assert.Equal(expected, Given.Test(op.ToLowerInvariant(), value, null));
        Assert.Equal(Truth.True, Given.Test($"{op.ToUpperInvariant()}IFEXISTS", value, null));
        Assert.Equal(Truth.True, Given.Test($"forallvalues:{op}", value, null));
    }

    [Fact]
    public void A_key_without_any_value_counts_as_absent()
    {
        Assert.Equal(ContextKnowledge.Absent, ContextValue.Of().Knowledge);
        Assert.Equal(Truth.True, Given.Test("Null", Given.Key, "true", ContextValue.Of()));
    }
}
