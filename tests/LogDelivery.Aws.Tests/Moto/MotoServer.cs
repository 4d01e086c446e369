using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace LogDelivery.Aws.Tests.Moto;

/// <summary>
/// An AWS that others wrote, on loopback. It has every service but delivers nothing and checks no bucket policy, so it shows
/// that our calls are understood and our readers understand, and no more.
/// </summary>
public sealed class MotoServer : IAsyncLifetime
{
    private Process? process;

    public string? Url { get; private set; }

    public async ValueTask InitializeAsync()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        try
        {
            process = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", $"{port}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return;
        }

        process!.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var url = $"http://127.0.0.1:{port}/";
        if (await AnswersAsync(url))
        {
            Url = url;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }
    }

    /// <summary>A session with an empty account, or the end of the test where there is no moto.</summary>
    internal async Task<AwsSession> OpenAsync(string region = "us-east-1")
    {
        Assert.SkipWhen(Url is null, "moto_server is not on the PATH, so there is no second AWS to try the calls on.");
        using var http = new HttpClient();
        await http.PostAsync(new Uri($"{Url}moto-api/reset"), null, TestContext.Current.CancellationToken);
        return await AwsSession.OpenAsync(
            new() { AccessKey = "AKIAIOSFODNN7EXAMPLE", SecretKey = "secret", Region = region, EndpointUrl = Url, MaxAttempts = 1 }, TestContext.Current.CancellationToken);
    }

    private async Task<bool> AnswersAsync(string url)
    {
        using var http = new HttpClient();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60) && !process!.HasExited; await Task.Delay(100))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"{url}moto-api/"));
                return true;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }

        return false;
    }
}
