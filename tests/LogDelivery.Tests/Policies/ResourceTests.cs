using System.Text.Json;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_elements_resource, reference_policies_variables.</summary>
public class ResourceTests
{
    [Theory]
    [InlineData("arn:aws:s3:::b/k", "arn:aws:s3:::b/k", true)]
    [InlineData("arn:aws:s3:::b/k", "arn:aws:s3:::b/K", false)]
    [InlineData("arn:aws:s3:::b/k", "arn:aws:s3:::b/k2", false)]
    [InlineData("arn:aws:s3:::b", "arn:aws:s3:::b/k", false)]
    [InlineData("arn:aws:s3:::b/*", "arn:aws:s3:::b", false)]
    [InlineData("arn:aws:s3:::b/*", "arn:aws:s3:::b/", true)]
    [InlineData("arn:aws:s3:::b/*", "arn:aws:s3:::b/x/y/z", true)]
    [InlineData("arn:aws:s3:::b*", "arn:aws:s3:::b/k", true)]
    [InlineData("arn:aws:s3:::b/AWSLogs/*/file", "arn:aws:s3:::b/AWSLogs/1/2/file", true)]
    [InlineData("arn:aws:s3:::b/AWSLogs/*/file", "arn:aws:s3:::b/AWSLogs/file", false)]
    [InlineData("arn:aws:s3:::b/?", "arn:aws:s3:::b/k", true)]
    [InlineData("arn:aws:s3:::b/?", "arn:aws:s3:::b/", false)]
    [InlineData("arn:aws:s3:::b/?", "arn:aws:s3:::b/kk", false)]
    // Keys may hold colons, and a wildcard covers them.
    [InlineData("arn:aws:s3:::b/*", "arn:aws:s3:::b/2026-01-31T10:00:00Z", true)]
    [InlineData("arn:aws:s3:::b/ab*ab", "arn:aws:s3:::b/ab", false)]
    [InlineData("arn:aws:s3:::b/ab*ab", "arn:aws:s3:::b/abab", true)]
    [InlineData("arn:aws:s3:::*", "arn:aws:s3:::b/k", true)]
    [InlineData("*", "arn:aws:s3:::b/k", true)]
    public void A_resource_matches_with_regard_to_case_and_across_slashes(string pattern, string resource, bool matches)
        => Assert.Equal(matches, IsAllowed($"\"Resource\":\"{pattern}\"", resource));

    [Theory]
    [InlineData("arn:aws:s3:::b", true)]
    [InlineData("arn:aws:s3:::b/k", true)]
    [InlineData("arn:aws:s3:::c", false)]
    public void One_resource_of_a_list_is_enough_and_NotResource_is_all_others(string resource, bool matches)
    {
        const string List = """["arn:aws:s3:::b","arn:aws:s3:::b/*"]""";
        Assert.Equal(matches, IsAllowed($"\"Resource\":{List}", resource));
        Assert.Equal(!matches, IsAllowed($"\"NotResource\":{List}", resource));
    }

    [Theory]
    [InlineData("arn:aws:s3:::b/${aws:SourceAccount}/*", "arn:aws:s3:::b/111122223333/k", true)]
    [InlineData("arn:aws:s3:::b/${aws:SourceAccount}/*", "arn:aws:s3:::b/444455556666/k", false)]
    [InlineData("arn:aws:s3:::b/${AWS:sourceaccount}/*", "arn:aws:s3:::b/111122223333/k", true)]
    [InlineData("arn:aws:s3:::b/${ aws:SourceAccount }/k", "arn:aws:s3:::b/111122223333/k", true)]
    [InlineData("arn:aws:s3:::b/${aws:SourceAccount, 'none'}/k", "arn:aws:s3:::b/111122223333/k", true)]
    [InlineData("arn:aws:s3:::b/${aws:SourceAccount, 'none'}/k", "arn:aws:s3:::b/none/k", false)]
    [InlineData("arn:aws:s3:::b/${aws:username, 'none'}/k", "arn:aws:s3:::b/none/k", true)]
    [InlineData("arn:aws:s3:::b/${aws:username, 'n*'}/k", "arn:aws:s3:::b/none/k", false)]
    [InlineData("arn:aws:s3:::b/${aws:username}/k", "arn:aws:s3:::b//k", false)]
    // Two variables beside each other, and a run of wildcards around one.
    [InlineData("arn:aws:s3:::b/${aws:SourceAccount}${s3:x-amz-acl}", "arn:aws:s3:::b/111122223333private", true)]
    [InlineData("arn:aws:s3:::b/*${aws:SourceAccount}*", "arn:aws:s3:::b/x/111122223333/y", true)]
    // The value of a variable is text: its asterisk is no wildcard.
    [InlineData("arn:aws:s3:::b/${aws:PrincipalTag/star}", "arn:aws:s3:::b/anything", false)]
    [InlineData("arn:aws:s3:::b/${aws:PrincipalTag/star}", "arn:aws:s3:::b/*", true)]
    // An empty value, or several, are no value.
    [InlineData("arn:aws:s3:::b/${aws:PrincipalTag/empty}k", "arn:aws:s3:::b/k", false)]
    [InlineData("arn:aws:s3:::b/${aws:PrincipalTag/empty, 'e'}k", "arn:aws:s3:::b/ek", true)]
    [InlineData("arn:aws:s3:::b/${example:Several}", "arn:aws:s3:::b/one", false)]
    [InlineData("arn:aws:s3:::b/${example:Several, 'none'}", "arn:aws:s3:::b/none", true)]
    // A multivalued key gives no variable a value, not even when it carries a single one.
    [InlineData("arn:aws:s3:::b/${aws:TagKeys}", "arn:aws:s3:::b/team", false)]
    [InlineData("arn:aws:s3:::b/${aws:TagKeys, 'none'}", "arn:aws:s3:::b/none", true)]
    // What does not close is no variable.
    [InlineData("arn:aws:s3:::b/${aws:SourceAccount", "arn:aws:s3:::b/${aws:SourceAccount", true)]
    [InlineData("arn:aws:s3:::b/$aws", "arn:aws:s3:::b/$aws", true)]
    public void A_variable_stands_for_the_value_of_its_key(string pattern, string resource, bool matches)
        => Assert.Equal(matches, IsAllowed($"\"Resource\":{JsonSerializer.Serialize(pattern)}", resource));

