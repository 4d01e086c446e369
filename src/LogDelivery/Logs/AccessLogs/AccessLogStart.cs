namespace LogDelivery.Logs.AccessLogs;

/// <summary>The outer form of an S3 server access log's line.</summary>
internal static class AccessLogStart
{
    /// <summary>
    /// Checks the beginning of a line: owner, bucket and a time in brackets, <c>[06/Feb/2019:00:00:38 +0000]</c>.
    /// </summary>
    public static bool IsOne(ReadOnlySpan<byte> line)
    {
        for (var token = 0; token < 2; token++)
        {
            var end = line.IndexOf((byte)' ');
            if (end < 1)
            {
                return false;
            }

            line = line[(end + 1)..];
        }

        return line is
        [
            (byte)'[', >= (byte)'0' and <= (byte)'3', >= (byte)'0' and <= (byte)'9', (byte)'/', _, _, _, (byte)'/', _, _, _, _,
            (byte)':', _, _, (byte)':', _, _, (byte)':', _, _, (byte)' ', (byte)'+' or (byte)'-', _, _, _, _, (byte)']', ..
        ];
    }
}
