using LogDelivery.Aws.Tests.Support;
using LogDelivery.Gateways;
using Xunit;

namespace LogDelivery.Aws.Tests.Credentials;

/// <summary>Given, stored, profile, environment: as AWS.Tools, and unlike the SDK, a profile goes before the environment.</summary>
public sealed class RegionTests
{
    [Theory]
    [InlineData("given,stored,named,default,env", "ap-south-1")]
    [InlineData("stored,named,default,env", "ap-northeast-1")]
    [InlineData("named,default,env", "eu-west-2")]
    [InlineData("default,env", "eu-west-3")]
    [InlineData("env", "sa-east-1")]
    [InlineData("old", "sa-east-1")]
    public async Task The_order_is_that_of_aws_tools(string given, string winner)
    {
        bool Has(string what) => given.Contains(what, StringComparison.Ordinal);
        using var file = new TemporaryFile($"""
            [named]
            aws_access_key_id = AKIA
            aws_secret_access_key = s
            {(Has("named") ? "region = eu-west-2" : string.Empty)}
            {(Has("default") ? "[default]\naws_access_key_id = AKIA\naws_secret_access_key = s\nregion = eu-west-3" : string.Empty)}
            """);
        using var scope = new EnvironmentScope(
            ("AWS_SHARED_CREDENTIALS_FILE", file.Path),
            ("AWS_REGION", Has("env") ? "sa-east-1" : null),
            ("AWS_DEFAULT_REGION", Has("old") ? "sa-east-1" : null));
        using var session = await AwsSession.OpenAsync(
            new()
            {
                ProfileName = "named",
                Region = Has("given") ? "ap-south-1" : null,
                StoredRegion = Has("stored") ? "ap-northeast-1" : null,
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(winner, session.Region);
    }

    [Fact]
    public async Task No_Region_at_all_is_a_clear_error()
    {
        var exception = await Assert.ThrowsAsync<AwsCallException>(
            () => AwsSession.OpenAsync(new() { AccessKey = "AKIA", SecretKey = "s" }, TestContext.Current.CancellationToken));
        Assert.Equal("NoRegion", exception.Code);
        Assert.StartsWith("No Region specified or obtained from persisted/shell defaults.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Frankfurt")]
    [InlineData("us-east-1.evil.example/")]
    [InlineData("us--1")]
    public async Task What_is_no_Region_name_is_refused(string region)
    {
        var exception = await Assert.ThrowsAsync<AwsCallException>(
            () => AwsSession.OpenAsync(new() { AccessKey = "AKIA", SecretKey = "s", Region = region }, TestContext.Current.CancellationToken));
        Assert.Equal("InvalidRegion", exception.Code);
    }

    [Fact]
    public async Task A_Region_that_the_sdk_has_not_heard_of_is_taken()
    {
        using var session = await AwsSession.OpenAsync(new() { AccessKey = "AKIA", SecretKey = "s", Region = "eu-north-9" }, TestContext.Current.CancellationToken);
        Assert.Equal("eu-north-9", session.Region);
    }
}
