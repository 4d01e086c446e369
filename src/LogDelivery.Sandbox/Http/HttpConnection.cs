using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LogDelivery.Sandbox.Http;

/// <summary>One connection: requests are read one after the other, and each is answered before the next is read.</summary>
internal sealed class HttpConnection(Socket socket, IRequestHandler handler)
{
    private const int MaxHeadBytes = 64 * 1024;
    private const int MaxBodyBytes = 64 * 1024 * 1024;
    private const int SmallBody = 32 * 1024;
    private const int MaxIgnoredBytes = 1024 * 1024;

    private static readonly TimeSpan IgnoredTime = TimeSpan.FromSeconds(2);

    private static readonly byte[] Continue = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private byte[] buffer = new byte[8 * 1024];
    private int start;
    private int end;

    /// <summary>Serves requests until the caller closes the connection. Whoever sends invalid HTTP is told so before the end.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await ServeOneAsync().ConfigureAwait(false))
            {
            }
        }
        catch (BadRequestException exception)
        {
            var answer = new ApiResponse(exception.Status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(exception.Message + "\n"));
            await WriteAsync(answer, isHead: false, keepAlive: false).ConfigureAwait(false);
            await IgnoreRestAsync().ConfigureAwait(false);
        }
    }

    // False when no further request follows.
    private async Task<bool> ServeOneAsync()
    {
        if (await ReadUntilAsync(HeadEnd, "headers").ConfigureAwait(false) is not { } headText)
        {
            return false;
        }

        var head = HttpHead.Parse(headText);
        if (head.Header("Expect")?.Equals("100-continue", StringComparison.OrdinalIgnoreCase) == true)
        {
            await SendAsync(Continue).ConfigureAwait(false);
        }

        var body = await ReadBodyAsync(head).ConfigureAwait(false);
        var response = await handler.ServeAsync(ToRequest(head, body)).ConfigureAwait(false);
        await WriteAsync(response, head.Method == "HEAD", head.KeepsAlive).ConfigureAwait(false);
        if (!head.KeepsAlive)
        {
            socket.Shutdown(SocketShutdown.Send);
        }

        return head.KeepsAlive;
    }

    // To close a connection with unread bytes resets it, and the caller would lose the answer.
    private async Task IgnoreRestAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        using var patience = new CancellationTokenSource(IgnoredTime);
        try
        {
            for (var ignored = 0; ignored < MaxIgnoredBytes;)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, patience.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    return;
                }

                ignored += read;
            }
        }
        catch (OperationCanceledException)
        {
            // The caller has had the time to read the answer.
        }
    }

    private ApiRequest ToRequest(HttpHead head, byte[] body)
    {
        var question = head.Target.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? string.Empty : head.Target[(question + 1)..];
        var parameters = QueryText.Parse(query, plusIsSpace: false);
        var signature = SignatureHeader.Parse(head.Header("Authorization"), parameters);
        return new ApiRequest
        {
            Method = head.Method,
            RawPath = question < 0 ? head.Target : head.Target[..question],
            Host = head.Header("Host") ?? string.Empty,
            Headers = head.Headers,
            Body = body,
            Id = handler.NextRequestId(),
            Query = parameters,
            Signature = signature,
            Region = signature?.Region ?? handler.DefaultRegion,
            Caller = handler.CallerOf(signature?.AccessKeyId),
        };
    }

    private async Task<byte[]> ReadBodyAsync(HttpHead head)
    {
        if (head.Header("Transfer-Encoding") is { } coding)
        {
            return coding.Equals("chunked", StringComparison.OrdinalIgnoreCase)
                ? await ReadChunksAsync().ConfigureAwait(false)
                : throw new BadRequestException("The only Transfer-Encoding is chunked.");
        }

        if (head.Header("Content-Length") is not { } text)
        {
            return [];
        }

        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new BadRequestException("Content-Length is a number of bytes.");
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= MaxBodyBytes
            ? await ReadExactlyAsync(length).ConfigureAwait(false)
            : throw TooLarge();
    }

    private async Task<byte[]> ReadChunksAsync()
    {
        var body = new MemoryStream();
        while (true)
        {
            var line = await ReadUntilAsync(LineEnd, "size of a chunk").ConfigureAwait(false) ?? throw Ended("size of a chunk");
            if (!int.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size < 0)
            {
                throw new BadRequestException("The size of a chunk is a hexadecimal number.");
            }

            if (body.Length + size > MaxBodyBytes)
            {
                throw TooLarge();
            }

            if (size == 0)
            {
                // Trailers, if any, end with an empty line.
                while ((await ReadUntilAsync(LineEnd, "trailers").ConfigureAwait(false) ?? throw Ended("trailers")).Length > 0)
                {
                }

                return body.ToArray();
            }

            body.Write(await ReadExactlyAsync(size).ConfigureAwait(false));
            if (!(await ReadExactlyAsync(LineEnd.Length).ConfigureAwait(false)).AsSpan().SequenceEqual(LineEnd))
            {
                throw new BadRequestException("A chunk is longer than its size.");
            }
        }
    }

    // Text up to a mark, which is taken along and left out; null when the connection ends before its first byte.
    private async Task<string?> ReadUntilAsync(byte[] mark, string what)
    {
        var searched = 0;
        while (true)
        {
            var found = buffer.AsSpan(start + searched, end - start - searched).IndexOf(mark);
            if (found >= 0)
            {
                var text = Encoding.Latin1.GetString(buffer, start, searched + found);
                start += searched + found + mark.Length;
                return text;
            }

            searched = Math.Max(0, end - start - mark.Length + 1);
            if (end - start > MaxHeadBytes)
            {
                throw new BadRequestException($"The {what} may have {MaxHeadBytes} bytes.");
            }

            if (!await FillAsync().ConfigureAwait(false))
            {
                return end == start ? null : throw Ended(what);
            }
        }
    }

    private static BadRequestException Ended(string what) => new($"The request ends within the {what}.");

    private static BadRequestException TooLarge() => new($"The body may have {MaxBodyBytes} bytes.", 413);

    private async Task<byte[]> ReadExactlyAsync(int length)
    {
        if (length == 0)
        {
            return ApiResponse.NoBody;
        }

        var bytes = new byte[length];
        var present = Math.Min(length, end - start);
        buffer.AsSpan(start, present).CopyTo(bytes);
        start += present;
        while (present < length)
        {
            var read = await socket.ReceiveAsync(bytes.AsMemory(present), SocketFlags.None).ConfigureAwait(false);
            if (read == 0)
            {
                throw Ended("body");
            }

            present += read;
        }

        return bytes;
    }

    private async ValueTask<bool> FillAsync()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = await socket.ReceiveAsync(buffer.AsMemory(end), SocketFlags.None).ConfigureAwait(false);
        end += read;
        return read > 0;
    }

    private async Task WriteAsync(ApiResponse response, bool isHead, bool keepAlive)
    {
        var text = new StringBuilder(512);
        text.Append("HTTP/1.1 ").Append(response.Status).Append(' ').Append(Reason(response.Status)).Append("\r\nServer: LogDeliverySandbox\r\n");

        // The date is the simulated one: to its callers the sandbox is a cloud in which it is that late.
        text.Append("Date: ").Append(handler.Now.UtcDateTime.ToString("R", CultureInfo.InvariantCulture)).Append("\r\n");
        if (response.ContentType is not null && (response.Body.Length > 0 || isHead))
        {
            text.Append("Content-Type: ").Append(response.ContentType).Append("\r\n");
        }

        foreach (var (name, value) in response.Headers)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        // 204 has no body by definition, and says no length.
        if (response.Status != 204)
        {
            text.Append("Content-Length: ").Append(isHead ? response.ContentLength ?? 0 : response.Body.Length).Append("\r\n");
        }

        if (!keepAlive)
        {
            text.Append("Connection: close\r\n");
        }

        text.Append("\r\n");
        var body = isHead ? ApiResponse.NoBody : response.Body;
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.Latin1.GetMaxByteCount(text.Length) + SmallBody);
        try
        {
            var length = Encoding.Latin1.GetBytes(text.ToString(), bytes);
            if (body.Length <= SmallBody)
            {
                body.CopyTo(bytes, length);
                await SendAsync(bytes.AsMemory(0, length + body.Length)).ConfigureAwait(false);
            }
            else
            {
                await SendAsync(bytes.AsMemory(0, length)).ConfigureAwait(false);
                await SendAsync(body).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None).ConfigureAwait(false)..];
        }
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Content Too Large",
        416 => "Range Not Satisfiable",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "Status",
    };
}
