using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

public class ExplanationTests
{
    private const string Write = """
        "Sid":"Write","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
        "Resource":"arn:aws:s3:::trail-logs/AWSLogs/111122223333/*",
        "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/main"}}
        """;

    private const string Acl = """
        "Sid":"Acl","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::trail-logs"
        """;

    private static readonly RequestContext Good = Given.Context(
        ("s3:x-amz-acl", ContextValue.Of("bucket-owner-full-control")),
        ("AWS:SourceArn", ContextValue.Of("arn:aws:cloudtrail:us-east-1:111122223333:trail/main")));

    [Fact]
    public void Allowed_names_the_statement_that_allows()
    {
        var explanation = Given.Policy(Acl, Write).Explain(Given.Request(context: Good));
        Assert.Equal(Verdict.Allowed, explanation.Verdict);
        Assert.Equal("Write", explanation.Statement?.Sid);
        Assert.Equal(1, explanation.Statement?.Index);
        Assert.Empty(explanation.NearMisses);
        Assert.Empty(explanation.UnknownKeys);
        Assert.False(explanation.IsRefused);
        Assert.Contains("Statement[1] \"Write\"", explanation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deny_is_named_with_what_the_request_carries()
    {
        var policy = Given.Policy(Write, """
            "Effect":"Deny","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-example1"},"Bool":{"aws:SecureTransport":"true"}}
            """);
        var explanation = policy.Explain(Given.Request(context: Good.With("aws:SecureTransport", ContextValue.Of("true"))));
        Assert.Equal(Verdict.ExplicitDeny, explanation.Verdict);
        Assert.Equal(1, explanation.Statement?.Index);
        Assert.Empty(explanation.NearMisses);
        Assert.True(explanation.IsRefused);
        foreach (var text in new[] { "Statement[1]", "aws:PrincipalOrgID", "o-example1", "(absent)", "aws:SecureTransport" })
        {
            Assert.Contains(text, explanation.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(StatementElement.Principal, "Statement[0].Principal", "Service cloudtrail.amazonaws.com", "config.amazonaws.com")]
    [InlineData(StatementElement.Action, "Statement[0].Action", "s3:PutObject", "s3:PutObjectAcl")]
    [InlineData(StatementElement.Resource, "Statement[0].Resource", "arn:aws:s3:::trail-logs/AWSLogs/111122223333/*", "arn:aws:s3:::trail-logs/AWSLogs/444455556666/k")]
    [InlineData(StatementElement.Condition, "Statement[0].Condition.StringEquals.s3:x-amz-acl", "bucket-owner-full-control", "(absent)")]
    public void A_near_miss_says_which_element_missed_and_by_what(StatementElement element, string path, string says, string carries)
    {
        var request = element switch
        {
            StatementElement.Principal => Given.Request(RequestPrincipal.Service(carries), context: Good),
            StatementElement.Action => Given.Request(action: carries, context: Good),
            StatementElement.Resource => Given.Request(resource: carries, context: Good),
            _ => Given.Request(context: Good.With("s3:x-amz-acl", ContextValue.Absent)),
        };
        var explanation = Given.Policy(Write).Explain(request);
        Assert.Equal(Verdict.ImplicitDeny, explanation.Verdict);
        Assert.Null(explanation.Statement);
        Assert.True(explanation.IsRefused);
        var miss = Assert.Single(Assert.Single(explanation.NearMisses).Misses);
        Assert.Equal((element, path, says, carries, Truth.False), (miss.Element, miss.Path, miss.Says, miss.Carries, miss.Truth));
        Assert.Equal(element == StatementElement.Condition, miss.Condition is not null);
        Assert.Contains(says, explanation.Reason, StringComparison.Ordinal);
        Assert.Contains(carries, explanation.Reason, StringComparison.Ordinal);
        Assert.Contains("\"Write\"", explanation.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"NotPrincipal\":{\"Service\":\"cloudtrail.amazonaws.com\"}", "Statement[0].NotPrincipal")]
    [InlineData("\"NotAction\":\"s3:PutObject\"", "Statement[0].NotAction")]
    [InlineData("\"NotResource\":\"*\"", "Statement[0].NotResource")]
    [InlineData("\"Condition\":{\"forAnyValue:stringlike\":{\"AWS:TagKeys\":\"x\"}}", "Statement[0].Condition.forAnyValue:stringlike.AWS:TagKeys")]
    public void A_path_is_spelled_as_in_the_policy(string members, string path)
        => Assert.Equal(path, Assert.Single(Assert.Single(Given.Policy(members).Explain(Given.Request()).NearMisses).Misses).Path);

    [Fact]
    public void The_nearest_miss_comes_first()
    {
        var policy = Given.Policy(
            "\"Sid\":\"Two\",\"Action\":\"s3:GetObject\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}",
            "\"Sid\":\"One\",\"Action\":\"s3:GetObject\"",
            "\"Sid\":\"AlsoOne\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}");
        Assert.Equal(["One", "AlsoOne", "Two"], policy.Explain(Given.Request()).NearMisses.Select(m => m.Statement.Sid));
    }

    [Fact]
    public void A_statement_that_is_about_something_else_is_no_near_miss()
    {
        // The other action on the other resource, and a Deny that does not match, explain nothing.
        var explanation = Given.Policy(
            Acl,
            "\"Effect\":\"Deny\",\"Action\":\"s3:DeleteObject\"",
            "\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"s3:GetObject\"",
            """
            "Resource":"arn:aws:s3:::other/*","Condition":{"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:SourceAccount":"1"}}
            """).Explain(Given.Request());
        Assert.Equal(Verdict.ImplicitDeny, explanation.Verdict);
        Assert.Empty(explanation.NearMisses);
        Assert.DoesNotContain("Nearest", explanation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_names_the_keys_that_decide_as_the_policy_spells_them()
    {
        var policy = Given.Policy("""
            "Resource":"arn:aws:s3:::trail-logs/*/${aws:PrincipalTag/Team}/*",
            "Condition":{"StringEquals":{"AWS:SourceOrgID":"o-example1","s3:x-amz-acl":"private","aws:SourceAccount":"${aws:PrincipalTag/Account}"}}
            """);
        var context = new RequestContext(
            [KeyValuePair.Create("s3:x-amz-acl", ContextValue.Of("private")), KeyValuePair.Create("aws:SourceAccount", ContextValue.Of("111122223333"))],
            ContextValue.Unknown);
        var explanation = policy.Explain(Given.Request(context: context));
        Assert.Equal(Verdict.Unknown, explanation.Verdict);
        Assert.Equal(0, explanation.Statement?.Index);
        Assert.Equal(["aws:PrincipalTag/Team", "AWS:SourceOrgID", "aws:PrincipalTag/Account"], explanation.UnknownKeys);
        Assert.False(explanation.IsRefused);
        Assert.All(explanation.UnknownKeys, k => Assert.Contains(k, explanation.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_that_changes_nothing_is_not_named()
    {
        // The first statement allows in any case, so only the Deny's key decides.
        var policy = Given.Policy(
            "",
            "\"Condition\":{\"StringEquals\":{\"aws:SourceOrgID\":\"o-example1\"}}",
            "\"Effect\":\"Deny\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpc\":\"vpc-1\"}}");
        var explanation = policy.Explain(Given.Request(context: new RequestContext([], ContextValue.Unknown)));
        Assert.Equal(Verdict.Unknown, explanation.Verdict);
        Assert.Equal(2, explanation.Statement?.Index);
        Assert.Equal(["aws:SourceVpc"], explanation.UnknownKeys);
    }

    [Fact]
    public void Keys_of_allow_and_deny_are_named_where_both_decide()
    {
        var policy = Given.Policy(
            "\"Condition\":{\"StringEquals\":{\"aws:SourceOrgID\":\"o-example1\"}}",
            "\"Effect\":\"Deny\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpc\":\"vpc-1\"}}");
        var explanation = policy.Explain(Given.Request(context: new RequestContext([], ContextValue.Unknown)));
        Assert.Equal(["aws:SourceOrgID", "aws:SourceVpc"], explanation.UnknownKeys);
    }

    [Fact]
    public void A_request_that_nothing_allows_is_refused_even_if_a_deny_is_unsure()
    {
        var policy = Given.Policy(
            "\"Action\":\"s3:GetObject\"", "\"Effect\":\"Deny\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpc\":\"vpc-1\"}}");
        var explanation = policy.Explain(Given.Request(context: new RequestContext([], ContextValue.Unknown)));
        Assert.Equal(Verdict.Unknown, explanation.Verdict);
        Assert.True(explanation.IsRefused);
        Assert.Equal(["aws:SourceVpc"], explanation.UnknownKeys);
        Assert.Equal(StatementElement.Action, Assert.Single(Assert.Single(explanation.NearMisses).Misses).Element);
    }

    [Fact]
    public void Misses_of_a_statement_hold_what_is_unsure_too()
    {
        var statement = Given.Policy(Write).Statements[0];
        var misses = Explanation.FindMisses(
            statement, Given.Request(action: "s3:GetObject", context: Good.With("aws:SourceArn", ContextValue.Unknown)));
        Assert.Equal([(StatementElement.Action, Truth.False), (StatementElement.Condition, Truth.Unknown)], misses.Select(m => (m.Element, m.Truth)));
        Assert.Equal("(unknown)", misses[1].Carries);
        Assert.Empty(Explanation.FindMisses(statement, Given.Request(context: Good)));
    }

    [Fact]
    public void A_request_reads_as_words()
        => Assert.Equal($"cloudtrail.amazonaws.com s3:PutObject {Given.ObjectArn}", Given.Request().ToString());
}
