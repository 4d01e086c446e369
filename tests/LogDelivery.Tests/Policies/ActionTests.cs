using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_elements_action, reference_policies_elements_notaction.</summary>
public class ActionTests
{
    [Theory]
    [InlineData("s3:PutObject", "s3:PutObject", true)]
    [InlineData("s3:putobject", "S3:PutObject", true)]
    [InlineData("S3:PUTOBJECT", "s3:PutObject", true)]
    [InlineData("s3:PutObject", "s3:PutObjectAcl", false)]
    [InlineData("s3:PutObject*", "s3:PutObjectAcl", true)]
    [InlineData("s3:PutObject*", "s3:PutObject", true)]
    [InlineData("s3:PutObject?", "s3:PutObject", false)]
    [InlineData("s3:*Object", "s3:GetObject", true)]
    [InlineData("s3:*Object", "s3:GetObjectAcl", false)]
    [InlineData("s3:?etObject", "s3:GetObject", true)]
    [InlineData("s3:Get*Acl*", "s3:GetBucketAcl", true)]
    [InlineData("s3:*", "s3:GetBucketAcl", true)]
    [InlineData("s3:*", "kms:Decrypt", false)]
    // A wildcard stays in its service: nothing crosses the colon from the left.
    [InlineData("s3:*", "s3-object-lambda:GetObject", false)]
    [InlineData("*", "kms:Decrypt", true)]
    public void An_action_matches_without_regard_to_case(string pattern, string action, bool matches)
        => Assert.Equal(matches ? Verdict.Allowed : Verdict.ImplicitDeny, Evaluate($"\"Action\":\"{pattern}\"", action));

    [Theory]
    [InlineData("s3:GetBucketAcl", true)]
    [InlineData("s3:PutObject", true)]
    [InlineData("s3:ListBucket", false)]
    public void One_action_of_a_list_is_enough(string action, bool matches)
        => Assert.Equal(matches ? Verdict.Allowed : Verdict.ImplicitDeny, Evaluate("\"Action\":[\"s3:GetBucketAcl\",\"s3:PutObject\"]", action));

    [Theory]
    [InlineData("s3:GetBucketAcl", false)]
    [InlineData("s3:putobject", false)]
    [InlineData("s3:ListBucket", true)]
    public void NotAction_is_every_action_but_those(string action, bool matches)
        => Assert.Equal(matches ? Verdict.Allowed : Verdict.ImplicitDeny, Evaluate("\"NotAction\":[\"s3:GetBucketAcl\",\"s3:PutObject\"]", action));

    [Fact]
    public void An_empty_list_is_no_action_and_its_negation_all()
    {
        Assert.Equal(Verdict.ImplicitDeny, Evaluate("\"Action\":[]", "s3:PutObject"));
        Assert.Equal(Verdict.Allowed, Evaluate("\"NotAction\":[]", "s3:PutObject"));
    }

    private static Verdict Evaluate(string members, string action) => Given.Policy(members).Evaluate(Given.Request(action: action)).Verdict;
}
