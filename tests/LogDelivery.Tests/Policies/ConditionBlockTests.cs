using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_condition-logic-multiple-context-keys-or-values.</summary>
public class ConditionBlockTests
{
    private const string Block = """
        "Condition":{
          "StringEquals":{"aws:SourceAccount":["111122223333","444455556666"],"s3:x-amz-acl":"bucket-owner-full-control"},
          "ArnLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:*:trail/*"}}
        """;

    [Theory]
    [InlineData("111122223333", "bucket-owner-full-control", "arn:aws:cloudtrail:us-east-1:111122223333:trail/a", true)]
    [InlineData("444455556666", "bucket-owner-full-control", "arn:aws:cloudtrail:us-east-1:111122223333:trail/a", true)]
    [InlineData("777788889999", "bucket-owner-full-control", "arn:aws:cloudtrail:us-east-1:111122223333:trail/a", false)]
    [InlineData("111122223333", "private", "arn:aws:cloudtrail:us-east-1:111122223333:trail/a", false)]
    [InlineData("111122223333", null, "arn:aws:cloudtrail:us-east-1:111122223333:trail/a", false)]
    [InlineData("111122223333", "bucket-owner-full-control", "arn:aws:logs:us-east-1:111122223333:trail/a", false)]
    public void Operators_and_keys_are_an_and_values_an_or(string? account, string? acl, string? arn, bool matches)
        => Assert.Equal(
            matches ? Verdict.Allowed : Verdict.ImplicitDeny,
            Given.Policy(Block).Evaluate(Given.Request(context: Given.Context(
                ("aws:SourceAccount", Given.Value(account)), ("s3:x-amz-acl", Given.Value(acl)), ("aws:SourceArn", Given.Value(arn))))).Verdict);

    [Theory]
    [InlineData("aws:SourceAccount", "AWS:sourceaccount")]
    [InlineData("aws:sourceaccount", "aws:SourceAccount")]
    [InlineData("AWS:SOURCEACCOUNT", "aws:sourceaccount")]
    [InlineData("aws:PrincipalTag/Team", "aws:principaltag/team")]
    public void A_key_is_the_same_in_any_case(string inPolicy, string inRequest)
    {
        var policy = Given.Policy($$$"""
            "Condition":{"StringEquals":{"{{{inPolicy}}}":"x"}}
            """);
        Assert.Equal(Verdict.Allowed, policy.Evaluate(Given.Request(context: Given.Context((inRequest, ContextValue.Of("x"))))).Verdict);
    }

    [Fact]
    public void One_key_in_two_spellings_is_two_tests()
    {
        var policy = Given.Policy("""
            "Condition":{"StringLike":{"aws:SourceAccount":"1*","AWS:SourceAccount":"*3"},"stringlike":{"aws:SourceAccount":"*2222*"}}
            """);
        Assert.Equal(3, policy.Statements[0].Conditions.Count);
        Verdict Evaluate(string account) => policy.Evaluate(Given.Request(context: Given.Context(("aws:SourceAccount", ContextValue.Of(account))))).Verdict;
        Assert.Equal(Verdict.Allowed, Evaluate("111122223333"));
        Assert.Equal(Verdict.ImplicitDeny, Evaluate("111122224444"));
        Assert.Equal(Verdict.ImplicitDeny, Evaluate("111111113333"));
    }

    [Fact]
    public void The_same_key_may_stand_under_two_operators()
    {
        var policy = Given.Policy("""
            "Condition":{"StringLike":{"aws:SourceArn":"*:trail/*"},"ArnNotLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:*:trail/old"}}
            """);
        Verdict Evaluate(string? arn) => policy.Evaluate(Given.Request(context: Given.Context(("aws:SourceArn", Given.Value(arn))))).Verdict;
        Assert.Equal(Verdict.Allowed, Evaluate("arn:aws:cloudtrail:us-east-1:111122223333:trail/new"));
        Assert.Equal(Verdict.ImplicitDeny, Evaluate("arn:aws:cloudtrail:us-east-1:111122223333:trail/old"));
        Assert.Equal(Verdict.ImplicitDeny, Evaluate(null));
    }

    [Theory]
    [InlineData("\"Condition\":{}")]
    [InlineData("\"Condition\":{\"StringEquals\":{}}")]
    public void An_empty_block_asks_for_nothing(string members)
    {
        var policy = Given.Policy(members);
        Assert.Empty(policy.Statements[0].Conditions);
        Assert.Equal(Verdict.Allowed, policy.Evaluate(Given.Request()).Verdict);
    }

    [Fact]
    public void A_condition_reads_as_the_policy_spells_it()
    {
        var condition = Given.Policy("""
            "Condition":{"forAnyValue:StringLike":{"AWS:SourceOrgPaths":["o-1/*",2]}}
            """).Statements[0].Conditions[0];
        Assert.Equal("forAnyValue:StringLike", condition.Operator);
        Assert.Equal("AWS:SourceOrgPaths", condition.Key);
        Assert.Equal(["o-1/*", "2"], condition.Values);
        Assert.Equal("forAnyValue:StringLike AWS:SourceOrgPaths \"o-1/*\" or \"2\"", condition.ToString());
    }

    [Fact]
    public void A_request_cannot_carry_a_key_twice()
        => Assert.Contains("AWS:sourceip", Assert.Throws<ArgumentException>(
            () => Given.Context(("aws:SourceIp", ContextValue.Absent), ("AWS:sourceip", ContextValue.Absent))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_context_says_what_holds_for_keys_it_does_not_name()
    {
        var context = new RequestContext(
            [KeyValuePair.Create("aws:PrincipalTag/team", ContextValue.Of("blue"))], ContextValue.Unknown, ["AWS:PrincipalTag/", "aws:SourceVpc"]);
        Assert.Equal(["blue"], context["aws:principaltag/TEAM"].Values);
        Assert.Equal(ContextKnowledge.Absent, context["aws:PrincipalTag/other"].Knowledge);
        Assert.Equal(ContextKnowledge.Absent, context["aws:SourceVpce"].Knowledge);
        Assert.Equal(ContextKnowledge.Unknown, context["aws:SourceIp"].Knowledge);

        // A copy keeps what the original says about the others; the original stays as it was.
        var copy = context.With("AWS:SourceIP", ContextValue.Of("203.0.113.9"));
        Assert.Equal(["203.0.113.9"], copy["aws:SourceIp"].Values);
        Assert.Equal(ContextKnowledge.Absent, copy["aws:SourceVpc"].Knowledge);
        Assert.Equal(ContextKnowledge.Unknown, copy["aws:Other"].Knowledge);
        Assert.Equal(ContextKnowledge.Unknown, context["aws:SourceIp"].Knowledge);
    }
}
