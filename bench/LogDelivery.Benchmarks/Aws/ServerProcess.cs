using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LogDelivery.Sandbox;

namespace LogDelivery.Benchmarks.Aws;

/// <summary>A sandbox in a process of its own, so that its memory and its garbage are not those of who is measured.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;
    private readonly HttpClient http;

    private ServerProcess(Process process, Uri endpoint, string? token)
    {
        this.process = process;
        Endpoint = endpoint;
        http = new HttpClient { BaseAddress = endpoint };
        http.DefaultRequestHeaders.Add("X-Sandbox-Token", token ?? string.Empty);
    }

    /// <summary>The argument for a server that answers nothing.</summary>
    public const string Empty = "serve-nothing";

    public Uri Endpoint { get; }

    public static async Task<ServerProcess> StartAsync(string what = "serve")
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath)!.Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        }

        start.ArgumentList.Add(what);
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) ?? throw new InvalidOperationException("The sandbox did not start.");
        var parts = line.Split(' ');
        return new ServerProcess(process, new Uri(parts[0]), parts.ElementAtOrDefault(1));
    }

    /// <summary>The other side: serves until standard input ends, as it does when the parent is gone.</summary>
    public static async Task ServeAsync()
    {
        using var server = SandboxServer.Start();
        Console.WriteLine($"{server.Endpoint} {server.ControlToken}");
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
        }
    }

    /// <summary>The other side of <see cref="Empty"/>.</summary>
    public static async Task ServeNothingAsync()
    {
        using var listener = new HttpListener();
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var endpoint = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndPoint!).Port}/";
        probe.Close();
        listener.Prefixes.Add(endpoint);
        listener.Start();
        Console.WriteLine(endpoint);
        _ = Task.Run(async () =>
        {
            while (true)
            {
                var context = await listener.GetContextAsync().ConfigureAwait(false);
                await context.Request.InputStream.CopyToAsync(Stream.Null).ConfigureAwait(false);
                context.Response.ContentLength64 = 0;
                context.Response.Close();
            }
        });
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
        }
    }

    public async Task PostAsync(string name, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"_sandbox/{name}", UriKind.Relative), body).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync().ConfigureAwait(false));
        }
    }

    public void Dispose()
    {
        http.Dispose();
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
