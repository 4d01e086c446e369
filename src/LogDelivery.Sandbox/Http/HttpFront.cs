using System.Globalization;
using System.Net;

namespace LogDelivery.Sandbox.Http;

/// <summary>The HTTP side: takes requests from the listener and writes the answers.</summary>
internal sealed class HttpFront : IDisposable
{
    private const int Accepting = 4;
    private const int MaxBodyBytes = 64 * 1024 * 1024;

    private readonly HttpListener listener;
    private readonly SandboxHost host;

    private HttpFront(SandboxHost host, HttpListener listener, int port)
    {
        this.host = host;
        this.listener = listener;
        Port = port;
    }

    public int Port { get; }

    public static HttpFront Start(SandboxHost host, int port)
    {
        var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Prefixes.Add($"http://localhost:{port}/");
        try
        {
            listener.Start();
        }
        catch (HttpListenerException)
        {
            listener.Close();
            throw;
        }

        var front = new HttpFront(host, listener, port);
        for (var i = 0; i < Accepting; i++)
        {
            _ = Task.Run(front.AcceptAsync);
        }

        return front;
    }

    public void Dispose() => listener.Close();

    private async Task AcceptAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _ = Task.Run(() => ServeAsync(context));
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            var request = await ReadAsync(context.Request).ConfigureAwait(false);
            var response = request is null ? new ApiResponse(413) : await host.ServeAsync(request).ConfigureAwait(false);
            await WriteAsync(context.Response, response, request?.Method == "HEAD").ConfigureAwait(false);
        }
        catch (CutConnectionException)
        {
            context.Response.Abort();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException or ProtocolViolationException)
        {
            // The caller went away, or the sandbox is stopping: there is nobody left to tell.
            context.Response.Abort();
        }
    }

    private async Task<ApiRequest?> ReadAsync(HttpListenerRequest incoming)
    {
        var raw = incoming.RawUrl ?? "/";
        var question = raw.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? string.Empty : raw[(question + 1)..];
        var parameters = QueryText.Parse(query, plusIsSpace: false);
        byte[] body = [];
        if (incoming.HasEntityBody)
        {
            if (incoming.ContentLength64 > MaxBodyBytes)
            {
                return null;
            }

            using var buffer = new MemoryStream(incoming.ContentLength64 > 0 ? (int)incoming.ContentLength64 : 0);
            await incoming.InputStream.CopyToAsync(buffer).ConfigureAwait(false);
            body = buffer.ToArray();
        }

        var signature = SignatureHeader.Parse(incoming.Headers["Authorization"], parameters);
        return new ApiRequest
        {
            Method = incoming.HttpMethod,
            RawPath = question < 0 ? raw : raw[..question],
            RawQuery = query,
            Host = incoming.UserHostName ?? string.Empty,
            Headers = incoming.Headers,
            Body = body,
            Id = host.NextRequestId(),
            Query = parameters,
            Signature = signature,
            Region = signature?.Region ?? host.State.DefaultRegion,
            Caller = host.CallerOf(signature?.AccessKeyId),
        };
    }

    private async Task WriteAsync(HttpListenerResponse outgoing, ApiResponse response, bool isHead)
    {
        outgoing.StatusCode = response.Status;
        outgoing.Headers["Server"] = "LogDeliverySandbox";

        // The date is the simulated one: to its callers the sandbox is a cloud in which it is that late.
        outgoing.Headers["Date"] = host.State.Now.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        if (response.ContentType is not null)
        {
            outgoing.ContentType = response.ContentType;
        }

        foreach (var (name, value) in response.Headers)
        {
            outgoing.Headers[name] = value;
        }

        if (isHead)
        {
            outgoing.ContentLength64 = response.ContentLength ?? 0;
            outgoing.Close();
            return;
        }

        outgoing.ContentLength64 = response.Body.Length;
        if (response.Body.Length > 0)
        {
            await outgoing.OutputStream.WriteAsync(response.Body).ConfigureAwait(false);
        }

        outgoing.Close();
    }
}
