using LogDelivery.Aws.Tests.Support;
using LogDelivery.Gateways;
using Xunit;

namespace LogDelivery.Aws.Tests.Credentials;

public sealed class RoleTests
{
    private const string RoleArn = "arn:aws:iam::444455556666:role/audit";

    [Fact]
    public async Task A_role_profile_is_taken_on_with_its_source()
    {
        using var aws = new FakeAws(Sts);
        using var file = new TemporaryFile($"""
            [base]
            aws_access_key_id = AKIABASE
            aws_secret_access_key = base-secret
            [role]
            role_arn = {RoleArn}
            source_profile = base
            role_session_name = nightly
            external_id = x-1
            """);
        using var session = await OpenAsync(aws, new() { ProfileName = "role", ProfileLocation = file.Path });
        await session.Account.GetIdentityAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["AssumeRole", "GetCallerIdentity"], aws.Requests.Select(r => r.Operation));
        Assert.Equal(RoleArn, aws.Requests[0].Form["RoleArn"]);
        Assert.Equal("nightly", aws.Requests[0].Form["RoleSessionName"]);
        Assert.Equal("x-1", aws.Requests[0].Form["ExternalId"]);
        Signature.Check(aws.Requests[0], "AKIABASE", "base-secret", Given.Region, "sts");
        Signature.Check(aws.Requests[1], "ASIAROLE", "role-secret", Given.Region, "sts");
        Assert.Equal("role-token", aws.Requests[1].Header("X-Amz-Security-Token"));
    }

    [Fact]
    public async Task A_role_may_be_the_source_of_a_role()
    {
        using var aws = new FakeAws(r => r.Operation == "AssumeRole"
            ? Answer.Xml(r.Form["RoleArn"].EndsWith("first", StringComparison.Ordinal) ? Given.Role("ASIAFIRST", "first") : Given.Role("ASIASECOND", "second"))
            : Answer.Xml(Given.Identity()));
        using var file = new TemporaryFile("""
            [base]
            aws_access_key_id = AKIABASE
            aws_secret_access_key = base-secret
            [first]
            role_arn = arn:aws:iam::444455556666:role/first
            source_profile = base
            [second]
            role_arn = arn:aws:iam::777788889999:role/second
            source_profile = first
            """);
        using var session = await OpenAsync(aws, new() { ProfileName = "second", ProfileLocation = file.Path });
        await session.Account.GetIdentityAsync(TestContext.Current.CancellationToken);
        Signature.Check(aws.Requests[1], "ASIAFIRST", "first", Given.Region, "sts");
        Signature.Check(aws.Requests[2], "ASIASECOND", "second", Given.Region, "sts");
    }

    [Fact]
    public async Task A_role_is_taken_on_once_while_it_lasts()
    {
        using var aws = new FakeAws(Sts);
        using var session = await OpenAsync(aws, new() { AccessKey = "AKIA", SecretKey = "s", RoleArn = RoleArn, ExternalId = "x" });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => session.Account.GetIdentityAsync(TestContext.Current.CancellationToken)));
        Assert.Single(aws.Requests, r => r.Operation == "AssumeRole");
        Assert.Equal("LogDelivery", aws.Requests[0].Form["RoleSessionName"]);
    }

    [Fact]
    public async Task A_session_opens_others_in_roles()
    {
        using var aws = new FakeAws(Sts);
        using var session = await OpenAsync(aws, new() { AccessKey = "AKIA", SecretKey = "s" });
        using var other = await session.AssumeRoleAsync(RoleArn, cancellationToken: TestContext.Current.CancellationToken);
        await other.Account.GetIdentityAsync(TestContext.Current.CancellationToken);
        Signature.Check(aws.Requests[^1], "ASIAROLE", "role-secret", Given.Region, "sts");
        Assert.Contains(RoleArn, other.CredentialSource, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_refused_says_what_is_missing()
    {
        using var aws = new FakeAws(_ => Answer.QueryError("AccessDenied", "User is not authorized to perform sts:AssumeRole", 403));
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => OpenAsync(aws, new() { AccessKey = "AKIA", SecretKey = "s", RoleArn = RoleArn }));
        Assert.Equal(AwsErrorKind.Authentication, exception.Kind);
        Assert.Equal("AccessDenied", exception.Code);
        Assert.Equal("sts:AssumeRole", exception.MissingPermission);
        Assert.Contains(RoleArn, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_web_identity_is_exchanged_without_a_signature(bool fromEnvironment)
    {
        using var aws = new FakeAws(Sts);
        using var token = new TemporaryFile("the.web.token\n");
        using var file = new TemporaryFile($"[web]\nrole_arn = {RoleArn}\nweb_identity_token_file = {token.Path}\nrole_session_name = pod\n");
        using var scope = new EnvironmentScope(
            ("AWS_WEB_IDENTITY_TOKEN_FILE", fromEnvironment ? token.Path : null),
            ("AWS_ROLE_ARN", fromEnvironment ? RoleArn : null),
            ("AWS_ROLE_SESSION_NAME", fromEnvironment ? "pod" : null));
        using var session = await OpenAsync(aws, fromEnvironment ? new() : new() { ProfileName = "web", ProfileLocation = file.Path });
        await session.Account.GetIdentityAsync(TestContext.Current.CancellationToken);

        var exchange = aws.Requests[0];
        Assert.Equal("AssumeRoleWithWebIdentity", exchange.Operation);
        Assert.Equal("the.web.token", exchange.Form["WebIdentityToken"]);
        Assert.Equal("pod", exchange.Form["RoleSessionName"]);
        Assert.Null(exchange.Header("Authorization"));
        Signature.Check(aws.Requests[1], "ASIAROLE", "role-secret", Given.Region, "sts");
    }

    [Theory]
    [InlineData("sso_account_id = 111122223333\nsso_region = us-east-1\nsso_role_name = r\nsso_start_url = https://example.awsapps.com/start", "SSO")]
    [InlineData("role_arn = arn:aws:iam::1:role/x\nsource_profile = base\nmfa_serial = arn:aws:iam::1:mfa/me", "MFA")]
    public async Task What_only_aws_tools_can_do_is_said_with_the_remedy(string lines, string what)
    {
        using var aws = new FakeAws(Sts);
        using var file = new TemporaryFile($"[base]\naws_access_key_id=AKIA\naws_secret_access_key=s\n[p]\n{lines}\n");
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => OpenAsync(aws, new() { ProfileName = "p", ProfileLocation = file.Path }));
        Assert.Equal("NeedsAwsTools", exception.Code);
        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
        Assert.Contains("AWS.Tools.Common", exception.Message, StringComparison.Ordinal);
        Assert.Contains("export-credentials", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("role_arn = arn:aws:iam::1:role/x\nsource_profile = nobody")]
    [InlineData("role_arn = arn:aws:iam::1:role/x\nsource_profile = p")]
    [InlineData("region = us-east-1")]
    [InlineData("aws_access_key_id = AKIA")]
    public async Task A_profile_that_cannot_be_used_is_an_error(string lines)
    {
        using var aws = new FakeAws(Sts);
        using var file = new TemporaryFile($"[p]\n{lines}\n");
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => OpenAsync(aws, new() { ProfileName = "p", ProfileLocation = file.Path }));
        Assert.Equal("ProfileUnusable", exception.Code);
        Assert.Contains("'p'", exception.Message, StringComparison.Ordinal);
    }

    private static Answer Sts(SeenRequest request) => Answer.Xml(request.Operation switch
    {
        "AssumeRole" or "AssumeRoleWithWebIdentity" => Given.Role(operation: request.Operation),
        _ => Given.Identity(),
    });

    private static Task<AwsSession> OpenAsync(FakeAws aws, AwsOptions options)
        => AwsSession.OpenAsync(options with { Region = Given.Region, EndpointUrl = aws.Url }, TestContext.Current.CancellationToken);
}
