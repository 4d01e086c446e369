using System.Text.Json.Nodes;
using LogDelivery.Sandbox;
using Xunit;

namespace LogDelivery.Cli.Tests;

/// <summary>The links of a stream, asked of a sandbox as they would be asked of AWS.</summary>
public sealed class TestStreamTests
{
    private const string Group = "/aws/cloudtrail/management-event";

    static TestStreamTests()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "sandbox");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "sandbox");
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
    }

    [Theory]
    [InlineData("--stream", "console-login")]
    [InlineData("--stream", "arn:aws:firehose:us-east-1:111122223333:deliverystream/console-login")]
    [InlineData("--stream", "console-login", "--log-group", Group)]
    [InlineData("--log-group", Group)]
    public void A_broken_link_exits_with_1_and_is_named(params string[] arguments)
    {
        using var server = Start();
        var run = CliRun.Of(["test-stream", .. arguments, "--endpoint-url", server.Endpoint.AbsoluteUri, "--output", "json"]);
        Assert.True(run.ExitCode == ExitCode.Wrong, run.Output + run.Error);
        var broken = Assert.Single(run.JsonLines, r => r.GetProperty("State").GetString() == "Broken");
        Assert.Equal("KeyPermission", broken.GetProperty("Link").GetString());
        Assert.Equal("console-login", broken.GetProperty("DeliveryStreamName").GetString());
        Assert.Contains("kms:GenerateDataKey", broken.GetProperty("Remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_every_link_and_the_remedy()
    {
        using var server = Start();
        var run = CliRun.Of("test-stream", "--stream", "console-login", "--endpoint-url", server.Endpoint.AbsoluteUri);
        Assert.Contains("Broken   KeyPermission", run.Output, StringComparison.Ordinal);
        Assert.Contains("LD0115", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 broken", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_not_be_read_exits_with_3()
    {
        using var server = Start(steps: 2);
        Assert.Equal(ExitCode.Ok, CliRun.Of("test-stream", "--stream", "console-login", "--endpoint-url", server.Endpoint.AbsoluteUri).ExitCode);
        server.SetFaults("""{"rules":[{"operation":"GetRole","deny":true}]}""");
        var run = CliRun.Of("test-stream", "--stream", "console-login", "--endpoint-url", server.Endpoint.AbsoluteUri, "--output", "json");
        Assert.True(run.ExitCode == ExitCode.Unknown, run.Output + run.Error);
        Assert.Contains(run.JsonLines, r => r.GetProperty("MissingPermissions").EnumerateArray().Any(p => p.GetString() == "iam:GetRole"));
    }

    [Fact]
    public void A_group_that_sends_nowhere_exits_with_1()
    {
        using var server = Start();
        var run = CliRun.Of("test-stream", "--log-group", "/aws/kinesisfirehose/console-login", "--endpoint-url", server.Endpoint.AbsoluteUri);
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Contains("no subscription filter", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_stream_nor_group_is_wrong_usage()
        => Assert.Equal(ExitCode.Usage, CliRun.Of("test-stream").ExitCode);

    /// <summary>The sample: after two steps a login has arrived, and then the role's policy is broken.</summary>
    private static SandboxServer Start(int steps = int.MaxValue)
    {
        var scenario = JsonNode.Parse(File.ReadAllText(CliRun.Sample(Path.Combine("scenarios", "login-stream.json"))))!;
        scenario["steps"] = new JsonArray([.. scenario["steps"]!.AsArray().Take(steps).Select(s => s!.DeepClone())]);
        return SandboxServer.Start(new SandboxOptions { Scenario = scenario.ToJsonString() });
    }
}
