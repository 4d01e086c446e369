using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>IAM user guide: reference_policies_elements_principal, reference_policies_elements_notprincipal.</summary>
public class PrincipalTests
{
    private const string Root = "arn:aws:iam::111122223333:root";
    private const string User = "arn:aws:iam::111122223333:user/alice";
    private const string Role = "arn:aws:iam::111122223333:role/writer";
    private const string PathRole = "arn:aws:iam::111122223333:role/logs/daily/writer";
    private const string Session = "arn:aws:sts::111122223333:assumed-role/writer/run-1";
    private const string CanonicalId = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

    [Theory]
    [InlineData("\"*\"")]
    [InlineData("{\"AWS\":\"*\"}")]
    [InlineData("{\"AWS\":[\"444455556666\",\"*\"]}")]
    public void Star_is_everyone(string principal)
    {
        foreach (var id in new[] { "anonymous", "service:cloudtrail.amazonaws.com", Root, User, Role, Session, $"canonical:{CanonicalId}", "federated:accounts.example.com" })
        {
            Assert.Equal(Verdict.Allowed, Evaluate($"\"Principal\":{principal}", id));
        }
    }

    [Theory]
    [InlineData("111122223333")]
    [InlineData(Root)]
    public void An_account_is_each_of_its_principals(string account)
    {
        foreach (var id in new[] { "111122223333", Root, User, Role, PathRole, Session, "arn:aws:sts::111122223333:federated-user/bob" })
        {
            Assert.Equal(Verdict.Allowed, EvaluateAws(account, id));
        }
    }

    [Theory]
    [InlineData("111122223333", "444455556666")]
    [InlineData("111122223333", "arn:aws:iam::444455556666:role/writer")]
    [InlineData(Root, "arn:aws:sts::444455556666:assumed-role/writer/run-1")]
    // A service acts with its own identity, whoever configured it.
    [InlineData("111122223333", "service:cloudtrail.amazonaws.com")]
    [InlineData("111122223333", "anonymous")]
    [InlineData(Root, $"canonical:{CanonicalId}")]
    public void An_account_is_nobody_else(string account, string id) => Assert.Equal(Verdict.ImplicitDeny, EvaluateAws(account, id));

    [Theory]
    [InlineData(User, User, true)]
    [InlineData(User, "arn:aws:iam::111122223333:user/Alice", false)]
    [InlineData(User, "arn:aws:iam::111122223333:user/team/alice", false)]
    [InlineData(User, Root, false)]
    [InlineData(Role, Role, true)]
    [InlineData(Role, User, false)]
    // A session has its role's permissions; its ARN does not tell the role's path.
    [InlineData(Role, Session, true)]
    [InlineData(PathRole, Session, true)]
    [InlineData(Role, "arn:aws:sts::111122223333:assumed-role/writer2/run-1", false)]
    [InlineData(Role, "arn:aws:sts::444455556666:assumed-role/writer/run-1", false)]
    [InlineData("arn:aws:iam::111122223333:user/writer", Session, false)]
    // The session named is that session only, and not the role.
    [InlineData(Session, Session, true)]
    [InlineData(Session, "arn:aws:sts::111122223333:assumed-role/writer/run-2", false)]
    [InlineData(Session, Role, false)]
    public void An_arn_is_that_principal_and_a_role_its_sessions(string entry, string id, bool matches)
        => Assert.Equal(matches ? Verdict.Allowed : Verdict.ImplicitDeny, EvaluateAws(entry, id));

    [Theory]
    [InlineData("cloudtrail.amazonaws.com", true)]
    [InlineData("config.amazonaws.com", true)]
    [InlineData("delivery.logs.amazonaws.com", false)]
    [InlineData("cloudtrail", false)]
    public void A_service_is_its_service_principal(string service, bool matches)
        => Assert.Equal(
            matches ? Verdict.Allowed : Verdict.ImplicitDeny,
            Evaluate("\"Principal\":{\"Service\":[\"cloudtrail.amazonaws.com\",\"config.amazonaws.com\"]}", $"service:{service}"));

