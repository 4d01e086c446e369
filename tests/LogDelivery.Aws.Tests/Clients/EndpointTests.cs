using Amazon.Runtime.Endpoints;
using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Tests.Support;
using LogDelivery.Gateways;
using Xunit;

namespace LogDelivery.Aws.Tests.Clients;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("CloudTrail", "eu-west-1", false, false, "https://cloudtrail.eu-west-1.amazonaws.com")]
    [InlineData("CloudTrail", "cn-north-1", false, false, "https://cloudtrail.cn-north-1.amazonaws.com.cn")]
    [InlineData("CloudTrail", "us-gov-west-1", false, false, "https://cloudtrail.us-gov-west-1.amazonaws.com")]
    [InlineData("CloudTrail", "us-east-1", true, false, "https://cloudtrail-fips.us-east-1.amazonaws.com")]
    [InlineData("CloudTrail", "us-east-1", false, true, "https://cloudtrail.us-east-1.api.aws")]
    [InlineData("CloudTrail", "eu-north-9", false, false, "https://cloudtrail.eu-north-9.amazonaws.com")]
    [InlineData("Sts", "ap-southeast-2", false, false, "https://sts.ap-southeast-2.amazonaws.com")]
    [InlineData("Iam", "eu-west-1", false, false, "https://iam.amazonaws.com")]
    [InlineData("Iam", "cn-northwest-1", false, false, "https://iam.cn-north-1.amazonaws.com.cn")]
    [InlineData("Organizations", "eu-west-1", false, false, "https://organizations.us-east-1.amazonaws.com")]
    [InlineData("Organizations", "cn-north-1", false, false, "https://organizations.cn-northwest-1.amazonaws.com.cn")]
    public void Host_names_are_those_of_aws(string service, string region, bool fips, bool dualStack, string url)
    {
        var model = (ServiceModel)typeof(ServiceModels).GetProperty(service)!.GetValue(null)!;
        var endpoint = new ServiceEndpoints(model).ResolveEndpoint(new EndpointParameters
        {
            [ServiceEndpoints.Region] = region,
            [ServiceEndpoints.Fips] = fips,
            [ServiceEndpoints.DualStack] = dualStack,
        });
        Assert.Equal(url, endpoint.URL);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_CLOUDTRAIL")]
    public async Task The_environment_may_name_an_endpoint(string variable)
    {
        using var aws = new FakeAws(_ => Answer.Json("""{"IsLogging":true}"""));
        using var scope = new EnvironmentScope((variable, aws.Url));
        using var session = await OpenAsync(null);
        await session.Trails.GetStatusAsync("us-west-2", "x", TestContext.Current.CancellationToken);
        Signature.Check(aws.Single, "AKIA", "s", "us-west-2", "cloudtrail");
    }

    [Fact]
    public async Task A_service_of_two_words_has_an_underscore()
    {
        using var aws = new FakeAws(_ => Answer.Json("""{"logGroups":[]}"""));
        using var scope = new EnvironmentScope(("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", aws.Url));
        using var session = await OpenAsync(null);
        await session.LogGroups.FindAsync("arn:aws:logs:us-west-2:111122223333:log-group:ct:*", TestContext.Current.CancellationToken);
        Assert.Equal("""{"logGroupNamePrefix":"ct"}""", aws.Single.Text);
        Signature.Check(aws.Single, "AKIA", "s", "us-west-2", "logs");
    }

    [Fact]
    public async Task A_service_s_own_variable_goes_before_the_general_one_and_the_option_before_both()
    {
        using var general = new FakeAws(_ => Answer.Json("""{"IsLogging":true}"""));
        using var own = new FakeAws(_ => Answer.Json("""{"IsLogging":true}"""));
        using var given = new FakeAws(_ => Answer.Json("""{"IsLogging":true}"""));
        using var scope = new EnvironmentScope(("AWS_ENDPOINT_URL", general.Url), ("AWS_ENDPOINT_URL_CLOUDTRAIL", own.Url));
        using (var session = await OpenAsync(null))
        {
            await session.Trails.GetStatusAsync("us-west-2", "x", TestContext.Current.CancellationToken);
        }

        using (var session = await OpenAsync(given.Url))
        {
            await session.Trails.GetStatusAsync("us-west-2", "x", TestContext.Current.CancellationToken);
        }

        Assert.Equal((0, 1, 1), (general.Requests.Count, own.Requests.Count, given.Requests.Count));
    }

    [Fact]
    public async Task S3_is_asked_by_path_at_an_endpoint_of_one_s_own()
    {
        using var aws = new FakeAws(_ => Answer.Xml(string.Empty));
        using var scope = new EnvironmentScope(("AWS_ENDPOINT_URL_S3", aws.Url));
        using var session = await OpenAsync(null);
        await session.Buckets.FindAsync("amzn-s3-demo-bucket", TestContext.Current.CancellationToken);
        Assert.Equal("/amzn-s3-demo-bucket", aws.Single.Path.TrimEnd('/'));
        Signature.Check(aws.Single, "AKIA", "s", "us-east-1", "s3");
    }

    [Theory]
    [InlineData("localhost:4566")]
    [InlineData("ftp://localhost")]
    [InlineData("nonsense")]
    public async Task What_is_no_url_is_refused(string url)
    {
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => OpenAsync(url));
        Assert.Equal("InvalidEndpointUrl", exception.Code);
    }

    private static Task<AwsSession> OpenAsync(string? url)
        => AwsSession.OpenAsync(new() { AccessKey = "AKIA", SecretKey = "s", Region = "us-east-1", EndpointUrl = url }, TestContext.Current.CancellationToken);
}
