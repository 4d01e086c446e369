using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_elements_condition_operators, "Date condition operators".</summary>
public class DateConditionTests
{
    [Theory]
    [InlineData("DateEquals", false, true, false)]
    [InlineData("DateNotEquals", true, false, true)]
    [InlineData("DateLessThan", true, false, false)]
    [InlineData("DateLessThanEquals", true, true, false)]
    [InlineData("DateGreaterThan", false, false, true)]
    [InlineData("DateGreaterThanEquals", false, true, true)]
    public void The_value_of_the_request_is_on_the_left(string op, bool before, bool equal, bool after)
    {
        const string Policy = "2026-01-31T00:00:00Z";
        Assert.Equal(before, Given.Test(op, Policy, "2026-01-30T23:59:59Z") == Truth.True);
        Assert.Equal(equal, Given.Test(op, Policy, "2026-01-31T00:00:00Z") == Truth.True);
        Assert.Equal(after, Given.Test(op, Policy, "2026-01-31T00:00:00.001Z") == Truth.True);
    }

    [Theory]
    [InlineData("2026-01-31T00:00:00Z")]
    [InlineData("2026-01-31T00:00:00.000Z")]
    [InlineData("2026-01-31T01:00:00+01:00")]
    [InlineData("2026-01-30T16:00:00-08:00")]
    [InlineData("2026-01-31T00:00Z")]
    [InlineData("2026-01-31")]
    // Seconds since 1970-01-01T00:00:00Z.
    [InlineData("1769817600")]
    [InlineData("1769817600.0")]
    public void One_instant_has_many_spellings(string spelling)
    {
        Assert.Equal(Truth.True, Given.Test("DateEquals", "2026-01-31T00:00:00Z", spelling));
        Assert.Equal(Truth.True, Given.Test("DateEquals", spelling, "2026-01-31T00:00:00Z"));
        Assert.Equal(Truth.False, Given.Test("DateNotEquals", spelling, "2026-01-31T00:00:00Z"));
    }

    [Theory]
    [InlineData("2026-01", "2026-01-01T00:00:00Z")]
    [InlineData("2026", "2026-01-01T00:00:00Z")]
    [InlineData("0", "1970-01-01T00:00:00Z")]
    [InlineData("-86400", "1969-12-31")]
    public void A_month_or_year_is_its_first_instant(string policy, string request)
        => Assert.Equal(Truth.True, Given.Test("DateEquals", policy, request));

    [Theory]
    [InlineData("DateEquals", "2026-01-31|2026-02-28", "2026-02-28", Truth.True)]
    [InlineData("DateNotEquals", "2026-01-31|2026-02-28", "2026-02-28", Truth.False)]
    [InlineData("DateNotEquals", "2026-01-31|2026-02-28", "2026-03-01", Truth.True)]
    [InlineData("DateLessThan", "2026-01-31|2026-02-28", "2026-02-01", Truth.True)]
    public void Several_values_are_an_or_and_negated_a_nor(string op, string policy, string request, Truth expected)
        => Assert.Equal(expected, Given.Test(op, policy, request));

    [Theory]
    [InlineData("DateEquals", Truth.False)]
    [InlineData("DateLessThan", Truth.False)]
    [InlineData("DateGreaterThan", Truth.False)]
    [InlineData("DateGreaterThanIfExists", Truth.False)]
    [InlineData("DateNotEquals", Truth.True)]
    public void A_value_that_is_no_date_equals_none(string op, Truth expected)
    {
        foreach (var junk in new[] { "yesterday", "", "31.01.2026", "2026-02-30", "2026-01-31T25:00:00Z", "99999999999999999" })
        {
            Assert.Equal(expected, Given.Test(op, "2026-01-31", junk));
        }
    }

    [Fact]
    public void A_json_number_is_seconds_since_1970()
        => Assert.Equal(Truth.True, Given.Test("DateEquals", "aws:CurrentTime", "1769817600", ContextValue.Of("2026-01-31T00:00:00Z")));
}
