using LogDelivery.Aws.Tests.Support;
using LogDelivery.Gateways;
using Xunit;

namespace LogDelivery.Aws.Tests.Credentials;

/// <summary>Keys, profile, given object, stored object, environment, default profile; the first that is there wins.</summary>
public sealed class CredentialOrderTests : IDisposable
{
    private readonly FakeAws aws = new(r => Answer.Xml(r.Operation == "AssumeRole" ? Given.Role() : Given.Identity()));

    public void Dispose() => aws.Dispose();

    [Theory]
    [InlineData("keys,profile,object,stored,env,default", "AKIAKEYS")]
    [InlineData("profile,object,stored,env,default", "AKIAPROFILE")]
    [InlineData("object,stored,env,default", "AKIAOBJECT")]
    [InlineData("stored,env,default", "AKIASTORED")]
    [InlineData("env,default", "AKIAENV")]
    [InlineData("default", "AKIADEFAULT")]
    [InlineData("legacy", "AKIALEGACY")]
    public async Task The_order_is_that_of_aws_tools(string given, string winner)
    {
        using var file = new TemporaryFile($"""
            [named]
            aws_access_key_id = AKIAPROFILE
            aws_secret_access_key = s
            {(given.Contains("default", StringComparison.Ordinal) ? "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s" : string.Empty)}
            {(given.Contains("legacy", StringComparison.Ordinal) ? "[AWS PS Default]\naws_access_key_id = AKIALEGACY\naws_secret_access_key = s" : string.Empty)}
            """);
        var env = given.Contains("env", StringComparison.Ordinal);
        using var scope = new EnvironmentScope(
            ("AWS_SHARED_CREDENTIALS_FILE", file.Path),
            ("AWS_ACCESS_KEY_ID", env ? "AKIAENV" : null),
            ("AWS_SECRET_ACCESS_KEY", env ? "s" : null));
        var options = Nothing() with
        {
            AccessKey = given.Contains("keys", StringComparison.Ordinal) ? "AKIAKEYS" : null,
            SecretKey = given.Contains("keys", StringComparison.Ordinal) ? "s" : null,
            ProfileName = given.Contains("profile", StringComparison.Ordinal) ? "named" : null,
            Credential = given.Contains("object", StringComparison.Ordinal) ? new ForeignKeys("AKIAOBJECT", "s", null) : null,
            StoredCredential = given.Contains("stored", StringComparison.Ordinal) ? new ForeignKeys("AKIASTORED", "s", null) : null,
        };
        await CallAsync(options);
        Signature.Check(aws.Requests[^1], winner, "s", Given.Region, "sts");
    }

    [Fact]
    public async Task A_session_token_is_sent_and_signed()
    {
        await CallAsync(Nothing() with { AccessKey = "ASIA1", SecretKey = "s", SessionToken = "the-token" });
        Assert.Equal("the-token", aws.Single.Header("X-Amz-Security-Token"));
        Assert.Contains("x-amz-security-token", aws.Single.Header("Authorization"), StringComparison.Ordinal);
        Signature.Check(aws.Single, "ASIA1", "s", Given.Region, "sts");
    }

