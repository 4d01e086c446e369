namespace LogDelivery.Sandbox.Http;

/// <summary>
/// Tells programs of this machine from web pages that its browser shows. A page of somebody else can send requests to the
/// loopback address; the browser then names the page in Origin. A page whose own name was made to point at the loopback
/// address (DNS rebinding) can read the answers, too; the browser then sends that name as Host.
/// </summary>
internal static class LocalCaller
{
    private const string Bucket = ".localhost";

    // Names that only AWS can point anywhere; clients that reach the sandbox by a proxy send them.
    private static readonly string[] OfAws = [".amazonaws.com", ".amazonaws.com.cn"];

    /// <summary>Why the request is refused; <see langword="null"/> when it may come from a program of this machine.</summary>
    public static string? WhyRefused(ApiRequest request, bool isControl)
    {
        var name = NameOf(request.Host);
        var isLoopback = name is "127.0.0.1" or "[::1]" || name.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (!isLoopback && (isControl || !IsService(name)))
        {
            return "The Host header must name the loopback address: 127.0.0.1, localhost or [::1]. For buckets BUCKET.s3.localhost and names of AWS are understood, too.";
        }

        var isOwn = request.Header("Origin") is not { } origin || (isLoopback && origin.Equals($"http://{request.Host}", StringComparison.OrdinalIgnoreCase));
        return isOwn && request.Header("Sec-Fetch-Site") is null or "same-origin" or "none"
            ? null
            : "Web pages may not use the sandbox: the request has an Origin or Sec-Fetch-Site that is not its own.";
    }

    // No browser leaves Host out.
    private static bool IsService(string name)
        => name.Length == 0 || name.EndsWith(Bucket, StringComparison.OrdinalIgnoreCase) || OfAws.Any(s => name.EndsWith(s, StringComparison.OrdinalIgnoreCase));

    private static string NameOf(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon > host.LastIndexOf(']') ? host[..colon] : host;
    }
}
