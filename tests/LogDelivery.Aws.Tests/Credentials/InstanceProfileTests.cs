using LogDelivery.Aws.Tests.Support;
using LogDelivery.Gateways;
using Xunit;

namespace LogDelivery.Aws.Tests.Credentials;

/// <summary>
/// The credentials and the Region of an EC2 instance, by a metadata service that is a fake. Source: EC2 user guide,
/// instance-metadata-security-credentials.
/// </summary>
public sealed class InstanceProfileTests : IDisposable
{
    private readonly FakeAws aws = new(_ => Answer.Xml(Given.Identity()));

    public void Dispose() => aws.Dispose();

    [Fact]
    public async Task The_instance_s_role_is_asked_for_with_a_token()
    {
        using var scope = Scope("audit");
        await CallAsync(new() { Region = Given.Region, EndpointUrl = aws.Url });
        Signature.Check(aws.Single, "AKIAINSTANCE", "s", Given.Region, "sts");
        Assert.Equal("session", aws.Single.Header("X-Amz-Security-Token"));
        Assert.Contains(Asked, r => r.Method == "PUT" && r.Path == "/latest/api/token" && r.Header("x-aws-ec2-metadata-token-ttl-seconds") is not null);
        Assert.All(Asked.Where(r => r.Method == "GET"), r => Assert.Equal(MetadataService.Token, r.Header("x-aws-ec2-metadata-token")));
    }

    [Fact]
    public async Task Keys_of_the_environment_go_first_and_the_instance_is_not_asked()
    {
        using var scope = Scope("audit");
        using var keys = new EnvironmentScope(("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "s"));
        await CallAsync(new() { Region = Given.Region, EndpointUrl = aws.Url });
        Signature.Check(aws.Single, "AKIAENV", "s", Given.Region, "sts");
        Assert.Empty(Asked);
    }

    [Fact]
    public async Task An_instance_without_a_role_has_no_credentials()
    {
        using var scope = Scope(null);
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => CallAsync(new() { Region = Given.Region, EndpointUrl = aws.Url }));
        Assert.Equal("NoCredentials", exception.Code);
        Assert.Empty(aws.Requests);
    }

    [Fact]
    public async Task A_container_goes_before_the_instance_and_takes_its_token_from_a_file()
    {
        using var container = new FakeAws(r => Answer.Json(
            $$"""{"AccessKeyId":"AKIABOX","SecretAccessKey":"s","Token":"{{r.Header("Authorization")}}","Expiration":"2099-01-01T00:00:00Z"}"""));
        using var token = new TemporaryFile("token-of-a-file");
        using var scope = Scope("audit");
        using var box = new EnvironmentScope(
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"{container.Url}v1/credentials"), ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.Path));
        await CallAsync(new() { Region = Given.Region, EndpointUrl = aws.Url });
        Signature.Check(aws.Single, "AKIABOX", "s", Given.Region, "sts");
        Assert.Equal("token-of-a-file", aws.Single.Header("X-Amz-Security-Token"));
        Assert.Empty(Asked);
    }

    [Fact]
    public async Task A_container_that_refuses_is_an_error_that_says_so()
    {
        using var container = new FakeAws(_ => Answer.Json("""{"code":"AccessDenied","message":"no"}""", 403));
        using var box = new EnvironmentScope(("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"{container.Url}v1/credentials"));
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => CallAsync(new() { Region = Given.Region, EndpointUrl = aws.Url }));
        Assert.Equal("CredentialsUnusable", exception.Code);
        Assert.Equal(AwsErrorKind.Authentication, exception.Kind);
    }

    private static IReadOnlyList<SeenRequest> Asked => MetadataService.Asked;

    private static EnvironmentScope Scope(string? role)
    {
        MetadataService.Begin(role);
        return new(("AWS_EC2_METADATA_DISABLED", null));
    }

    private static async Task CallAsync(AwsOptions options)
    {
        using var session = await AwsSession.OpenAsync(options, TestContext.Current.CancellationToken);
        await session.Account.GetIdentityAsync(TestContext.Current.CancellationToken);
    }
}
