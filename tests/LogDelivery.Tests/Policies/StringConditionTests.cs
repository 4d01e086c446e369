using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_elements_condition_operators, "String condition operators".</summary>
public class StringConditionTests
{
    [Theory]
    [InlineData("StringEquals", "blue", "blue", Truth.True)]
    [InlineData("StringEquals", "blue", "Blue", Truth.False)]
    [InlineData("StringEquals", "blue", "bluer", Truth.False)]
    [InlineData("StringEquals", "blue", "", Truth.False)]
    [InlineData("StringEquals", "", "", Truth.True)]
    [InlineData("StringEqualsIgnoreCase", "blue", "BLUE", Truth.True)]
    [InlineData("StringEqualsIgnoreCase", "blue", "bleu", Truth.False)]
    [InlineData("StringLike", "bl*", "blue", Truth.True)]
    [InlineData("StringLike", "bl*", "bl", Truth.True)]
    [InlineData("StringLike", "bl*", "Blue", Truth.False)]
    [InlineData("StringLike", "b?ue", "blue", Truth.True)]
    [InlineData("StringLike", "b?ue", "bue", Truth.False)]
    [InlineData("StringLike", "*u*", "blue", Truth.True)]
    [InlineData("StringLike", "*", "", Truth.True)]
    [InlineData("StringLike", "?*", "", Truth.False)]
    [InlineData("StringLike", "blue", "blue", Truth.True)]
    [InlineData("StringLike", "*", "two\nlines", Truth.True)]
    public void A_positive_test_holds_when_the_value_matches(string op, string policy, string request, Truth expected)
    {
        Assert.Equal(expected, Given.Test(op, policy, request));
        Assert.Equal(expected, Given.Test($"{op}IfExists", policy, request));

        // The negated operator of the same name says the opposite.
        var negated = op.Replace("String", "StringNot", StringComparison.Ordinal);
        Assert.Equal(expected == Truth.True ? Truth.False : Truth.True, Given.Test(negated, policy, request));
        Assert.Equal(expected == Truth.True ? Truth.False : Truth.True, Given.Test($"{negated}IfExists", policy, request));
    }

    [Theory]
    [InlineData("bl*", "blue")]
    [InlineData("b?ue", "blue")]
    [InlineData("*", "blue")]
    // A source ARN compared as a string is the usual way to get this wrong.
    [InlineData("arn:aws:cloudtrail:*:111122223333:trail/*", "arn:aws:cloudtrail:us-east-1:111122223333:trail/main")]
    public void StringEquals_takes_a_wildcard_for_the_character(string policy, string request)
    {
        Assert.Equal(Truth.False, Given.Test("StringEquals", policy, request));
        Assert.Equal(Truth.True, Given.Test("StringEquals", policy, policy));
        Assert.Equal(Truth.True, Given.Test("StringNotEquals", policy, request));
        Assert.Equal(Truth.True, Given.Test("StringLike", policy, request));
    }

    [Theory]
    [InlineData("StringEquals", "red", Truth.True)]
    [InlineData("StringEquals", "blue", Truth.True)]
    [InlineData("StringEquals", "green", Truth.False)]
    [InlineData("StringNotEquals", "red", Truth.False)]
    [InlineData("StringNotEquals", "blue", Truth.False)]
    [InlineData("StringNotEquals", "green", Truth.True)]
    public void Several_values_are_an_or_and_negated_a_nor(string op, string request, Truth expected)
        => Assert.Equal(expected, Given.Test(op, "red|blue", request));

    [Theory]
    [InlineData("StringEquals")]
    [InlineData("StringNotEquals")]
    [InlineData("StringEqualsIfExists")]
    [InlineData("StringNotEqualsIfExists")]
    [InlineData("StringLike")]
    public void Several_values_in_the_request_need_a_set_operator(string op)
    {
        Assert.Equal(Truth.False, Given.Test(op, "red", "red|blue"));
        Assert.Equal(Truth.False, Given.Test(op, "green", "red|blue"));
    }

    [Theory]
    [InlineData("StringEquals", Truth.False)]
    [InlineData("StringNotEquals", Truth.True)]
    [InlineData("ForAnyValue:StringEquals", Truth.False)]
    public void An_empty_list_of_values_matches_nothing(string op, Truth expected)
        => Assert.Equal(expected, Given.Test(op, Given.Key, "[]", ContextValue.Of("blue")));

