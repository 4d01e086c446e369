using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LogDelivery.Sandbox.Http;

/// <summary>
/// The HTTP side: a small HTTP/1.1 server on sockets. Not HttpListener, which can neither cut a connection without an answer
/// nor take a host name that does not resolve (a bucket's, in virtual-host style), and which needs a reservation on Windows.
/// </summary>
internal sealed class HttpFront : IDisposable
{
    private const int Backlog = 512;

    private readonly IRequestHandler handler;
    private readonly Socket listener;
    private readonly ConcurrentDictionary<Socket, bool> open = [];
    private volatile bool isStopped;

    private HttpFront(IRequestHandler handler, Socket listener)
    {
        this.handler = handler;
        this.listener = listener;
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public static HttpFront Start(IRequestHandler handler, int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            listener.Listen(Backlog);
        }
        catch (SocketException)
        {
            listener.Dispose();
            throw;
        }

        var front = new HttpFront(handler, listener);
        _ = Task.Run(front.AcceptAsync);
        return front;
    }

    public void Dispose()
    {
        isStopped = true;
        listener.Dispose();
        foreach (var socket in open.Keys)
        {
            socket.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        while (!isStopped)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                if (isStopped)
                {
                    return;
                }

                // A caller that was gone before it was accepted, or too many of them.
                await Task.Delay(1).ConfigureAwait(false);
                continue;
            }

            _ = Task.Run(() => ServeAsync(socket));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        open.TryAdd(socket, true);
        try
        {
            socket.NoDelay = true;
            if (!isStopped)
            {
                await new HttpConnection(socket, handler).RunAsync().ConfigureAwait(false);
            }
        }
        catch (CutConnectionException)
        {
            // Closing without lingering resets the connection, as a broken network does.
            socket.Close(0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // The caller disconnected, or the sandbox is stopping: no response can be sent.
        }
        finally
        {
            open.TryRemove(socket, out _);
            socket.Dispose();
        }
    }
}
