using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Web;

namespace LogDelivery.Aws.Tests.Support;

/// <summary>
/// An endpoint on loopback that keeps what it is asked and answers as a test says, one request a connection. On sockets, as
/// HttpListener asks for an administrator on Windows and cuts no connection everywhere.
/// </summary>
internal sealed class FakeAws : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<SeenRequest, Answer> answer;
    private readonly ConcurrentQueue<SeenRequest> requests = new();

    public FakeAws(Func<SeenRequest, Answer> answer)
    {
        this.answer = answer;
        listener.Start(512);
        Url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        _ = Task.Run(ServeAsync);
    }

    public string Url { get; }

    public IReadOnlyList<SeenRequest> Requests => [.. requests];

    public SeenRequest Single => Assert1(requests.Count == 1, requests.First());

    public void Dispose() => listener.Dispose();

    private static T Assert1<T>(bool condition, T value) => condition ? value : throw new InvalidOperationException("There is not exactly one request.");

    private async Task ServeAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(socket));
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (await ReadAsync(stream) is not { } request)
            {
                return;
            }

            requests.Enqueue(request);
            var reply = answer(request);
            await Task.Delay(reply.Delay);
            var body = Encoding.UTF8.GetBytes(reply.Body);
            var head = new StringBuilder($"HTTP/1.1 {reply.Status} Answer\r\nContent-Type: {reply.ContentType}\r\nContent-Length: {(reply.IsCut ? 1000 : body.Length)}\r\nConnection: close\r\n");
            foreach (var (name, value) in reply.Headers)
            {
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            }

            await stream.WriteAsync(Encoding.Latin1.GetBytes($"{head}\r\n"));
            if (reply.IsCut)
            {
                await stream.WriteAsync("{"u8.ToArray());
                socket.Close(0);
                return;
            }

            if (request.Method != "HEAD")
            {
                await stream.WriteAsync(body);
            }

            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // Whoever asked has gone.
        }
    }

    private static async Task<SeenRequest?> ReadAsync(NetworkStream stream)
    {
        var received = new MemoryStream();
        int end;
        while ((end = received.GetBuffer().AsSpan(0, (int)received.Length).IndexOf(HeadEnd)) < 0)
        {
            if (!await ReceiveAsync(stream, received))
            {
                return null;
            }
        }

        var lines = Encoding.Latin1.GetString(received.GetBuffer(), 0, end).Split("\r\n");
        var headers = lines[1..].Select(l => l.Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (headers.ContainsKey("Expect"))
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
        }

        var start = end + HeadEnd.Length;
        var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        while (received.Length < start + length)
        {
            if (!await ReceiveAsync(stream, received))
            {
                return null;
            }
        }

        var words = lines[0].Split(' ');
        return new(words[0], words[1], headers, received.GetBuffer()[start..(start + length)]);
    }

    private static async Task<bool> ReceiveAsync(NetworkStream stream, MemoryStream received)
    {
        var buffer = new byte[16 * 1024];
        var count = await stream.ReadAsync(buffer);
        received.Write(buffer, 0, count);
        return count > 0;
    }
}

/// <summary>A request that arrived.</summary>
internal sealed record SeenRequest(string Method, string RawUrl, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Path => RawUrl.Split('?')[0];

    public string Query => RawUrl.Contains('?', StringComparison.Ordinal) ? RawUrl[(RawUrl.IndexOf('?', StringComparison.Ordinal) + 1)..] : string.Empty;

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public IReadOnlyDictionary<string, string> Form
    {
        get
        {
            var values = HttpUtility.ParseQueryString(Text);
            return values.AllKeys.OfType<string>().ToDictionary(k => k, k => values[k]!);
        }
    }

    /// <summary>The operation: the last part of the target, or the form's action.</summary>
    public string Operation => Headers.TryGetValue("X-Amz-Target", out var target) ? target[(target.LastIndexOf('.') + 1)..] : Form.GetValueOrDefault("Action", Method);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public override string ToString() => $"{Method} {RawUrl} {Text}";
}

/// <summary>What the endpoint answers.</summary>
internal sealed record Answer(int Status, string Body, string ContentType)
{
    public Dictionary<string, string> Headers { get; init; } = new() { ["x-amzn-RequestId"] = "11111111-2222-3333-4444-555555555555" };

    public TimeSpan Delay { get; init; }

    public bool IsCut { get; init; }

    public static Answer Json(string body, int status = 200) => new(status, body, "application/x-amz-json-1.1");

    public static Answer JsonError(string code, string message = "no", int status = 400)
        => Json($$"""{"__type":"com.amazonaws.service#{{code}}","message":"{{message}}"}""", status);

    public static Answer Xml(string body, int status = 200) => new(status, body, "text/xml");

    public static Answer QueryError(string code, string message = "no", int status = 400)
        => Xml($"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>", status);

    public static Answer S3Error(string code, int status, string? region = null)
    {
        var answer = new Answer(status, $"""<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>no</Message><RequestId>r-1</RequestId></Error>""", "application/xml");
        if (region is not null)
        {
            answer.Headers["x-amz-bucket-region"] = region;
        }

        return answer;
    }
}
