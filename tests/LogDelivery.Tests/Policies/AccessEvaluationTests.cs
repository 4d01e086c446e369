using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>
/// Decisions by several policies together. The tables are those of the IAM user guide,
/// reference_policies_evaluation-logic and reference_policies_evaluation-logic-cross-account.
/// </summary>
public sealed class AccessEvaluationTests
{
    private const string Account = "111122223333";
    private const string Other = "444455556666";
    private const string Role = $"arn:aws:iam::{Account}:role/writer";
    private const string Session = $"arn:aws:sts::{Account}:assumed-role/writer/session";
    private const string User = $"arn:aws:iam::{Account}:user/writer";
    private const string Object = "arn:aws:s3:::amzn-s3-demo-bucket/key";
    private const string Allow = """{"Effect":"Allow","Action":"s3:*","Resource":"*"}""";
    private const string Deny = """{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}""";
    private const string OtherAction = """{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}""";

    [Theory]
    // One account: either is enough, and a Deny in any wins.
    [InlineData(Account, Allow, null, null, Verdict.Allowed, null)]
    [InlineData(Account, OtherAction, null, null, Verdict.ImplicitDeny, AccessSide.Identity)]
    [InlineData(Account, null, null, Role, Verdict.Allowed, null)]
    [InlineData(Account, null, null, "*", Verdict.Allowed, null)]
    [InlineData(Account, null, null, Account, Verdict.ImplicitDeny, AccessSide.Identity)]
    [InlineData(Account, Allow, null, Account, Verdict.Allowed, null)]
    [InlineData(Account, Deny, null, Role, Verdict.ExplicitDeny, AccessSide.Identity)]
    // A boundary cuts down the identity's own policies, and what is granted to the role's ARN.
    [InlineData(Account, Allow, Allow, null, Verdict.Allowed, null)]
    [InlineData(Account, Allow, OtherAction, null, Verdict.ImplicitDeny, AccessSide.Identity)]
    [InlineData(Account, Allow, Deny, null, Verdict.ExplicitDeny, AccessSide.Identity)]
    [InlineData(Account, null, OtherAction, Role, Verdict.ImplicitDeny, AccessSide.Identity)]
    [InlineData(Account, null, Allow, Role, Verdict.Allowed, null)]
    [InlineData(Account, null, OtherAction, "*", Verdict.Unknown, AccessSide.Identity)]
    // Two accounts: both have to allow.
    [InlineData(Other, Allow, null, Role, Verdict.Allowed, null)]
    [InlineData(Other, Allow, null, Account, Verdict.Allowed, null)]
    [InlineData(Other, Allow, null, null, Verdict.ImplicitDeny, AccessSide.Resource)]
    [InlineData(Other, OtherAction, null, Role, Verdict.ImplicitDeny, AccessSide.Identity)]
    [InlineData(Other, Allow, OtherAction, Role, Verdict.ImplicitDeny, AccessSide.Identity)]
    // An account that is not known: only what holds in both cases is sure.
    [InlineData(null, Allow, null, Role, Verdict.Allowed, null)]
    [InlineData(null, Allow, null, null, Verdict.Unknown, AccessSide.Resource)]
    [InlineData(null, OtherAction, null, null, Verdict.ImplicitDeny, AccessSide.Identity)]
    public void A_role_asks_a_bucket(string? owner, string? identity, string? boundary, string? grantee, Verdict expected, object? decides)
    {
        var explanation = AccessEvaluation.Explain(Put(Role), new()
        {
            Identity = identity is null ? [] : [Named("own", identity)],
            Boundary = boundary is null ? null : Named("boundary", boundary),
            Resource = grantee is null ? null : Bucket(grantee),
            ResourceAccountId = owner,
        });
        Assert.Equal(expected, explanation.Verdict);
        Assert.Equal((AccessSide?)decides, expected == Verdict.Allowed ? null : explanation.Deciding.Side);
        Assert.NotEmpty(explanation.Reason);
    }

    [Theory]
    [InlineData(Account, Allow, Account, Verdict.Allowed, null)]
    [InlineData(Account, OtherAction, Account, Verdict.ImplicitDeny, AccessSide.Identity)]
    [InlineData(Account, null, Role, Verdict.Allowed, null)]
    [InlineData(Account, Allow, Other, Verdict.ImplicitDeny, AccessSide.Resource)]
    [InlineData(Other, Allow, Account, Verdict.Allowed, null)]
    [InlineData(Other, OtherAction, Account, Verdict.ImplicitDeny, AccessSide.Identity)]
    public void A_key_lets_nobody_in_whom_its_own_policy_does_not(string owner, string? identity, string grantee, Verdict expected, object? atFault)
    {
        // The delegation to IAM is the statement for the account's root: without it no policy of a role reaches the key.
        var explanation = AccessEvaluation.Explain(Put(Role), new()
        {
            Identity = identity is null ? [] : [Named("own", identity)],
            Resource = Bucket(grantee),
            ResourceMustAllow = true,
            ResourceAccountId = owner,
        });
        Assert.Equal(expected, explanation.Verdict);
        Assert.Equal((AccessSide?)atFault == AccessSide.Identity ? Truth.False : Truth.True, explanation.Identity.Does);
        Assert.Equal((AccessSide?)atFault == AccessSide.Resource ? Truth.False : Truth.True, explanation.Resource.Does);
    }

