using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>Conditions on keys of which not everything is known: the answer is definite only where it is so in every case.</summary>
public class PartialKnowledgeTests
{
    private static readonly ContextValue Blue = ContextValue.Of("blue");
    private static readonly ContextValue Red = ContextValue.Of("red");

    [Theory]
    [InlineData("StringEquals", "\"blue\"")]
    [InlineData("StringNotEquals", "\"blue\"")]
    [InlineData("StringLike", "\"*\"")]
    [InlineData("StringEqualsIfExists", "\"blue\"")]
    [InlineData("ForAllValues:StringEquals", "\"blue\"")]
    [InlineData("ForAnyValue:StringEquals", "\"blue\"")]
    [InlineData("ArnLike", "\"*\"")]
    [InlineData("NumericLessThan", "5")]
    [InlineData("DateLessThan", "\"2026-01-31\"")]
    [InlineData("Bool", "true")]
    [InlineData("NotIpAddress", "\"203.0.113.0/24\"")]
    [InlineData("BinaryEquals", "\"QQ==\"")]
    [InlineData("Null", "true")]
    public void Nothing_is_known_of_an_unknown_key(string op, string policyJson)
        => Assert.Equal(Truth.Unknown, Given.Test(op, Given.Key, policyJson, ContextValue.Unknown));

    [Fact]
    public void One_of_several_is_definite_where_all_agree()
    {
        var either = ContextValue.OneOf(Blue, Red);
        Assert.Equal(Truth.True, Given.Test("StringEquals", Given.Key, """["red","blue"]""", either));
        Assert.Equal(Truth.False, Given.Test("StringEquals", Given.Key, "\"green\"", either));
        Assert.Equal(Truth.True, Given.Test("StringNotEquals", Given.Key, "\"green\"", either));
        Assert.Equal(Truth.Unknown, Given.Test("StringEquals", Given.Key, "\"blue\"", either));
        Assert.Equal(Truth.True, Given.Test("Null", Given.Key, "false", either));
    }

    [Fact]
    public void A_key_that_may_be_absent_is_one_of_two()
    {
        var optional = ContextValue.OneOf(Blue, ContextValue.Absent);
        Assert.Equal(Truth.Unknown, Given.Test("StringEquals", Given.Key, "\"blue\"", optional));
        Assert.Equal(Truth.True, Given.Test("StringEqualsIfExists", Given.Key, "\"blue\"", optional));
        Assert.Equal(Truth.Unknown, Given.Test("StringNotEquals", Given.Key, "\"blue\"", optional));
        Assert.Equal(Truth.True, Given.Test("StringNotEquals", Given.Key, "\"red\"", optional));
        Assert.Equal(Truth.Unknown, Given.Test("Null", Given.Key, "true", optional));
        Assert.Equal(Truth.True, Given.Test("Null", Given.Key, "[true,false]", optional));
    }

    [Fact]
    public void An_alternative_may_itself_be_unsure()
    {
        var value = ContextValue.OneOf(ContextValue.Like("arn:aws:s3:::*"), ContextValue.Unknown);
        Assert.Equal(Truth.Unknown, Given.Test("ArnLike", Given.Key, "\"arn:aws:s3:::*\"", value));
        Assert.Equal(Truth.True, Given.Test(
            "ArnLike", Given.Key, "\"arn:aws:s3:::*\"", ContextValue.OneOf(ContextValue.Like("arn:aws:s3:::a*"), ContextValue.Of("arn:aws:s3:::b"))));
    }

    [Fact]
    public void A_choice_needs_alternatives_that_are_none()
    {
        Assert.Throws<ArgumentException>(() => ContextValue.OneOf());
        Assert.Throws<ArgumentException>(() => ContextValue.OneOf(Blue, ContextValue.OneOf(Red, ContextValue.Absent)));
        Assert.Same(Blue, ContextValue.OneOf(Blue));
    }

