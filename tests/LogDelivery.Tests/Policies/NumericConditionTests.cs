using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_elements_condition_operators, "Numeric condition operators".</summary>
public class NumericConditionTests
{
    [Theory]
    [InlineData("NumericEquals", false, true, false)]
    [InlineData("NumericNotEquals", true, false, true)]
    [InlineData("NumericLessThan", true, false, false)]
    [InlineData("NumericLessThanEquals", true, true, false)]
    [InlineData("NumericGreaterThan", false, false, true)]
    [InlineData("NumericGreaterThanEquals", false, true, true)]
    public void The_value_of_the_request_is_on_the_left(string op, bool below, bool equal, bool above)
    {
        foreach (var ten in new[] { "10", "10.0", "+10", "1e1" })
        {
            Assert.Equal(below, Given.Test(op, ten, "9.99") == Truth.True);
            Assert.Equal(below, Given.Test(op, ten, "-10") == Truth.True);
            Assert.Equal(equal, Given.Test(op, ten, "10") == Truth.True);
            Assert.Equal(equal, Given.Test(op, ten, "10.00") == Truth.True);
            Assert.Equal(above, Given.Test(op, ten, "10.01") == Truth.True);
            // As text, 9 would be above 10 and 100 below 11.
            Assert.Equal(above, Given.Test(op, ten, "100") == Truth.True);
            Assert.Equal(below, Given.Test(op, ten, "9") == Truth.True);
        }
    }

    [Theory]
    [InlineData("NumericEquals", "1|2", "2", Truth.True)]
    [InlineData("NumericEquals", "1|2", "3", Truth.False)]
    [InlineData("NumericNotEquals", "1|2", "2", Truth.False)]
    [InlineData("NumericNotEquals", "1|2", "3", Truth.True)]
    [InlineData("NumericLessThan", "1|5", "3", Truth.True)]
    [InlineData("NumericLessThan", "1|5", "5", Truth.False)]
    public void Several_values_are_an_or_and_negated_a_nor(string op, string policy, string request, Truth expected)
        => Assert.Equal(expected, Given.Test(op, policy, request));

    [Theory]
    [InlineData("NumericEquals", Truth.False)]
    [InlineData("NumericLessThan", Truth.False)]
    [InlineData("NumericGreaterThanEquals", Truth.False)]
    [InlineData("NumericEqualsIfExists", Truth.False)]
    // A value that is no number equals none, and the negation is the opposite.
    [InlineData("NumericNotEquals", Truth.True)]
    public void A_value_that_is_no_number_equals_none(string op, Truth expected)
    {
        foreach (var junk in new[] { "ten", "", "10 MB", "NaN", "Infinity", "1e999", "0x10", " 10", "10\t", "1,0" })
        {
            Assert.Equal(expected, Given.Test(op, "10", junk));
        }
    }

    [Fact]
    public void A_json_number_is_a_number()
        => Assert.Equal(Truth.True, Given.Test("NumericLessThan", "s3:max-keys", "10", ContextValue.Of("9")));
}
