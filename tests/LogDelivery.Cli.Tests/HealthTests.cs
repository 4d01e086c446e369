using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
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
    public void A_new_trail_that_is_refused_exits_with_1_and_one_that_waits_with_3()
    {
        const string Scenario = """{"minutesAgo":1,"buckets":[{"name":"amzn-s3-demo-bucket","policy":POLICY}],"trails":[{"name":"management","bucket":"amzn-s3-demo-bucket"}]}""";
        const string Allowing = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:*","Resource":["arn:aws:s3:::amzn-s3-demo-bucket","arn:aws:s3:::amzn-s3-demo-bucket/*"]}]}""";
        int Run(string policy)
        {
            using var server = SandboxServer.Start(new SandboxOptions { Scenario = Scenario.Replace("POLICY", policy, StringComparison.Ordinal) });
            return CliRun.Of("health", "--endpoint-url", server.Endpoint.AbsoluteUri).ExitCode;
        }

        Assert.Equal(ExitCode.Unknown, Run(Allowing));
        Assert.Equal(ExitCode.Wrong, Run("null"));
    }

    [Fact]
    public async Task Being_ended_while_AWS_is_waited_for_ends_at_once_and_without_a_word()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are of Unix.");
        using var server = SandboxServer.Start(new SandboxOptions());
        server.SetFaults("""{"latencyMs":600000}""");
        var start = new ProcessStartInfo(DotNetHost.Path, [typeof(CommandLine).Assembly.Location, "health", "--endpoint-url", server.Endpoint.AbsoluteUri]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await WaitForCallAsync(server);
        Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Contains(process.ExitCode, (int[])[ExitCode.Interrupted, 128 + 15]);
    }

    [Fact]
    public void An_endpoint_that_nobody_answers_exits_with_3()
    {
        // A port that is held and not listened at: one that was merely free could become another test's.
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var run = CliRun.Of("health", "--endpoint-url", $"http://{held.LocalEndPoint}");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("86401")]
    [InlineData("1e300")]
    [InlineData("NaN")]
    public void A_time_that_no_call_can_have_is_refused(string seconds)
    {
        var run = CliRun.Of("health", "--call-timeout", seconds);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith("--call-timeout: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_ends_after_its_time_and_is_told_with_verbose()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var run = CliRun.Of("health", "--region", "us-east-1", "--endpoint-url", $"http://{silent.LocalEndpoint}", "--call-timeout", "0.5", "--verbose");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.Contains("no answer in time", run.Error, StringComparison.Ordinal);
        Assert.Contains("cloudtrail:DescribeTrails in us-east-1", run.Error, StringComparison.Ordinal);
    }

    private static async Task WaitForCallAsync(SandboxServer server)
    {
        // A call shows in the sandbox's state when it is served, which this one never is; its connection shows before.
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Any(c => c.LocalEndPoint.Port == server.Endpoint.Port && c.State == TcpState.Established))
        {
            Assert.True(DateTime.UtcNow < deadline, "The sandbox was not asked.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static CliRun Health(string scenario, params string[] more)
    {
        using var server = SandboxServer.Start(new SandboxOptions { Scenario = File.ReadAllText(CliRun.Sample(Path.Combine("scenarios", scenario))) });
        return CliRun.Of(["health", "--endpoint-url", server.Endpoint.AbsoluteUri, .. more]);
    }
}