    [Theory]
    [InlineData("aws:PrincipalArn", "StringEquals", "arn:aws:iam::111122223333:role/admin", Truth.False)]
    [InlineData("aws:PrincipalArn", "ArnLike", "arn:aws:iam::111122223333:role/*", Truth.False)]
    [InlineData("aws:PrincipalArn", "StringLike", "*111122223333*", Truth.False)]
    [InlineData("aws:PrincipalArn", "StringEqualsIgnoreCase", "ADMIN", Truth.False)]
    [InlineData("aws:PrincipalAccount", "StringEquals", "111122223333|444455556666", Truth.False)]
    [InlineData("aws:PrincipalArn", "StringNotEquals", "arn:aws:iam::111122223333:role/admin", Truth.True)]
    [InlineData("aws:PrincipalArn", "ArnNotLike", "arn:aws:iam::111122223333:role/*", Truth.True)]
    [InlineData("aws:PrincipalArn", "ArnNotEquals", "arn:aws:iam::111122223333:role/a|arn:aws:iam::444455556666:role/*", Truth.True)]
    [InlineData("aws:PrincipalArn", "ArnNotLikeIfExists", "arn:aws:iam::111122223333:role/*", Truth.True)]
    [InlineData("aws:PrincipalArn", "StringNotLikeIfExists", "arn:aws:iam::111122223333:role/*", Truth.True)]
    [InlineData("aws:SourceIp", "IpAddress", "203.0.113.0/24", Truth.False)]
    [InlineData("aws:SourceIp", "NotIpAddress", "203.0.113.0/24", Truth.True)]
    [InlineData("aws:SourceIp", "NotIpAddressIfExists", "203.0.113.0/24|2001:db8::/32", Truth.True)]
    // It may be absent as well, and then IfExists holds.
    [InlineData("aws:PrincipalArn", "ArnLikeIfExists", "arn:aws:iam::111122223333:role/*", Truth.Unknown)]
    [InlineData("aws:SourceIp", "IpAddressIfExists", "203.0.113.0/24", Truth.Unknown)]
    [InlineData("aws:PrincipalArn", "ForAllValues:StringEquals", "arn:aws:iam::111122223333:role/admin", Truth.Unknown)]
    [InlineData("aws:PrincipalArn", "ForAnyValue:StringEquals", "arn:aws:iam::111122223333:role/admin", Truth.False)]
    // A pattern without account may cover what is AWS's own.
    [InlineData("aws:PrincipalArn", "ArnLike", "arn:aws:iam::*:role/admin", Truth.Unknown)]
    [InlineData("aws:PrincipalArn", "StringLike", "*", Truth.Unknown)]
    [InlineData("aws:PrincipalArn", "StringNotLike", "*", Truth.Unknown)]
    [InlineData("aws:SourceIp", "IpAddress", "0.0.0.0/0", Truth.Unknown)]
    [InlineData("aws:SourceIp", "NotIpAddress", "203.0.113.0/24|0.0.0.0/1", Truth.Unknown)]
    [InlineData("aws:PrincipalArn", "NumericEquals", "1", Truth.Unknown)]
    [InlineData("aws:PrincipalArn", "Bool", "true", Truth.Unknown)]
    [InlineData("aws:PrincipalArn", "DateNotEquals", "2026-01-31", Truth.Unknown)]
    [InlineData("aws:PrincipalArn", "BinaryEquals", "QQ==", Truth.False)]
    [InlineData("aws:PrincipalArn", "Null", "true", Truth.Unknown)]
    [InlineData("aws:PrincipalArn", "Null", "false", Truth.Unknown)]
    public void A_value_of_awss_own_equals_none_of_a_customers(string key, string op, string policy, Truth expected)
        => Assert.Equal(expected, Given.Test(op, key, Given.Values(policy), ContextValue.Internal));

    [Fact]
    public void A_multivalued_key_of_awss_own_is_unsure_without_set_operator()
    {
        // Present, nothing matches; absent, a negated operator does.
        Assert.Equal(Truth.Unknown, Given.Test("StringNotEquals", "aws:CalledVia", "\"x\"", ContextValue.Internal));
        Assert.Equal(Truth.False, Given.Test("StringEquals", "aws:CalledVia", "\"x\"", ContextValue.Internal));
        Assert.Equal(Truth.False, Given.Test("StringLike", "aws:CalledVia", "\"*\"", ContextValue.Internal));
    }