    [Theory]
    [InlineData(User, User, Verdict.Allowed)]
    [InlineData(Session, Session, Verdict.Allowed)]
    [InlineData(Session, Role, Verdict.ImplicitDeny)]
    public void A_boundary_does_not_limit_what_is_granted_to_a_user_or_session_itself(string principal, string grantee, Verdict expected)
        => Assert.Equal(expected, AccessEvaluation.Explain(Put(principal), new()
        {
            Boundary = Named("boundary", OtherAction),
            Resource = Bucket(grantee),
            ResourceAccountId = Account,
        }).Verdict);

    [Fact]
    public void What_may_not_be_read_is_unknown_unless_it_makes_no_difference()
    {
        var unread = new NamedPolicy("the managed policies", null);
        Assert.Equal(Verdict.Unknown, AccessEvaluation.Explain(Put(Role), new() { Identity = [unread], ResourceAccountId = Account }).Verdict);
        Assert.Equal(Verdict.Unknown, AccessEvaluation.Explain(Put(Role), new() { Identity = [Named("own", Allow), unread], ResourceAccountId = Account }).Verdict);
        Assert.Equal(Verdict.ExplicitDeny, AccessEvaluation.Explain(Put(Role), new() { Identity = [Named("own", Deny), unread], ResourceAccountId = Account }).Verdict);
        Assert.Equal(Verdict.ImplicitDeny, AccessEvaluation.Explain(Put(Role), new() { Identity = [unread], Boundary = Named("boundary", OtherAction), ResourceAccountId = Account }).Verdict);
        var explanation = AccessEvaluation.Explain(Put(Role), new() { Identity = [Named("own", Allow)], Resource = new("the bucket policy", null), ResourceAccountId = Account });
        Assert.Equal((Verdict.Unknown, "The bucket policy may not be read."), (explanation.Verdict, explanation.Reason));
    }

    [Fact]
    public void The_nearest_policy_is_the_one_that_is_named()
    {
        var near = Named("inline policy \"near\"", """{"Sid":"Files","Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/other/*"}""");
        var far = Named("inline policy \"far\"", """{"Effect":"Allow","Action":"ec2:*","Resource":"*"}""");
        var explanation = AccessEvaluation.Explain(Put(Role), new() { Identity = [far, near], ResourceAccountId = Account });
        Assert.Equal("inline policy \"near\"", explanation.Deciding.Policy!.Name);
        Assert.Contains("arn:aws:s3:::amzn-s3-demo-bucket/other/*", explanation.Reason, StringComparison.Ordinal);
        Assert.Contains("Statement[0] \"Files\"", explanation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trust_policy_decides_alone_for_a_service()
    {
        var trust = new NamedPolicy("trust", PolicyDocument.Parse(
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"firehose.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"111122223333"}}}}""",
            PolicyKind.Trust));
        Verdict VerdictFor(string externalId) => AccessEvaluation.Explain(
            new(RequestPrincipal.Service("firehose.amazonaws.com"), "sts:AssumeRole", Role, new([new("sts:ExternalId", ContextValue.Of(externalId))])),
            new() { Resource = trust, ResourceMustAllow = true, ResourceAccountId = Account }).Verdict;
        Assert.Equal(Verdict.Allowed, VerdictFor(Account));
        Assert.Equal(Verdict.ImplicitDeny, VerdictFor(Other));
    }

    [Theory]
    [InlineData(PolicyKind.Identity, """{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}""", "Statement[0].Principal")]
    [InlineData(PolicyKind.Identity, """{"Effect":"Allow","Action":"s3:*"}""", "Statement[0]")]
    [InlineData(PolicyKind.Identity, """{"Effect":"Allow","Action":"s3:*","Resource":"amzn-s3-demo-bucket"}""", "Statement[0].Resource")]
    [InlineData(PolicyKind.Trust, """{"Effect":"Allow","Principal":{"Service":"firehose.amazonaws.com"},"Action":"sts:AssumeRole","Resource":"*"}""", "Statement[0].Resource")]
    [InlineData(PolicyKind.Trust, """{"Effect":"Allow","Principal":{"Service":"firehose.amazonaws.com"},"Action":"s3:PutObject"}""", "Statement[0].Action")]
    [InlineData(PolicyKind.Trust, """{"Effect":"Allow","Action":"sts:AssumeRole"}""", "Statement[0]")]
    public void What_iam_refuses_is_refused_with_its_place(PolicyKind kind, string statement, string path)
    {
        Assert.False(PolicyDocument.TryParse(Document(statement), kind, out _, out var problems));
        Assert.Equal(path, Assert.Single(problems).Path);
    }

    private static PolicyRequest Put(string principal) => new(RequestPrincipal.Aws(principal), "s3:PutObject", Object);

    private static NamedPolicy Named(string name, string statement) => new(name, PolicyDocument.Parse(Document(statement), PolicyKind.Identity));

    private static NamedPolicy Bucket(string grantee) => new("the bucket policy", PolicyDocument.Parse(
        Document($$"""{"Effect":"Allow","Principal":{{(grantee == "*" ? "\"*\"" : $$"""{"AWS":"{{grantee}}"}""")}},"Action":"s3:*","Resource":"*"}"""),
        PolicyKind.Bucket));

    private static string Document(string statement) => $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""";
}
