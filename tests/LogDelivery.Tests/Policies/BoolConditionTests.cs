using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_elements_condition_operators, "Boolean condition operators".</summary>
public class BoolConditionTests
{
    [Theory]
    [InlineData("true", "true", Truth.True)]
    [InlineData("true", "false", Truth.False)]
    [InlineData("false", "false", Truth.True)]
    [InlineData("false", "true", Truth.False)]
    [InlineData("True", "tRUE", Truth.True)]
    [InlineData("true|false", "false", Truth.True)]
    public void A_value_is_true_or_false_in_any_case(string policy, string request, Truth expected)
    {
        Assert.Equal(expected, Given.Test("Bool", policy, request));
        Assert.Equal(expected, Given.Test("BoolIfExists", policy, request));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("1")]
    [InlineData(" true")]
    [InlineData("false\0")]
    [InlineData("")]
    [InlineData("truefalse")]
    public void A_value_that_is_neither_equals_none(string request)
    {
        Assert.Equal(Truth.False, Given.Test("Bool", "true", request));
        Assert.Equal(Truth.False, Given.Test("Bool", "false", request));
    }

    [Fact]
    public void A_json_boolean_is_one_too()
        => Assert.Equal(Truth.True, Given.Test("Bool", "aws:SecureTransport", "false", ContextValue.Of("false")));

    [Theory]
    [InlineData("TRUE", Truth.True)]
    [InlineData("false", Truth.False)]
    [InlineData(null, Truth.False)]
    public void A_variable_stands_for_the_value_of_its_key(string? variable, Truth expected)
        => Assert.Equal(expected, Given.Test(
            "Bool", "aws:SecureTransport", "\"${aws:PrincipalTag/tls}\"", ContextValue.Of("true"), ("aws:PrincipalTag/tls", Given.Value(variable))));
}