    [Theory]
    // Covered: every value of the form matches.
    [InlineData("arn:aws:logs:us-east-1:111122223333:*", "arn:aws:logs:*:111122223333:*", Truth.True)]
    [InlineData("arn:aws:logs:us-east-1:111122223333:*", "arn:aws:logs:us-east-1:111122223333:*", Truth.True)]
    [InlineData("arn:aws:logs:*:111122223333:delivery-source:*", "arn:aws:logs:*:*:delivery-source*", Truth.True)]
    [InlineData("arn:aws:logs:*:111122223333:delivery-source:*", "*", Truth.True)]
    [InlineData("arn:aws:cloudtrail:us-east-1:111122223333:trail/????", "arn:aws:cloudtrail:us-east-1:111122223333:trail/*", Truth.True)]
    [InlineData("arn:aws:s3:::a*", "arn:aws:s3:::b|arn:aws:s3:::*", Truth.True)]
    // Disjoint: none does.
    [InlineData("arn:aws:logs:us-east-1:111122223333:*", "arn:aws:logs:*:444455556666:*", Truth.False)]
    [InlineData("arn:aws:logs:us-east-1:111122223333:*", "arn:aws:logs:eu-*:111122223333:*", Truth.False)]
    [InlineData("arn:aws:logs:*:111122223333:delivery-source:*", "arn:aws:logs:us-east-1:111122223333:log-group:*", Truth.False)]
    [InlineData("arn:aws:logs:us-east-1:111122223333:*", "arn:aws:cloudtrail:us-east-1:111122223333:*", Truth.False)]
    [InlineData("arn:aws:s3:::*-logs", "arn:aws:s3:::*-data", Truth.False)]
    [InlineData("arn:aws:s3:::*", "arn:aws:s3:::", Truth.Unknown)]
    // Neither: it depends.
    [InlineData("arn:aws:logs:*:111122223333:*", "arn:aws:logs:us-east-1:111122223333:*", Truth.Unknown)]
    [InlineData("arn:aws:logs:us-east-1:111122223333:*", "arn:aws:logs:us-east-1:111122223333:delivery-source:x", Truth.Unknown)]
    [InlineData("arn:aws:s3:::*-logs", "arn:aws:s3:::trail-*", Truth.Unknown)]
    [InlineData("arn:aws:cloudtrail:us-east-1:111122223333:trail/????", "arn:aws:cloudtrail:us-east-1:111122223333:trail/m*", Truth.Unknown)]
    // A run of fixed length covers no run of any length.
    [InlineData("arn:aws:s3:::aa*aaaaa", "arn:aws:s3:::aa???a*", Truth.Unknown)]
    [InlineData("arn:aws:s3:::*", "arn:aws:s3:::?*", Truth.Unknown)]
    // The account of the form is not the resource part of the pattern.
    [InlineData("arn:aws:logs:us-east-1:111122223333:x", "arn:aws:logs:us-east-1:*", Truth.False)]
    public void An_arn_of_known_form_is_compared_part_by_part(string form, string policy, Truth expected)
    {
        var value = ContextValue.Like(form);
        Assert.Equal(expected, Given.Test("ArnLike", "aws:SourceArn", Given.Values(policy), value));
        Assert.Equal(expected, Given.Test("ArnEqualsIfExists", "aws:SourceArn", Given.Values(policy), value));
        var negated = expected switch
        {
            Truth.True => Truth.False,
            Truth.False => Truth.True,
            _ => Truth.Unknown,
        };
        Assert.Equal(negated, Given.Test("ArnNotLike", "aws:SourceArn", Given.Values(policy), value));
    }

