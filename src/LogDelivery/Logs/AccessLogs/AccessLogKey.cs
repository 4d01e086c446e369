namespace LogDelivery.Logs.AccessLogs;

/// <summary>The key of an access log, which is URL-encoded: once, or once more than the client's request had it.</summary>
internal static class AccessLogKey
{
    /// <summary>Decodes a key.</summary>
    /// <param name="encoded">The key as logged.</param>
    /// <param name="requestUri">The request line, which shows how the client encoded the key.</param>
    public static string? Decode(string? encoded, string? requestUri)
    {
        if (encoded is null || !encoded.Contains('%', StringComparison.Ordinal))
        {
            return encoded;
        }

        // When the key decoded once is in the request, it is the key that the client sent, still encoded.
        var once = Uri.UnescapeDataString(encoded);
        return once.Contains('%', StringComparison.Ordinal) && requestUri?.Contains(once, StringComparison.Ordinal) == true
            ? Uri.UnescapeDataString(once)
            : once;
    }
}