    [Theory]
    [InlineData("{\"Federated\":\"accounts.example.com\"}", "federated:accounts.example.com", true)]
    [InlineData("{\"Federated\":\"accounts.example.com\"}", "federated:other.example.com", false)]
    [InlineData("{\"Federated\":\"cloudtrail.amazonaws.com\"}", "service:cloudtrail.amazonaws.com", false)]
    [InlineData($"{{\"CanonicalUser\":\"{CanonicalId}\"}}", $"canonical:{CanonicalId}", true)]
    [InlineData($"{{\"CanonicalUser\":\"{CanonicalId}\"}}", "111122223333", false)]
    [InlineData("{\"Service\":\"cloudtrail.amazonaws.com\"}", "federated:cloudtrail.amazonaws.com", false)]
    public void Each_type_has_its_own_names(string principal, string id, bool matches)
        => Assert.Equal(matches ? Verdict.Allowed : Verdict.ImplicitDeny, Evaluate($"\"Principal\":{principal}", id));

    [Theory]
    [InlineData("service:config.amazonaws.com")]
    [InlineData(User)]
    [InlineData("444455556666")]
    public void Any_entry_of_any_type_is_enough(string id)
        => Assert.Equal(
            Verdict.Allowed,
            Evaluate($$"""
                "Principal":{"AWS":["{{User}}","444455556666"],"Service":"config.amazonaws.com"}
                """, id));

    [Theory]
    [InlineData("{\"AWS\":\"111122223333\"}", Session, false)]
    [InlineData("{\"AWS\":\"111122223333\"}", "444455556666", true)]
    // A service is not exempt because the account that configured it is.
    [InlineData("{\"AWS\":\"111122223333\"}", "service:cloudtrail.amazonaws.com", true)]
    [InlineData("{\"Service\":\"cloudtrail.amazonaws.com\"}", "service:cloudtrail.amazonaws.com", false)]
    [InlineData("{\"Service\":\"cloudtrail.amazonaws.com\"}", "service:config.amazonaws.com", true)]
    [InlineData($"{{\"AWS\":\"{Role}\"}}", Session, false)]
    [InlineData($"{{\"AWS\":\"{Session}\"}}", Role, true)]
    [InlineData("\"*\"", "anonymous", false)]
    [InlineData("\"*\"", "service:cloudtrail.amazonaws.com", false)]
    public void NotPrincipal_denies_everyone_but_the_named(string principal, string id, bool denied)
    {
        var policy = Given.Policy("", $"\"Effect\":\"Deny\",\"NotPrincipal\":{principal}");
        Assert.Equal(denied ? Verdict.ExplicitDeny : Verdict.Allowed, policy.Evaluate(Given.Request(Principal(id))).Verdict);
    }

    [Fact]
    public void An_account_id_makes_the_request_of_its_root()
    {
        var principal = RequestPrincipal.Aws("111122223333");
        Assert.Equal(RequestPrincipal.Aws(Root), principal);
        Assert.Equal(Root, principal.Id);
        Assert.Equal("111122223333", principal.AccountId);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("11112222333")]
    [InlineData("arn:aws:iam")]
    public void A_request_of_what_is_no_iam_principal_is_refused(string text)
        => Assert.Contains(text, Assert.Throws<ArgumentException>(() => RequestPrincipal.Aws(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Principals_are_equal_by_type_and_id()
    {
        Assert.Equal(RequestPrincipal.Service("a"), RequestPrincipal.Service("a"));
        Assert.Equal(RequestPrincipal.Service("a").GetHashCode(), RequestPrincipal.Service("a").GetHashCode());
        Assert.NotEqual(RequestPrincipal.Service("a"), RequestPrincipal.Federated("a"));
        Assert.NotEqual(RequestPrincipal.Service("a"), RequestPrincipal.Service("b"));
    }

    private static Verdict EvaluateAws(string entry, string id) => Evaluate($$"""
        "Principal":{"AWS":"{{entry}}"}
        """, id);

    private static Verdict Evaluate(string members, string id) => Given.Policy(members).Evaluate(Given.Request(Principal(id))).Verdict;

    // "service:x", "federated:x", "canonical:x", "anonymous", or an IAM principal.
    private static RequestPrincipal Principal(string text) => text.Split(':', 2) switch
    {
        ["anonymous"] => RequestPrincipal.Anonymous,
        ["service", var name] => RequestPrincipal.Service(name),
        ["federated", var name] => RequestPrincipal.Federated(name),
        ["canonical", var name] => RequestPrincipal.CanonicalUser(name),
        _ => RequestPrincipal.Aws(text),
    };
}
