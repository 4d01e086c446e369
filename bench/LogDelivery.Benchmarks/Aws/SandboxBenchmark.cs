using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LogDelivery.Benchmarks.Aws;

/// <summary>
/// How many requests one sandbox serves, and how soon after its start. The reference in the same run is the HttpListener of the
/// framework, which answers the same requests with nothing.
/// </summary>
internal static class SandboxBenchmark
{
    private const int Connections = 8;
    private const string Bucket = "amzn-s3-demo-bucket";

    private const int Rounds = 5;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync()
    {
        var starts = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            var watch = Stopwatch.StartNew();
            using var server = await ServerProcess.StartAsync().ConfigureAwait(false);
            await AskOnceAsync(server.Endpoint).ConfigureAwait(false);
            starts.Add(watch.Elapsed.TotalMilliseconds);
        }

        starts.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start of the process until the first answer: median {starts[3]:F0} ms (min {starts[0]:F0}, max {starts[^1]:F0}, n=7)"));
        using var sandbox = await ServerProcess.StartAsync().ConfigureAwait(false);
        using var empty = await ServerProcess.StartAsync(ServerProcess.Empty).ConfigureAwait(false);
        await MakeBucketAsync(sandbox.Endpoint).ConfigureAwait(false);
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var (ours, theirs) = (await MeasureAsync(sandbox.Endpoint).ConfigureAwait(false), await MeasureAsync(empty.Endpoint).ConfigureAwait(false));
            ratios.Add(ours / theirs);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"sandbox: {ours:N0} requests a second; HttpListener that answers nothing: {theirs:N0}; {Connections} connections, {Environment.ProcessorCount} cores shared with the client"));
        }

        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio: median {ratios[Rounds / 2]:F2} (min {ratios[0]:F2}, max {ratios[^1]:F2}, n={Rounds})"));
    }

    private static async Task MakeBucketAsync(Uri endpoint)
    {
        using var http = new HttpClient { BaseAddress = endpoint };
        using var bucket = new HttpRequestMessage(HttpMethod.Put, $"/{Bucket}");
        bucket.Headers.TryAddWithoutValidation("Authorization", Authorization("s3"));
        using var made = await http.SendAsync(bucket).ConfigureAwait(false);
        made.EnsureSuccessStatusCode();
    }

    private static async Task<double> MeasureAsync(Uri endpoint)
    {
        byte[][] requests = [DescribeTrails(endpoint), PutObject(endpoint), GetObject(endpoint), ListObjects(endpoint)];
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => RunAsync(endpoint, requests, WarmUp))).ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        var served = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => RunAsync(endpoint, requests, Duration))).ConfigureAwait(false);
        return served.Sum() / watch.Elapsed.TotalSeconds;
    }

    // Plain sockets: the client is to cost as little as it can on the cores that it shares with the server.
    private static async Task<long> RunAsync(Uri endpoint, byte[][] requests, TimeSpan duration)
    {
        var socket = await ConnectAsync(endpoint).ConfigureAwait(false);
        var buffer = new byte[64 * 1024];
        var watch = Stopwatch.StartNew();
        var count = 0L;
        while (watch.Elapsed < duration)
        {
            await socket.SendAsync(requests[count % requests.Length]).ConfigureAwait(false);
            if (!await ReadAnswerAsync(socket, buffer).ConfigureAwait(false))
            {
                socket.Dispose();
                socket = await ConnectAsync(endpoint).ConfigureAwait(false);
            }

            count++;
        }

        socket.Dispose();
        return count;
    }

    private static async Task<Socket> ConnectAsync(Uri endpoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, endpoint.Port).ConfigureAwait(false);
        return socket;
    }

    // Says whether the connection stays; HttpListener ends one after a hundred requests.
    private static async Task<bool> ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var have = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(have)).ConfigureAwait(false);
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            have += read;
            var head = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
            if (head < 0)
            {
                continue;
            }

            var text = Encoding.ASCII.GetString(buffer, 0, head);
            if (!text.StartsWith("HTTP/1.1 2", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(text);
            }

            if (have >= head + 4 + LengthIn(text))
            {
                return !text.Contains("Connection: close", StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    private static int LengthIn(string head)
    {
        const string Name = "content-length:";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(head[(at + Name.Length)..].Split('\r')[0], CultureInfo.InvariantCulture);
    }

    private static byte[] DescribeTrails(Uri endpoint)
        => Request(endpoint, "POST /", "cloudtrail", "{}", "Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails\r\n");

    private static byte[] PutObject(Uri endpoint) => Request(endpoint, $"PUT /{Bucket}/folder/object", "s3", "content");

    private static byte[] GetObject(Uri endpoint) => Request(endpoint, $"GET /{Bucket}/folder/object", "s3", string.Empty);

    private static byte[] ListObjects(Uri endpoint) => Request(endpoint, $"GET /{Bucket}?list-type=2&prefix=folder%2F", "s3", string.Empty);

    private static byte[] Request(Uri endpoint, string line, string service, string body, string headers = "")
        => Encoding.ASCII.GetBytes($"{line} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nAuthorization: {Authorization(service)}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");

    private static string Authorization(string service)
        => $"AWS4-HMAC-SHA256 Credential=sandbox/20260131/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0";

    private static async Task AskOnceAsync(Uri endpoint)
    {
        using var http = new HttpClient { BaseAddress = endpoint };
        using var answer = await http.GetAsync(new Uri("/", UriKind.Relative)).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }
}