    [Theory]
    [InlineData("true", "true", Truth.True)]
    [InlineData("5", "5", Truth.True)]
    [InlineData("5.0", "5", Truth.False)]
    [InlineData("[false,7]", "7", Truth.True)]
    public void Numbers_and_booleans_stand_for_their_spelling(string policyJson, string request, Truth expected)
        => Assert.Equal(expected, Given.Test("StringEquals", Given.Key, policyJson, ContextValue.Of(request)));

    [Theory]
    [InlineData("StringEquals", "${aws:SourceAccount}", "111122223333", Truth.True)]
    [InlineData("StringEquals", "${AWS:SOURCEACCOUNT}", "111122223333", Truth.True)]
    [InlineData("StringEquals", "${aws:SourceAccount}", "444455556666", Truth.False)]
    [InlineData("StringEquals", "id-${aws:SourceAccount}", "id-111122223333", Truth.True)]
    [InlineData("StringLike", "*/${aws:SourceAccount}/?", "a/111122223333/b", Truth.True)]
    [InlineData("StringEqualsIgnoreCase", "${aws:PrincipalTag/team}", "BLUE", Truth.True)]
    [InlineData("StringEquals", "${aws:username, 'nobody'}", "nobody", Truth.True)]
    [InlineData("StringNotEquals", "${aws:username, 'nobody'}", "nobody", Truth.False)]
    // A value is text, whatever it looks like.
    [InlineData("StringLike", "${aws:PrincipalTag/star}", "blue", Truth.False)]
    [InlineData("StringLike", "${aws:PrincipalTag/star}", "*", Truth.True)]
    [InlineData("StringEquals", "${aws:PrincipalTag/variable}", "111122223333", Truth.False)]
    // Without value and default a variable matches nothing, so its negation matches.
    [InlineData("StringEquals", "${aws:username}", "blue", Truth.False)]
    [InlineData("StringEquals", "${aws:username}", "", Truth.False)]
    [InlineData("StringLike", "*${aws:username}", "blue", Truth.False)]
    [InlineData("StringNotEquals", "${aws:username}", "blue", Truth.True)]
    [InlineData("StringNotLike", "*${aws:username}", "blue", Truth.True)]
    [InlineData("StringEquals", "${aws:username}|blue", "blue", Truth.True)]
    [InlineData("StringNotEquals", "${aws:username}|blue", "blue", Truth.False)]
    public void A_variable_stands_for_the_value_of_its_key(string op, string policy, string request, Truth expected)
        => Assert.Equal(expected, Given.Test(
            op,
            Given.Key,
            Given.Values(policy),
            ContextValue.Of(request),
            ("aws:SourceAccount", ContextValue.Of(Given.Account)),
            ("aws:PrincipalTag/team", ContextValue.Of("Blue")),
            ("aws:PrincipalTag/star", ContextValue.Of("*")),
            ("aws:PrincipalTag/variable", ContextValue.Of("${aws:SourceAccount}"))));

    [Theory]
    [InlineData("StringEquals", "${*}", "*", Truth.True)]
    [InlineData("StringEquals", "${*}", "${*}", Truth.False)]
    [InlineData("StringEquals", "a${?}${$}", "a?$", Truth.True)]
    [InlineData("StringLike", "${*}", "blue", Truth.False)]
    [InlineData("StringLike", "${*}", "*", Truth.True)]
    [InlineData("StringLike", "b${?}ue", "blue", Truth.False)]
    public void The_special_variables_are_the_characters_themselves(string op, string policy, string request, Truth expected)
        => Assert.Equal(expected, Given.Test(op, policy, request));

    [Fact]
    public void Before_version_2012_a_variable_is_plain_text()
    {
        var policy = PolicyDocument.Parse(Given.PolicyJson(
            [Given.StatementJson("\"Condition\":{\"StringEquals\":{\"aws:RequestTag/team\":\"${aws:SourceAccount}\"}}")], "2008-10-17"));
        Verdict Evaluate(string team) => policy.Evaluate(Given.Request(context: Given.Context(
            (Given.Key, ContextValue.Of(team)), ("aws:SourceAccount", ContextValue.Of(Given.Account))))).Verdict;
        Assert.Equal(Verdict.ImplicitDeny, Evaluate(Given.Account));
        Assert.Equal(Verdict.Allowed, Evaluate("${aws:SourceAccount}"));
    }
}
