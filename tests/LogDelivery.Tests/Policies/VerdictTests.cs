using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>How the verdict follows from the statements. IAM user guide: reference_policies_evaluation-logic.</summary>
public class VerdictTests
{
    private const string Allow = "\"Sid\":\"A\"";
    private const string AllowOther = "\"Action\":\"s3:GetBucketAcl\"";
    private const string Deny = "\"Effect\":\"Deny\"";
    private const string DenyOther = "\"Effect\":\"Deny\",\"Action\":\"s3:GetBucketAcl\"";
    private const string MaybeAllow = "\"Condition\":{\"StringEquals\":{\"aws:RequestTag/team\":\"blue\"}}";
    private const string MaybeDeny = "\"Effect\":\"Deny\",\"Condition\":{\"StringEquals\":{\"aws:RequestTag/team\":\"blue\"}}";

    public static TheoryData<string[], Verdict, int> Policies => new()
    {
        { [], Verdict.ImplicitDeny, -1 },
        { [AllowOther], Verdict.ImplicitDeny, -1 },
        { [DenyOther], Verdict.ImplicitDeny, -1 },
        { [Allow], Verdict.Allowed, 0 },
        { [AllowOther, Allow], Verdict.Allowed, 1 },
        { [Allow, Allow], Verdict.Allowed, 0 },
        { [Allow, DenyOther], Verdict.Allowed, 0 },
        { [Deny], Verdict.ExplicitDeny, 0 },
        { [Allow, Deny], Verdict.ExplicitDeny, 1 },
        { [Deny, Allow], Verdict.ExplicitDeny, 0 },
        { [Allow, MaybeDeny, Deny], Verdict.ExplicitDeny, 2 },
        { [MaybeAllow], Verdict.Unknown, 0 },
        { [AllowOther, MaybeAllow], Verdict.Unknown, 1 },
        { [MaybeAllow, Allow], Verdict.Allowed, 1 },
        { [Allow, MaybeDeny], Verdict.Unknown, 1 },
        { [MaybeDeny, Allow], Verdict.Unknown, 0 },
        { [MaybeAllow, Deny], Verdict.ExplicitDeny, 1 },
        // Whether it is allowed hangs on the Allow, so that is named.
        { [MaybeDeny, MaybeAllow], Verdict.Unknown, 1 },
        // Refused for sure, but not why.
        { [MaybeDeny], Verdict.Unknown, 0 },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_deny_wins_over_an_allow_and_what_is_unknown_over_neither(string[] statements, Verdict verdict, int statement)
    {
        var request = Given.Request(context: Given.Context((Given.Key, ContextValue.Unknown)));
        Assert.Equal(new Decision(verdict, statement), Given.Policy(statements).Evaluate(request));
    }

    [Fact]
    public void The_empty_policy_allows_nothing()
    {
        foreach (var kind in Enum.GetValues<PolicyKind>())
        {
            var empty = PolicyDocument.Empty(kind);
            Assert.Empty(empty.Statements);
            Assert.Equal(kind, empty.Kind);
            Assert.Equal(new Decision(Verdict.ImplicitDeny, -1), empty.Evaluate(Given.Request()));
        }
    }

    [Fact]
    public void Every_element_must_match()
    {
        var policy = Given.Policy("""
            "Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::trail-logs/*",
            "Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}
            """);
        var context = Given.Context(("aws:SourceAccount", ContextValue.Of(Given.Account)));
        Assert.Equal(Verdict.Allowed, policy.Evaluate(Given.Request(context: context)).Verdict);
        foreach (var request in new[]
        {
            Given.Request(RequestPrincipal.Service("config.amazonaws.com"), context: context),
            Given.Request(action: "s3:GetObject", context: context),
            Given.Request(resource: "arn:aws:s3:::other-logs/k", context: context),
            Given.Request(context: Given.Context(("aws:SourceAccount", ContextValue.Of(Given.OtherAccount)))),
            Given.Request(),
        })
        {
            Assert.Equal(Verdict.ImplicitDeny, policy.Evaluate(request).Verdict);
        }
    }

    [Fact]
    public void A_key_policy_is_evaluated_like_any_other()
    {
        var policy = PolicyDocument.Parse(
            Given.PolicyJson([Given.StatementJson("""
                "Action":"kms:GenerateDataKey*","Principal":{"Service":"cloudtrail.amazonaws.com"},
                "Condition":{"StringLike":{"kms:EncryptionContext:aws:cloudtrail:arn":"arn:aws:cloudtrail:*:111122223333:trail/*"}}
                """)]),
            PolicyKind.Key);
        PolicyRequest Request(string trail) => Given.Request(
            action: "kms:GenerateDataKeyWithoutPlaintext",
            resource: "arn:aws:kms:us-east-1:111122223333:key/1234",
            context: Given.Context(("kms:EncryptionContext:aws:cloudtrail:arn", ContextValue.Of(trail))));
        Assert.Equal(Verdict.Allowed, policy.Evaluate(Request("arn:aws:cloudtrail:us-east-1:111122223333:trail/main")).Verdict);
        Assert.Equal(Verdict.ImplicitDeny, policy.Evaluate(Request("arn:aws:cloudtrail:us-east-1:444455556666:trail/main")).Verdict);
    }
}