    [Theory]
    [InlineData("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/*", true)]
    [InlineData("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/k", false)]
    [InlineData("arn:aws:s3:::b/${?}", "arn:aws:s3:::b/?", true)]
    [InlineData("arn:aws:s3:::b/${?}", "arn:aws:s3:::b/k", false)]
    [InlineData("arn:aws:s3:::b/${$}{aws:SourceAccount}", "arn:aws:s3:::b/${aws:SourceAccount}", true)]
    [InlineData("arn:aws:s3:::b/${*}*", "arn:aws:s3:::b/*k", true)]
    public void The_special_variables_are_the_characters_themselves(string pattern, string resource, bool matches)
        => Assert.Equal(matches, IsAllowed($"\"Resource\":\"{pattern}\"", resource));

    [Theory]
    [InlineData("2008-10-17")]
    [InlineData(null)]
    public void Before_version_2012_a_variable_is_plain_text(string? version)
    {
        var statement = Given.StatementJson("\"Resource\":[\"arn:aws:s3:::b/${aws:SourceAccount}\",\"arn:aws:s3:::c/${*}\"]");
        var policy = PolicyDocument.Parse(version is null ? $$"""{"Statement":{{statement}}}""" : Given.PolicyJson([statement], version));
        Assert.Equal(PolicyLanguageVersion.V2008, policy.Version);
        Assert.Equal(Verdict.ImplicitDeny, policy.Evaluate(Request("arn:aws:s3:::b/111122223333")).Verdict);
        Assert.Equal(Verdict.Allowed, policy.Evaluate(Request("arn:aws:s3:::b/${aws:SourceAccount}")).Verdict);

        // The asterisk between the braces is then a wildcard like any other.
        Assert.Equal(Verdict.Allowed, policy.Evaluate(Request("arn:aws:s3:::c/${anything}")).Verdict);
    }

    [Fact]
    public void A_resource_whose_variable_has_no_value_is_none_so_NotResource_covers_all()
    {
        Assert.False(IsAllowed("\"Resource\":\"arn:aws:s3:::b/${aws:username}\"", "arn:aws:s3:::b/k"));
        Assert.True(IsAllowed("\"NotResource\":\"arn:aws:s3:::b/${aws:username}\"", "arn:aws:s3:::b/k"));
    }

    [Fact]
    public void A_policy_kind_without_resources_needs_none()
    {
        var policy = PolicyDocument.Parse("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage"}}""");
        Assert.Null(policy.Statements[0].Resource);
        Assert.Equal(Verdict.Allowed, policy.Evaluate(Given.Request(action: "sqs:SendMessage")).Verdict);
    }

    private static bool IsAllowed(string members, string resource) => Given.Policy(members).Evaluate(Request(resource)).Verdict == Verdict.Allowed;

    private static PolicyRequest Request(string resource) => Given.Request(
        resource: resource,
        context: Given.Context(
            ("aws:SourceAccount", ContextValue.Of(Given.Account)),
            ("s3:x-amz-acl", ContextValue.Of("private")),
            ("aws:PrincipalTag/star", ContextValue.Of("*")),
            ("aws:PrincipalTag/empty", ContextValue.Of("")),
            ("example:Several", ContextValue.Of("one", "two")),
            ("aws:TagKeys", ContextValue.Of("team"))));
}