    [Theory]
    [InlineData("StringLike", "ab*", "a*", Truth.True)]
    [InlineData("StringLike", "ab*", "b*", Truth.False)]
    [InlineData("StringLike", "*b", "a*", Truth.Unknown)]
    [InlineData("StringLike", "a*c", "*b*", Truth.Unknown)]
    [InlineData("StringLike", "a*b*c", "*b*", Truth.True)]
    [InlineData("StringEquals", "ab*", "ab*", Truth.Unknown)]
    [InlineData("StringEquals", "ab*", "b", Truth.False)]
    [InlineData("StringEquals", "ab*", "abc", Truth.Unknown)]
    [InlineData("StringNotEquals", "ab*", "b", Truth.True)]
    [InlineData("StringEqualsIgnoreCase", "ab*", "ABC", Truth.Unknown)]
    [InlineData("StringEqualsIgnoreCase", "ab*", "CBA", Truth.False)]
    [InlineData("StringNotEqualsIgnoreCase", "ab*", "ABC", Truth.Unknown)]
    [InlineData("Null", "ab*", "true", Truth.False)]
    [InlineData("Null", "ab*", "false", Truth.True)]
    [InlineData("ForAnyValue:StringLike", "ab*", "a*", Truth.True)]
    [InlineData("ForAllValues:StringNotLike", "ab*", "b*", Truth.True)]
    // The form leaves room for the empty text, and a set of nothing is like an absent key.
    [InlineData("ForAnyValue:StringLike", "*", "*", Truth.Unknown)]
    [InlineData("ForAllValues:StringNotLike", "*", "*", Truth.Unknown)]
    [InlineData("ForAllValues:StringLike", "*", "*", Truth.True)]
    [InlineData("NumericLessThan", "1*", "5", Truth.Unknown)]
    [InlineData("DateLessThan", "2026-*", "2027-01-01", Truth.Unknown)]
    [InlineData("IpAddress", "203.0.113.*", "203.0.113.0/24", Truth.Unknown)]
    [InlineData("Bool", "t*", "true", Truth.Unknown)]
    [InlineData("BinaryEquals", "QQ*", "QQ==", Truth.Unknown)]
    public void A_value_of_known_form_is_definite_where_every_value_of_it_agrees(string op, string form, string policy, Truth expected)
        => Assert.Equal(expected, Given.Test(op, Given.Key, Given.Values(policy), ContextValue.Like(form)));

    [Fact]
    public void A_form_without_wildcard_is_a_value()
    {
        var value = ContextValue.Like("blue");
        Assert.Equal(ContextKnowledge.Present, value.Knowledge);
        Assert.Equal(["blue"], value.Values);
    }

    [Fact]
    public void A_multivalued_key_of_known_form_still_needs_a_set_operator()
    {
        Assert.Equal(Truth.False, Given.Test("StringLike", "aws:TagKeys", "\"*\"", ContextValue.Like("a*")));
        Assert.Equal(Truth.True, Given.Test("ForAnyValue:StringLike", "aws:TagKeys", "\"*\"", ContextValue.Like("a*")));
    }

    [Fact]
    public void A_variable_of_unknown_value_may_match()
    {
        var unknown = ("aws:SourceAccount", ContextValue.Unknown);
        Assert.Equal(Truth.Unknown, Given.Test("StringEquals", Given.Key, "\"${aws:SourceAccount}\"", Blue, unknown));
        Assert.Equal(Truth.Unknown, Given.Test("StringNotEquals", Given.Key, "\"${aws:SourceAccount, 'x'}\"", Blue, unknown));
        Assert.Equal(Truth.Unknown, Given.Test("ArnLike", Given.Key, "\"arn:aws:s3:::${aws:SourceAccount}\"", ContextValue.Of("arn:aws:s3:::b"), unknown));
        Assert.Equal(Truth.True, Given.Test("StringEquals", Given.Key, """["${aws:SourceAccount}","blue"]""", Blue, unknown));

        // A second variable that surely has no value settles it.
        Assert.Equal(Truth.False, Given.Test("StringEquals", Given.Key, "\"${aws:SourceAccount}${aws:username}\"", Blue, unknown));
        Assert.Equal(Truth.Unknown, Given.Test("StringLike", Given.Key, "\"${aws:SourceAccount}\"", ContextValue.Like("b*"), unknown));
        Assert.Equal(Truth.False, Given.Test("StringLike", Given.Key, "\"${aws:username}\"", ContextValue.Like("b*"), unknown));
        Assert.Equal(Truth.True, Given.Test(
            "StringLike", Given.Key, "\"${aws:PrincipalTag/b}*\"", ContextValue.Like("blue*"), ("aws:PrincipalTag/b", ContextValue.Of("bl"))));
    }

