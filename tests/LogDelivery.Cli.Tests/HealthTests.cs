using LogDelivery.Sandbox;
using Xunit;

namespace LogDelivery.Cli.Tests;

/// <summary>The health of trails, asked of a sandbox as it would be asked of AWS.</summary>
public sealed class HealthTests
{
    static HealthTests()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "sandbox");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "sandbox");
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
    }

    [Fact]
    public void A_trail_that_delivers_is_healthy_and_exits_with_0()
    {
        var run = Health("healthy.json");
        Assert.True(run.ExitCode == ExitCode.Ok, run.Output + run.Error);
        Assert.StartsWith("Healthy ", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 not delivering", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("renamed-trail.json", "LD0003")]
    [InlineData("disabled-key.json", "LD0043")]
    public void A_trail_that_does_not_exits_with_1_and_names_the_cause(string scenario, string finding)
    {
        var run = Health(scenario, "--output", "json");
        Assert.True(run.ExitCode == ExitCode.Wrong, run.Output + run.Error);
        var health = Assert.Single(run.JsonLines);
        Assert.Equal("Failing", health.GetProperty("State").GetString());
        Assert.Contains(health.GetProperty("Cause").EnumerateArray(), c => c.GetProperty("Id").GetString() == finding);
    }

    [Fact]
    public void A_trail_that_is_not_there_exits_with_3_and_is_named()
    {
        var run = Health("healthy.json", "--trail", "nobody");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.Contains("nobody", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_that_nobody_answers_exits_with_3()
    {
        string url;
        using (var server = SandboxServer.Start(new SandboxOptions()))
        {
            url = server.Endpoint.AbsoluteUri;
        }

        var run = CliRun.Of("health", "--endpoint-url", url);
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }

    private static CliRun Health(string scenario, params string[] more)
    {
        using var server = SandboxServer.Start(new SandboxOptions { Scenario = File.ReadAllText(CliRun.Sample(Path.Combine("scenarios", scenario))) });
        return CliRun.Of(["health", "--endpoint-url", server.Endpoint.AbsoluteUri, .. more]);
    }
}
