using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_elements_condition_operators, "Amazon Resource Name (ARN) condition operators".</summary>
public class ArnConditionTests
{
    private const string Trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/main";

    [Theory]
    [InlineData(Trail, Trail, true)]
    [InlineData("arn:aws:cloudtrail:*:111122223333:trail/*", Trail, true)]
    [InlineData("arn:*:*:*:*:*", Trail, true)]
    [InlineData("*", Trail, true)]
    [InlineData("arn:aws:cloudtrail:us-????-1:111122223333:trail/m?in", Trail, true)]
    [InlineData("arn:aws:cloudtrail:*:444455556666:trail/*", Trail, false)]
    [InlineData("arn:aws:cloudtrail:*:111122223333:trail/audit*", Trail, false)]
    // Case counts in every part.
    [InlineData("arn:aws:cloudtrail:US-EAST-1:111122223333:trail/main", Trail, false)]
    [InlineData("arn:aws:cloudtrail:us-east-1:111122223333:trail/Main", Trail, false)]
    // Each part is matched by itself: a wildcard does not run over a colon into the next.
    [InlineData("arn:aws:cloudtrail:*:trail/main", Trail, false)]
    [InlineData("arn:aws:*:trail/main", Trail, false)]
    [InlineData("arn:aws:cloudtrail:us*111122223333:trail/main", Trail, false)]
    [InlineData("arn:aws:cloudtrail:us-east-1:*", Trail, false)]
    // Behind the fifth colon everything is one part, colons included.
    [InlineData("arn:aws:logs:us-east-1:111122223333:*", "arn:aws:logs:us-east-1:111122223333:delivery-source:name", true)]
    [InlineData("arn:aws:logs:us-east-1:111122223333:*:name", "arn:aws:logs:us-east-1:111122223333:delivery-source:name", true)]
    [InlineData("arn:aws:logs:us-east-1:111122223333:delivery-source:?", "arn:aws:logs:us-east-1:111122223333:delivery-source:n", true)]
    [InlineData("arn:aws:logs:us-east-1:111122223333:delivery-source", "arn:aws:logs:us-east-1:111122223333:delivery-source:name", false)]
    [InlineData("arn:aws:s3:::trail-logs", "arn:aws:s3:::trail-logs", true)]
    [InlineData("arn:aws:s3:*:*:trail-logs", "arn:aws:s3:::trail-logs", true)]
    [InlineData("arn:aws:s3:?::trail-logs", "arn:aws:s3:::trail-logs", false)]
    [InlineData("arn:aws:s3:::trail-logs", "trail-logs", false)]
    [InlineData("arn:aws:s3:::*", "", false)]
    [InlineData("trail-logs", "trail-logs", false)]
    [InlineData($"arn:aws:s3:::a|{Trail}", Trail, true)]
    [InlineData("arn:aws:s3:::a|arn:aws:s3:::b", Trail, false)]
    public void Each_part_of_an_arn_is_matched_by_itself(string policy, string request, bool matches)
    {
        // With wildcards the two pairs of operators say the same.
        foreach (var suffix in new[] { "Equals", "Like", "EqualsIfExists", "LikeIfExists" })
        {
            Assert.Equal(matches ? Truth.True : Truth.False, Given.Test($"Arn{suffix}", policy, request));
            Assert.Equal(matches ? Truth.False : Truth.True, Given.Test($"ArnNot{suffix}", policy, request));
        }
    }

    [Theory]
    [InlineData("arn:aws:cloudtrail:*:${aws:SourceAccount}:trail/*", Truth.True)]
    [InlineData("arn:aws:cloudtrail:*:${aws:PrincipalAccount}:trail/*", Truth.False)]
    [InlineData("arn:aws:cloudtrail:*:${aws:username, '111122223333'}:trail/*", Truth.True)]
    [InlineData("arn:aws:cloudtrail:*:111122223333:${aws:PrincipalTag/resource}", Truth.True)]
    [InlineData("${aws:PrincipalTag/arn}", Truth.True)]
    // A value's asterisk is text, and a variable without value matches nothing.
    [InlineData("arn:aws:cloudtrail:${aws:PrincipalTag/star}:111122223333:trail/*", Truth.False)]
    [InlineData("arn:aws:cloudtrail:*:${aws:username}:trail/*", Truth.False)]
    public void A_variable_may_stand_in_any_part(string policy, Truth expected)
    {
        var more = new[]
        {
            ("aws:SourceAccount", ContextValue.Of(Given.Account)),
            ("aws:PrincipalAccount", ContextValue.Of(Given.OtherAccount)),
            ("aws:PrincipalTag/resource", ContextValue.Of("trail/main")),
            ("aws:PrincipalTag/arn", ContextValue.Of(Trail)),
            ("aws:PrincipalTag/star", ContextValue.Of("*")),
        };
        Assert.Equal(expected, Given.Test("ArnLike", "aws:SourceArn", Given.Values(policy), ContextValue.Of(Trail), more));
        Assert.Equal(
            expected == Truth.True ? Truth.False : Truth.True,
            Given.Test("ArnNotLike", "aws:SourceArn", Given.Values(policy), ContextValue.Of(Trail), more));
    }
}
