namespace LogDelivery.Logs.AccessLogs;

/// <summary>The number of ways to read a line of an access log.</summary>
internal enum AccessLogReading
{
    /// <summary>There is none: the line is cut off or damaged.</summary>
    Damaged,

    /// <summary>There is exactly one.</summary>
    Clear,

    /// <summary>
    /// More than one. S3 writes quotes in the request line, Referer and User-Agent as the client sent them, so a client can
    /// write what looks like the end of a field and the beginning of the next.
    /// </summary>
    Ambiguous,
}
