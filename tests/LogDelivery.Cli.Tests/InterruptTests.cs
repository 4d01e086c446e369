using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace LogDelivery.Cli.Tests;

/// <summary>Ctrl+C ends every command, whatever it is waiting for: AWS, standard input, a long comparison.</summary>
public sealed class InterruptTests
{
    // The limit is a second; a machine that others use, too, may take longer. Not to end at all would take minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly string[] Delivery = ["--source", "CloudTrail", "--bucket", "amzn-s3-demo-bucket", "--account", "111122223333", "--region", "us-east-1"];

    public static TheoryData<string[]> WaitingForAws => new(
        ["health"],
        ["test-stream", "--stream", "s"],
        ["failures", "s3://amzn-s3-demo-bucket/logs"],
        ["access", "s3://amzn-s3-demo-bucket/logs"],
        ["signatures", "s3://amzn-s3-demo-bucket/logs"],
        ["destinations", "s3://amzn-s3-demo-bucket/logs"],
        ["expand", "s3://amzn-s3-demo-bucket/logs"],
        ["match", "--pattern", "x", "s3://amzn-s3-demo-bucket/logs"],
        ["repair-policy", "--live", "--yes", .. Delivery]);

    public static TheoryData<string[]> WaitingForInput => new(
        ["failures", "-"],
        ["match", "--pattern", "x", "-"],
        ["match", "--pattern", "x", "--events", "-"],
        ["evaluate", "--policy", CliRun.Sample("renamed-trail.json"), "--requests", "-"],
        ["test-policy", "--policy", "-", .. Delivery],
        ["repair-policy", "--policy", "-", .. Delivery],
        ["compare-policy", CliRun.Sample("renamed-trail.json"), "-"]);

    [Theory]
    [MemberData(nameof(WaitingForAws))]
    public async Task While_AWS_does_not_answer(string[] args)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var asked = silent.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask();
        using var process = Start([.. args, "--endpoint-url", $"http://{silent.LocalEndpoint}"]);
        using var connection = await asked.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await Interrupt(process);
    }

    [Theory]
    [MemberData(nameof(WaitingForInput))]
    public async Task While_standard_input_brings_nothing(string[] args)
    {
        using var process = Start(args);

        // More than a pipe holds goes through only when somebody reads; white space means nothing to any of the readers.
        await process.StandardInput.WriteAsync(new string('\n', 200_000).AsMemory(), TestContext.Current.CancellationToken);
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await Interrupt(process);
    }

    private static Process Start(string[] args)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are of Unix.");
        var start = new ProcessStartInfo(DotNetHost.Path, [typeof(CommandLine).Assembly.Location, .. args])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "sandbox";
        start.Environment["AWS_REGION"] = "us-east-1";
        return Process.Start(start)!;
    }

    private static async Task Interrupt(Process process)
    {
        Assert.False(process.HasExited, "It ended before it was interrupted.");
        Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        finally
        {
            process.Kill();
        }

        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
    }
}