    [Theory]
    [InlineData("StringEquals", Truth.False)]
    [InlineData("ArnLike", Truth.False)]
    [InlineData("ForAnyValue:StringEquals", Truth.False)]
    [InlineData("ForAllValues:StringNotEquals", Truth.True)]
    // An absent key makes the difference, or several values, which satisfy nothing without a set operator.
    [InlineData("StringEqualsIfExists", Truth.Unknown)]
    [InlineData("ForAllValues:StringEquals", Truth.Unknown)]
    [InlineData("ForAnyValue:StringNotEquals", Truth.Unknown)]
    [InlineData("StringNotEquals", Truth.Unknown)]
    [InlineData("ArnNotLikeIfExists", Truth.Unknown)]
    public void A_value_that_nothing_matches_settles_an_unknown_key_where_no_way_makes_a_difference(string op, Truth expected)
    {
        // The variable has neither value nor default, so that no text equals it.
        Assert.Equal(expected, Given.Test(op, Given.Key, "\"${aws:username}\"", ContextValue.Unknown));
        Assert.Equal(Truth.Unknown, Given.Test(op, Given.Key, "\"${aws:username, 'x'}\"", ContextValue.Unknown));
    }

    [Fact]
    public void A_resource_with_a_variable_of_unknown_value_may_match()
    {
        var policy = Given.Policy("\"Resource\":\"arn:aws:s3:::trail-logs/AWSLogs/${aws:SourceAccount}/*\"");
        Verdict Evaluate(ContextValue value) => policy.Evaluate(Given.Request(context: Given.Context(("aws:SourceAccount", value)))).Verdict;
        Assert.Equal(Verdict.Unknown, Evaluate(ContextValue.Unknown));
        Assert.Equal(Verdict.Unknown, Evaluate(ContextValue.OneOf(ContextValue.Of(Given.Account), ContextValue.Of(Given.OtherAccount))));
        Assert.Equal(Verdict.Allowed, Evaluate(ContextValue.Of(Given.Account)));
        Assert.Equal(Verdict.ImplicitDeny, Evaluate(ContextValue.Absent));
    }

    [Fact]
    public void One_condition_that_surely_fails_settles_the_statement()
    {
        var policy = Given.Policy("""
            "Condition":{"StringEquals":{"aws:RequestTag/team":"blue","aws:SourceAccount":"111122223333"}}
            """);
        Verdict Evaluate(string account) => policy.Evaluate(Given.Request(context: Given.Context(
            (Given.Key, ContextValue.Unknown), ("aws:SourceAccount", ContextValue.Of(account))))).Verdict;
        Assert.Equal(Verdict.Unknown, Evaluate(Given.Account));
        Assert.Equal(Verdict.ImplicitDeny, Evaluate(Given.OtherAccount));
    }

    [Theory]
    [MemberData(nameof(Wordings))]
    public void Knowledge_reads_as_words(ContextValue value, string expected) => Assert.Equal(expected, value.ToString());

    public static TheoryData<ContextValue, string> Wordings => new()
    {
        { ContextValue.Of("blue"), "blue" },
        { ContextValue.Of("blue", "red"), "blue, red" },
        { ContextValue.Absent, "(absent)" },
        { ContextValue.Unknown, "(unknown)" },
        { ContextValue.Internal, "(a value internal to AWS)" },
        { ContextValue.Like("b*"), "a value like b*" },
        { ContextValue.OneOf(ContextValue.Of("blue"), ContextValue.Absent), "blue or (absent)" },
    };
}
