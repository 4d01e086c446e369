using System.Net.Sockets;
using System.Text;
using Xunit;

namespace LogDelivery.Sandbox.Tests;

public sealed class ServerTests
{
    public static TheoryData<string> Scenarios => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "scenarios"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_sample_scenario_ends_as_it_says(string name)
    {
        using var server = SandboxServer.Start(new SandboxOptions { Scenario = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "scenarios", $"{name}.json")) });
        var state = System.Text.Json.Nodes.JsonNode.Parse(server.GetState())!;
        var errors = state["trails"]!.AsArray().SelectMany(t => t!["legs"]!.AsArray()).Select(l => l!["logFiles"]!)
            .Concat(state["flowLogs"]!.AsArray().Select(f => f!["logFiles"]!))
            .Concat(state["streams"]!.AsArray().Select(s => s!))
            .Select(q => (string?)q["error"]).Distinct().ToArray();
        Assert.Equal([name switch { "healthy" or "watched-bucket" => null, "disabled-key" => "KMS.DisabledException", _ => "AccessDenied" }], errors);
        Assert.InRange(server.Now, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(2));
    }

    [Fact]
    public void A_stopped_sandbox_frees_its_port()
    {
        var first = SandboxServer.Start();
        var port = first.Endpoint.Port;
        Assert.Throws<SocketException>(() => SandboxServer.Start(new SandboxOptions { Port = port }));
        first.Stop();
        using var second = SandboxServer.Start(new SandboxOptions { Port = port });
        Assert.Equal(port, second.Endpoint.Port);
    }

    [Fact]
    public void Its_members_steer_it_as_requests_do()
    {
        using var server = SandboxServer.Start(new SandboxOptions { StartTime = RunningSandbox.Start });
        server.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(RunningSandbox.Start.AddMinutes(30), server.Now);
        server.LoadScenario("""{"buckets":[{"name":"amzn-s3-demo-bucket"}]}""");
        server.AddDelivery("""{"source":"AlbAccessLogs","bucket":"amzn-s3-demo-bucket","name":"alb"}""");
        server.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("\"error\":\"AccessDenied\"", server.GetState(), StringComparison.Ordinal);
        Assert.Throws<ScenarioException>(() => server.SetFaults("[]"));
        Assert.Throws<ScenarioException>(() => server.LoadScenario("""{"unknown":1}"""));
        Assert.Throws<ArgumentOutOfRangeException>(() => server.Advance(TimeSpan.FromMinutes(-1)));
        server.Reset();
        Assert.DoesNotContain("amzn-s3-demo-bucket", server.GetState(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("GET / HTTP/2.0\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("PUT /b/k HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", "HTTP/1.1 413")]
    [InlineData("PUT /b/k HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 400")]
    [InlineData("GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 200")]
    [InlineData("GET http://127.0.0.1/ HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 200")]
    [InlineData("GET /amzn-s3-demo-nowhere?x=%zz&%=% HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 404")]
    [InlineData("POST / HTTP/1.1\r\nConnection: close\r\nX-Amz-Target: com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.ListTrails\r\nContent-Length: 3\r\n\r\n[1]", "SerializationException")]
    [InlineData("POST / HTTP/1.1\r\nConnection: close\r\nX-Amz-Target: com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.PutEventSelectors\r\nContent-Length: 29\r\n\r\n{\"TrailName\":{\"a\":[1,2,null]}", "SerializationException")]
    [InlineData("PUT /amzn-s3-demo-bucket HTTP/1.1\r\nConnection: close\r\nContent-Length: 4\r\n\r\n<not", "HTTP/1.1 400")]
    public async Task Whatever_is_sent_gets_an_answer_and_the_sandbox_goes_on(string request, string expected)
    {
        using var sandbox = new RunningSandbox();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", sandbox.Server.Endpoint.Port, RunningSandbox.Cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), RunningSandbox.Cancel);
        using var reader = new StreamReader(stream);
        Assert.Contains(expected, await reader.ReadToEndAsync(RunningSandbox.Cancel), StringComparison.Ordinal);
        (await sandbox.S3("GET", "/")).Ok();
    }

    [Fact]
    public async Task A_chunked_body_and_two_requests_in_one_piece_are_understood()
    {
        using var sandbox = new RunningSandbox();
        (await sandbox.S3("PUT", "/amzn-s3-demo-bucket")).Ok();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", sandbox.Server.Endpoint.Port, RunningSandbox.Cancel);
        var stream = client.GetStream();
        await stream.WriteAsync("PUT /amzn-s3-demo-bucket/k HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: x\r\n\r\nGET /amzn-s3-demo-bucket/k HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"u8.ToArray(), RunningSandbox.Cancel);
        using var reader = new StreamReader(stream);
        var answers = await reader.ReadToEndAsync(RunningSandbox.Cancel);
        Assert.StartsWith("HTTP/1.1 100 Continue", answers, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhello!", answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_callers_at_once_each_get_their_own_answer()
    {
        using var sandbox = new RunningSandbox();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async i =>
        {
            var bucket = $"amzn-s3-demo-{i}";
            (await sandbox.S3("PUT", $"/{bucket}")).Ok();
            for (var round = 0; round < 10; round++)
            {
                (await sandbox.S3("PUT", $"/{bucket}/k", $"{i}/{round}")).Ok();
                Assert.Equal($"{i}/{round}", Encoding.UTF8.GetString(await sandbox.Object("k", bucket)));
                await sandbox.Advance(5);
            }
        }));
        Assert.Equal(RunningSandbox.Start.AddMinutes(32 * 10 * 5), sandbox.Server.Now);
    }
}
