using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_elements_condition_operators, "Condition operator to check existence of condition keys".</summary>
public class NullConditionTests
{
    [Theory]
    [InlineData("\"true\"", null, Truth.True)]
    [InlineData("\"true\"", "blue", Truth.False)]
    [InlineData("\"false\"", null, Truth.False)]
    [InlineData("\"false\"", "blue", Truth.True)]
    [InlineData("true", null, Truth.True)]
    [InlineData("false", "blue", Truth.True)]
    [InlineData("\"TRUE\"", null, Truth.True)]
    [InlineData("[\"true\",\"false\"]", null, Truth.True)]
    [InlineData("[\"true\",\"false\"]", "blue", Truth.True)]
    // Existence is asked about, not the number of values: no set operator is needed.
    [InlineData("\"false\"", "blue|red", Truth.True)]
    public void Null_asks_whether_the_key_is_absent(string policyJson, string? request, Truth expected)
        => Assert.Equal(expected, Given.Test("Null", Given.Key, policyJson, Given.Value(request)));

    [Theory]
    [InlineData(null, Truth.True)]
    [InlineData("team", Truth.False)]
    public void Null_takes_multivalued_keys(string? request, Truth expected)
        => Assert.Equal(expected, Given.Test("Null", "aws:TagKeys", "true", Given.Value(request)));
}