    [Fact]
    public async Task The_environment_s_token_is_sent_too()
    {
        using var scope = new EnvironmentScope(("AWS_ACCESS_KEY_ID", "ASIA2"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_SESSION_TOKEN", "env-token"));
        await CallAsync(Nothing());
        Assert.Equal("env-token", aws.Single.Header("X-Amz-Security-Token"));
    }

    [Fact]
    public async Task A_profile_may_be_in_a_file_of_its_own()
    {
        using var file = new TemporaryFile("[elsewhere]\naws_access_key_id=AKIAELSE\naws_secret_access_key=s\naws_session_token=t\n");
        await CallAsync(Nothing() with { ProfileName = "elsewhere", ProfileLocation = file.Path });
        Signature.Check(aws.Single, "AKIAELSE", "s", Given.Region, "sts");
        Assert.Equal("t", aws.Single.Header("X-Amz-Security-Token"));
    }

    [Fact]
    public async Task The_environment_may_name_the_profile()
    {
        using var file = new TemporaryFile("[work]\naws_access_key_id=AKIAWORK\naws_secret_access_key=s\n");
        using var scope = new EnvironmentScope(("AWS_SHARED_CREDENTIALS_FILE", file.Path), ("AWS_PROFILE", "work"));
        await CallAsync(Nothing());
        Signature.Check(aws.Single, "AKIAWORK", "s", Given.Region, "sts");
    }

    [Fact]
    public async Task A_profile_that_is_not_there_is_an_error_and_nothing_else_is_tried()
    {
        using var scope = new EnvironmentScope(("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "s"));
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => CallAsync(Nothing() with { ProfileName = "nobody" }));
        Assert.Equal("ProfileNotFound", exception.Code);
        Assert.Equal(AwsErrorKind.Authentication, exception.Kind);
        Assert.Contains("'nobody'", exception.Message, StringComparison.Ordinal);
        Assert.Empty(aws.Requests);
    }

    [Fact]
    public async Task A_profile_goes_to_aws_tools_first_where_it_is_loaded()
    {
        (string, string?) asked = default;
        await CallAsync(Nothing() with
        {
            ProfileName = "sso",
            ProfileLocation = "/somewhere",
            ProfileFromShell = (name, location) =>
            {
                asked = (name, location);
                return new ForeignKeys("AKIATOOLS", "s", null);
            },
        });
        Assert.Equal(("sso", "/somewhere"), asked);
        Signature.Check(aws.Single, "AKIATOOLS", "s", Given.Region, "sts");
    }

    [Fact]
    public async Task No_credentials_at_all_is_a_clear_error()
    {
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => CallAsync(Nothing()));
        Assert.Equal("NoCredentials", exception.Code);
        Assert.StartsWith("No credentials specified or obtained from persisted/shell defaults.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AKIA", null, null)]
    [InlineData(null, "s", null)]
    [InlineData(null, null, "t")]
    [InlineData("AKIA", null, "t")]
    public async Task Half_a_key_is_an_error(string? access, string? secret, string? token)
    {
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => CallAsync(Nothing() with { AccessKey = access, SecretKey = secret, SessionToken = token }));
        Assert.Equal("IncompleteKeys", exception.Code);
    }

    [Fact]
    public async Task A_container_s_credentials_are_fetched()
    {
        using var container = new FakeAws(r => Answer.Json(
            $$"""{"AccessKeyId":"AKIABOX","SecretAccessKey":"s","Token":"{{r.Header("Authorization")}}","Expiration":"2099-01-01T00:00:00Z"}"""));
        using var scope = new EnvironmentScope(
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"{container.Url}creds"), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "box-token"));
        await CallAsync(Nothing());
        Assert.Equal("box-token", aws.Single.Header("X-Amz-Security-Token"));
        Signature.Check(aws.Single, "AKIABOX", "s", Given.Region, "sts");
    }

    [Fact]
    public async Task A_process_may_give_the_credentials()
    {
        using var answer = new TemporaryFile("""{"Version":1,"AccessKeyId":"AKIAPROC","SecretAccessKey":"s"}""");
        var print = OperatingSystem.IsWindows() ? "type" : "cat";
        using var file = new TemporaryFile($"[proc]\ncredential_process = {print} {answer.Path}\n");
        await CallAsync(Nothing() with { ProfileName = "proc", ProfileLocation = file.Path });
        Signature.Check(aws.Single, "AKIAPROC", "s", Given.Region, "sts");
    }

    private AwsOptions Nothing() => new() { Region = Given.Region, EndpointUrl = aws.Url };

    private static async Task CallAsync(AwsOptions options)
    {
        using var session = await AwsSession.OpenAsync(options, TestContext.Current.CancellationToken);
        await session.Account.GetIdentityAsync(TestContext.Current.CancellationToken);
    }
}
