using Amazon.PowerShell.Common;
using LogDelivery.Aws.Tests.Support;
using LogDelivery.Gateways;
using Xunit;

namespace LogDelivery.Aws.Tests.Credentials;

public sealed class ForeignCredentialTests : IDisposable
{
    private readonly FakeAws aws = new(_ => Answer.Xml(Given.Identity()));

    public void Dispose() => aws.Dispose();

    [Fact]
    public async Task Their_owner_is_asked_on_each_use()
    {
        var owner = new RenewedForeignKeys();
        using var session = await OpenAsync(owner);
        await session.Account.GetIdentityAsync(TestContext.Current.CancellationToken);
        await session.Account.GetIdentityAsync(TestContext.Current.CancellationToken);

        var tokens = aws.Requests.Select(r => r.Header("X-Amz-Security-Token")).ToArray();
        Assert.Equal(2, tokens.Distinct().Count());
        Assert.All(aws.Requests, r => Signature.Check(r, $"ASIA{r.Header("X-Amz-Security-Token")!["token-".Length..]}", "s", Given.Region, "sts"));
    }

    [Fact]
    public async Task The_shell_s_wrapper_is_opened()
    {
        using var session = await OpenAsync(new AWSPSCredentials(new ForeignKeys("AKIAWRAPPED", "s", null)));
        await session.Account.GetIdentityAsync(TestContext.Current.CancellationToken);
        Signature.Check(aws.Single, "AKIAWRAPPED", "s", Given.Region, "sts");
    }

    [Fact]
    public async Task Our_own_sdk_s_credentials_are_taken_as_they_are()
    {
        using var session = await OpenAsync(new global::Amazon.Runtime.SessionAWSCredentials("AKIAOURS", "s", "t"));
        await session.Account.GetIdentityAsync(TestContext.Current.CancellationToken);
        Signature.Check(aws.Single, "AKIAOURS", "s", Given.Region, "sts");
    }

    [Theory]
    [InlineData("a profile name")]
    [InlineData(42)]
    public async Task What_is_no_credentials_is_refused(object value)
    {
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => OpenAsync(value));
        Assert.Equal("InvalidCredential", exception.Code);
        Assert.Contains("Get-AWSCredential", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_their_owner_says_is_passed_on()
    {
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => OpenAsync(new ExpiredForeignKeys()));
        Assert.Equal(AwsErrorKind.Authentication, exception.Kind);
        Assert.Contains("Invoke-AWSSSOLogin", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_without_keys_are_refused()
    {
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => OpenAsync(new ForeignKeys(string.Empty, string.Empty, null)));
        Assert.Equal("CredentialsUnusable", exception.Code);
    }

    private Task<AwsSession> OpenAsync(object credential)
        => AwsSession.OpenAsync(new() { Credential = credential, Region = Given.Region, EndpointUrl = aws.Url }, TestContext.Current.CancellationToken);
}
