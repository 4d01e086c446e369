namespace LogDelivery.Sandbox.Http;

/// <summary>The request line and the headers.</summary>
internal sealed class HttpHead
{
    private HttpHead(string method, string target, bool isOld, Dictionary<string, string> headers)
    {
        Method = method;
        Target = target;
        Headers = headers;
        var connection = Header("Connection") ?? string.Empty;
        KeepsAlive = isOld
            ? connection.Contains("keep-alive", StringComparison.OrdinalIgnoreCase)
            : !connection.Contains("close", StringComparison.OrdinalIgnoreCase);
    }

    public string Method { get; }

    /// <summary>The path and query as they were sent.</summary>
    public string Target { get; }

    /// <summary>The headers by name, ignoring case; repeated headers are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Whether the connection stays open for another request.</summary>
    public bool KeepsAlive { get; }

    /// <exception cref="BadRequestException">The text is not a request of HTTP/1.0 or HTTP/1.1.</exception>
    public static HttpHead Parse(string text)
    {
        var lines = text.Split("\r\n");
        if (lines[0].Split(' ') is not [{ Length: > 0 } method, { Length: > 0 } target, "HTTP/1.1" or "HTTP/1.0"])
        {
            throw new BadRequestException("The first line is a method, a target and HTTP/1.1, with one space between them.");
        }

        var headers = new Dictionary<string, string>(lines.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new BadRequestException("A header is a name, a colon and a value.");
            }

            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            headers[name] = headers.TryGetValue(name, out var earlier) ? $"{earlier},{value}" : value;
        }

        // A proxy's form of the target: the host comes before the path.
        if (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            var slash = target.IndexOf('/', "http://".Length);
            target = slash < 0 ? "/" : target[slash..];
        }

        return target[0] == '/'
            ? new(method, target, lines[0].EndsWith("1.0", StringComparison.Ordinal), headers)
            : throw new BadRequestException("The target begins with a slash.");
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
