using System.Net.Sockets;
using System.Text;
using Xunit;

namespace LogDelivery.Sandbox.Tests;

/// <summary>Who the sandbox listens to: programs of this machine, and for its control only who has the token.</summary>
public sealed class PrivacyTests
{
    private const string Form = "POST /_sandbox/reset HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n";

    [Theory]
    [InlineData(Form + "Host: 127.0.0.1:4566\r\nOrigin: https://evil.example\r\nX-Sandbox-Token: {token}", 403)]
    [InlineData(Form + "Host: 127.0.0.1:4566\r\nOrigin: null\r\nX-Sandbox-Token: {token}", 403)]
    [InlineData(Form + "Host: 127.0.0.1:4566\r\nOrigin: http://127.0.0.1:4567\r\nX-Sandbox-Token: {token}", 403)]
    [InlineData(Form + "Host: 127.0.0.1:4566\r\nSec-Fetch-Site: cross-site\r\nX-Sandbox-Token: {token}", 403)]
    [InlineData(Form + "Host: evil.example:4566\r\nX-Sandbox-Token: {token}", 403)]
    [InlineData(Form + "Host: 127.0.0.1.evil.example\r\nX-Sandbox-Token: {token}", 403)]
    [InlineData(Form + "Host: localhost, evil.example\r\nX-Sandbox-Token: {token}", 403)]
    [InlineData(Form + "Host: a.localhost\r\nX-Sandbox-Token: {token}", 403)]
    [InlineData(Form + "X-Sandbox-Token: {token}", 403)]
    [InlineData(Form + "Host: 127.0.0.1:4566", 403)]
    [InlineData(Form + "Host: 127.0.0.1:4566\r\nX-Sandbox-Token: ", 403)]
    [InlineData(Form + "Host: 127.0.0.1:4566\r\nX-Sandbox-Token: {token}0", 403)]
    [InlineData(Form + "Host: 127.0.0.1:4566\r\nX-Sandbox-Token: 00000000000000000000000000000000", 403)]
    [InlineData("GET /_sandbox/state HTTP/1.1\r\nHost: evil.example\r\nX-Sandbox-Token: {token}", 403)]
    [InlineData("GET /_sandbox/state?token={token} HTTP/1.1\r\nHost: 127.0.0.1", 403)]
    [InlineData("GET /_sandbox/ HTTP/1.1\r\nHost: 127.0.0.1", 403)]
    [InlineData("GET / HTTP/1.1\r\nHost: evil.example", 403)]
    [InlineData("POST /?Action=ListTopics HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://evil.example", 403)]
    [InlineData(Form + "Host: 127.0.0.1:4566\r\nX-Sandbox-Token: {token}", 200)]
    [InlineData(Form + "Host: LocalHost:4566\r\nOrigin: http://localhost:4566\r\nSec-Fetch-Site: same-origin\r\nX-Sandbox-Token: {token}", 200)]
    [InlineData("GET /_sandbox/state HTTP/1.1\r\nHost: [::1]:4566\r\nx-sandbox-token: {token}", 200)]
    [InlineData("GET / HTTP/1.1\r\nHost: s3.us-east-1.amazonaws.com", 200)]
    public async Task Web_pages_and_strangers_are_refused(string head, int expected)
    {
        using var sandbox = new RunningSandbox();
        (await sandbox.S3("PUT", "/amzn-s3-demo-kept")).Ok();
        var answer = await Ask(sandbox, $"{head.Replace("{token}", sandbox.Server.ControlToken, StringComparison.Ordinal)}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {expected} ", answer, StringComparison.Ordinal);
        var isReset = expected == 200 && head.StartsWith(Form, StringComparison.Ordinal);
        Assert.Equal(!isReset, sandbox.Server.GetState().Contains("amzn-s3-demo-kept", StringComparison.Ordinal));
        if (expected == 403)
        {
            Assert.DoesNotContain(sandbox.Server.ControlToken, answer, StringComparison.Ordinal);
            Assert.DoesNotContain("amzn-s3-demo-kept", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Each_sandbox_has_its_own_token()
    {
        using var one = SandboxServer.Start();
        using var other = SandboxServer.Start();
        Assert.NotEqual(one.ControlToken, other.ControlToken);
        Assert.DoesNotContain(one.ControlToken, one.GetState(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "400 Bad Request")]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", "400 Bad Request")]
    [InlineData("PUT /b/k HTTP/1.1\r\nContent-Length: 10\r\n\r\nshort", "400 Bad Request")]
    [InlineData("PUT /b/k HTTP/1.1\r\nContent-Length: ten\r\n\r\n", "400 Bad Request")]
    [InlineData("PUT /b/k HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "400 Bad Request")]
    [InlineData("PUT /b/k HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "400 Bad Request")]
    [InlineData("PUT /b/k HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "400 Bad Request")]
    [InlineData("PUT /b/k HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n", "400 Bad Request")]
    [InlineData("PUT /b/k HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", "400 Bad Request")]
    [InlineData("PUT /b/k HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n", "413 Content Too Large")]
    [InlineData("GET example.com HTTP/1.1\r\n\r\n", "400 Bad Request")]
    public async Task What_is_no_http_is_answered_and_the_answer_says_why(string request, string expected)
    {
        using var sandbox = new RunningSandbox();
        var answer = await Ask(sandbox, request);
        Assert.StartsWith($"HTTP/1.1 {expected}\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith(".\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_without_end_are_answered()
    {
        using var sandbox = new RunningSandbox();
        Assert.StartsWith("HTTP/1.1 400 ", await Ask(sandbox, $"GET / HTTP/1.1\r\nX: {new string('x', 300_000)}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/amzn-%1b%00-nowhere/key")]
    [InlineData("GET", "/amzn-%ef%bf%bf-nowhere?policy")]
    [InlineData("GET", "/amzn-%ed%a0%80-nowhere?policy")]
    public async Task Names_that_xml_cannot_hold_are_answered(string method, string target)
    {
        using var sandbox = new RunningSandbox();
        var answer = await Ask(sandbox, $"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("</Error>", answer, StringComparison.Ordinal);
    }

    private static async Task<string> Ask(RunningSandbox sandbox, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", sandbox.Server.Endpoint.Port, RunningSandbox.Cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), RunningSandbox.Cancel);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(RunningSandbox.Cancel);
    }
}
