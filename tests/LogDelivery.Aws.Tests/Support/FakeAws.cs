using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Web;

namespace LogDelivery.Aws.Tests.Support;

/// <summary>An endpoint on loopback that keeps what it is asked and answers as a test says.</summary>
internal sealed class FakeAws : IDisposable
{
    private readonly HttpListener listener;
    private readonly Func<SeenRequest, Answer> answer;
    private readonly ConcurrentQueue<SeenRequest> requests = new();

    public FakeAws(Func<SeenRequest, Answer> answer)
    {
        this.answer = answer;
        (listener, Url) = Listen();
        _ = Task.Run(ServeAsync);
    }

    public string Url { get; }

    public IReadOnlyList<SeenRequest> Requests => [.. requests];

    public SeenRequest Single => Assert1(requests.Count == 1, requests.First());

    public void Dispose() => listener.Close();

    private static T Assert1<T>(bool condition, T value) => condition ? value : throw new InvalidOperationException("There is not exactly one request.");

    private static (HttpListener Listener, string Url) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            probe.Stop();
            var listener = new HttpListener { Prefixes = { url } };
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var request = new SeenRequest(
                context.Request.HttpMethod,
                context.Request.RawUrl!,
                context.Request.Headers.AllKeys.ToDictionary(k => k!, k => context.Request.Headers[k]!, StringComparer.OrdinalIgnoreCase),
                body.ToArray());
            requests.Enqueue(request);
            var reply = answer(request);
            await Task.Delay(reply.Delay);
            if (reply.IsCut)
            {
                context.Response.ContentLength64 = 1000;
                await context.Response.OutputStream.WriteAsync("{"u8.ToArray());
                await context.Response.OutputStream.FlushAsync();
                context.Response.Abort();
                return;
            }

            context.Response.StatusCode = reply.Status;
            context.Response.ContentType = reply.ContentType;
            foreach (var (name, value) in reply.Headers)
            {
                context.Response.Headers[name] = value;
            }

            var bytes = Encoding.UTF8.GetBytes(reply.Body);
            if (request.Method != "HEAD")
            {
                context.Response.ContentLength64 = bytes.Length;
                await context.Response.OutputStream.WriteAsync(bytes);
            }

            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
        {
            // Whoever asked has gone.
        }
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
