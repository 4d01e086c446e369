using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_condition-single-vs-multi-valued-context-keys.</summary>
public class SetOperatorTests
{
    [Theory]
    [InlineData("ForAllValues:StringEquals", "a|b", Truth.True)]
    [InlineData("ForAllValues:StringEquals", "a", Truth.True)]
    [InlineData("ForAllValues:StringEquals", "a|c", Truth.False)]
    [InlineData("ForAllValues:StringEquals", "c", Truth.False)]
    [InlineData("ForAnyValue:StringEquals", "a|c", Truth.True)]
    [InlineData("ForAnyValue:StringEquals", "c|d", Truth.False)]
    // Negated: each value of the request by itself must equal none of the policy.
    [InlineData("ForAllValues:StringNotEquals", "c|d", Truth.True)]
    [InlineData("ForAllValues:StringNotEquals", "a|c", Truth.False)]
    [InlineData("ForAnyValue:StringNotEquals", "a|c", Truth.True)]
    [InlineData("ForAnyValue:StringNotEquals", "a|b", Truth.False)]
    [InlineData("ForAllValues:StringEqualsIfExists", "a|c", Truth.False)]
    [InlineData("ForAnyValue:StringNotEqualsIfExists", "a|b", Truth.False)]
    public void Every_or_any_value_of_the_request_is_tested(string op, string request, Truth expected)
    {
        Assert.Equal(expected, Given.Test(op, "a|b", request));

        // Whether AWS defines the key as multivalued or not.
        Assert.Equal(expected, Given.Test(op, "aws:TagKeys", Given.Values("a|b"), Given.Value(request)));
    }

    [Theory]
    [InlineData("ForAllValues:StringLike", "a*", "ab|ac", Truth.True)]
    [InlineData("ForAllValues:StringLike", "a*", "ab|ca", Truth.False)]
    [InlineData("ForAnyValue:StringLike", "o-1/*", "o-2/r/|o-1/r/", Truth.True)]
    [InlineData("ForAnyValue:ArnLike", "arn:aws:s3:::a*", "arn:aws:s3:::b|arn:aws:s3:::ab", Truth.True)]
    [InlineData("ForAllValues:NumericLessThan", "5", "1|4", Truth.True)]
    [InlineData("ForAllValues:NumericLessThan", "5", "1|7", Truth.False)]
    [InlineData("ForAnyValue:IpAddress", "203.0.113.0/24", "192.0.2.1|203.0.113.1", Truth.True)]
    [InlineData("ForAllValues:NotIpAddress", "203.0.113.0/24", "192.0.2.1|203.0.113.1", Truth.False)]
    [InlineData("ForAnyValue:Bool", "true", "false|true", Truth.True)]
    [InlineData("ForAnyValue:DateGreaterThan", "2026-01-31", "2025-01-01|2026-12-31", Truth.True)]
    [InlineData("ForAllValues:BinaryEquals", "QQ==", "QQ==|QUE=", Truth.False)]
    public void A_set_operator_goes_with_every_type(string op, string policy, string request, Truth expected)
        => Assert.Equal(expected, Given.Test(op, policy, request));

    [Theory]
    [InlineData("ForAllValues:StringEquals", Truth.True)]
    [InlineData("ForAllValues:StringNotEquals", Truth.True)]
    [InlineData("ForAllValues:StringEqualsIfExists", Truth.True)]
    [InlineData("ForAnyValue:StringEquals", Truth.False)]
    [InlineData("ForAnyValue:StringNotEquals", Truth.False)]
    [InlineData("ForAnyValue:StringEqualsIfExists", Truth.True)]
    public void An_empty_set_is_like_an_absent_key(string op, Truth expected)
    {
        foreach (var value in new[] { ContextValue.Absent, ContextValue.Of(), ContextValue.Of(""), ContextValue.Of("", "") })
        {
            Assert.Equal(expected, Given.Test(op, Given.Key, "\"a\"", value));
            Assert.Equal(expected, Given.Test(op, "aws:TagKeys", "\"a\"", value));
        }
    }

    [Theory]
    [InlineData("StringEquals")]
    [InlineData("StringNotEquals")]
    [InlineData("StringLikeIfExists")]
    [InlineData("StringNotEqualsIfExists")]
    public void A_multivalued_key_that_is_there_needs_a_set_operator(string op)
    {
        foreach (var key in new[]
        {
            "aws:TagKeys", "aws:CalledVia", "aws:PrincipalOrgPaths", "aws:SourceOrgPaths", "aws:ResourceOrgPaths",
            "aws:PrincipalServiceNamesList", "AWS:tagkeys", "kms:EncryptionContextKeys", "kms:GrantOperations", "s3:RequestObjectTagKeys",
        })
        {
            Assert.Equal(Truth.False, Given.Test(op, key, "\"a\"", ContextValue.Of("a")));
            Assert.Equal(Truth.False, Given.Test(op, key, "\"b\"", ContextValue.Of("a")));
        }
    }

    [Theory]
    [InlineData("StringEquals", Truth.False)]
    [InlineData("StringNotEquals", Truth.True)]
    [InlineData("StringEqualsIfExists", Truth.True)]
    public void A_multivalued_key_that_is_absent_needs_none(string op, Truth expected)
        => Assert.Equal(expected, Given.Test(op, "aws:TagKeys", "\"a\"", ContextValue.Absent));

    [Fact]
    public void A_service_is_found_in_the_list_of_its_names()
    {
        // The exemption that a Deny needs for log delivery; without the set operator it exempts nobody.
        var policy = Given.Policy(
            "",
            """
            "Effect":"Deny","Condition":{"ForAllValues:StringNotEquals":{"aws:PrincipalServiceNamesList":["delivery.logs.amazonaws.com"]}}
            """);
        Verdict Evaluate(params string[] names) => policy.Evaluate(Given.Request(
            context: Given.Context(("aws:PrincipalServiceNamesList", ContextValue.Of(names))))).Verdict;
        Assert.Equal(Verdict.Allowed, Evaluate("delivery.logs.amazonaws.com", "delivery.logs.us-east-1.amazonaws.com"));
        Assert.Equal(Verdict.ExplicitDeny, Evaluate("config.amazonaws.com"));
        Assert.Equal(Verdict.ExplicitDeny, Evaluate());
    }
}
