using System.Runtime.CompilerServices;

namespace LogDelivery.Logs.AccessLogs;

/// <summary>Tests a line of an access log.</summary>
internal delegate bool AccessLogTest(in AccessLogOutline line);

/// <summary>Skips irrelevant lines of an access log, as long as they can be read in only one way.</summary>
internal static class AccessLogSkim
{
    /// <summary>Skips lines.</summary>
    /// <param name="text">Text that begins with a line.</param>
    /// <param name="isIdle">Whether a line needs no look.</param>
    /// <param name="lines">The number of lines skipped.</param>
    /// <returns>The offset of the first line that must be parsed, may have to be parsed, or does not end in this text.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Skim(ReadOnlySpan<byte> text, AccessLogTest isIdle, out int lines)
    {
        var line = default(AccessLogOutline);
        var start = 0;
        lines = 0;
        while (line.TryRead(text[start..]) && line.IsEnded && isIdle(line))
        {
            start += line.Next;
            lines++;
        }

        return start;
    }
}
