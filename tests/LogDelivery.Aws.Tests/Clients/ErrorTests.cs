using LogDelivery.Aws.Tests.Support;
using LogDelivery.Gateways;
using Xunit;

namespace LogDelivery.Aws.Tests.Clients;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("AccessDeniedException", AwsErrorKind.AccessDenied)]
    [InlineData("UnauthorizedOperation", AwsErrorKind.AccessDenied)]
    [InlineData("AuthorizationError", AwsErrorKind.AccessDenied)]
    [InlineData("TrailNotFoundException", AwsErrorKind.NotFound)]
    [InlineData("NotFoundException", AwsErrorKind.NotFound)]
    [InlineData("NoSuchEntity", AwsErrorKind.NotFound)]
    [InlineData("AWSOrganizationsNotInUseException", AwsErrorKind.NotFound)]
    [InlineData("ExpiredTokenException", AwsErrorKind.Authentication)]
    [InlineData("UnrecognizedClientException", AwsErrorKind.Authentication)]
    [InlineData("InvalidClientTokenId", AwsErrorKind.Authentication)]
    [InlineData("InvalidSignatureException", AwsErrorKind.Authentication)]
    [InlineData("SignatureDoesNotMatch", AwsErrorKind.Authentication)]
    [InlineData("MissingAuthenticationTokenException", AwsErrorKind.Authentication)]
    [InlineData("CloudTrailARNInvalidException", AwsErrorKind.Invalid)]
    [InlineData("ValidationException", AwsErrorKind.Invalid)]
    [InlineData("MalformedPolicyDocumentException", AwsErrorKind.Invalid)]
    [InlineData("SomethingElse", AwsErrorKind.Invalid)]
    public async Task The_code_of_a_service_tells_the_kind(string code, object kind)
    {
        using var aws = new FakeAws(_ => Answer.JsonError(code, "the reason"));
        using var session = await Given.SessionAsync(aws);
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken));
        Assert.Equal((AwsErrorKind)kind, exception.Kind);
        Assert.Equal(code, exception.Code);
        Assert.Equal("cloudtrail:GetTrailStatus", exception.Operation);
        Assert.Equal("11111111-2222-3333-4444-555555555555", exception.RequestId);
        Assert.Equal(Given.Region, exception.Region);
        Assert.Contains("the reason", exception.Message, StringComparison.Ordinal);
        Assert.Equal((AwsErrorKind)kind == AwsErrorKind.AccessDenied ? "cloudtrail:GetTrailStatus" : null, exception.MissingPermission);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_service_that_fails_is_unavailable(int status)
    {
        using var aws = new FakeAws(_ => Answer.Json("oops", status));
        using var session = await Given.SessionAsync(aws, Given.Options(aws) with { MaxAttempts = 1 });
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken));
        Assert.Equal(AwsErrorKind.Unavailable, exception.Kind);
    }

    [Fact]
    public async Task Nobody_listening_is_unavailable()
    {
        string url;
        using (var aws = new FakeAws(_ => Answer.Json("{}")))
        {
            url = aws.Url;
        }

        using var session = await AwsSession.OpenAsync(
            new() { AccessKey = Given.AccessKey, SecretKey = Given.SecretKey, Region = Given.Region, EndpointUrl = url, MaxAttempts = 1 }, TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken));
        Assert.Equal(AwsErrorKind.Unavailable, exception.Kind);
        Assert.Equal("NoConnection", exception.Code);
    }

    [Theory]
    [InlineData("<html><body>A proxy says hello.</body></html>")]
    [InlineData("[1,2")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{}")]
    public async Task An_answer_that_is_not_aws_s_is_an_error(string body)
    {
        using var aws = new FakeAws(_ => Answer.Json(body));
        using var session = await Given.SessionAsync(aws, Given.Options(aws) with { MaxAttempts = 1 });
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken));
        Assert.Equal(AwsErrorKind.Unavailable, exception.Kind);
        Assert.Equal("UnreadableAnswer", exception.Code);
    }

    [Fact]
    public async Task A_query_service_s_error_is_read_from_its_document()
    {
        using var aws = new FakeAws(_ => Answer.QueryError("AuthorizationError", "not yours", 403));
        using var session = await Given.SessionAsync(aws);
        var answer = await session.Topics.GetPolicyAsync("arn:aws:sns:us-east-1:111122223333:t", TestContext.Current.CancellationToken);
        Assert.True(answer.IsUnreadable);
        Assert.Equal("sns:GetTopicAttributes", answer.MissingPermission);
        Assert.Contains("not yours", answer.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EC2_s_errors_are_read_from_their_own_document()
    {
        using var aws = new FakeAws(_ => Answer.Xml("<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>not yours</Message></Error></Errors><RequestID>r-1</RequestID></Response>", 403));
        using var session = await Given.SessionAsync(aws);
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => session.Account.GetEnabledRegionsAsync(TestContext.Current.CancellationToken));
        Assert.Equal(AwsErrorKind.AccessDenied, exception.Kind);
        Assert.Equal("ec2:DescribeRegions", exception.MissingPermission);
    }

    [Fact]
    public async Task No_secret_is_in_any_text()
    {
        using var aws = new FakeAws(_ => Answer.JsonError("AccessDeniedException"));
        var trace = new List<string>();
        var options = Given.Options(aws) with { SessionToken = "a-session-token", Trace = trace.Add };
        using var session = await AwsSession.OpenAsync(options, TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken));
        var text = string.Join('\n', trace.Append(exception.ToString()).Append(options.ToString()).Append(session.ToString()));
        Assert.Contains("cloudtrail:GetTrailStatus in eu-central-1", trace);
        Assert.DoesNotContain(Given.SecretKey, text, StringComparison.Ordinal);
        Assert.DoesNotContain("a-session-token", text, StringComparison.Ordinal);
    }
}
