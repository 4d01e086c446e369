using System.Runtime.CompilerServices;

namespace LogDelivery.Logs.AccessLogs;

/// <summary>Says something of a line of an access log.</summary>
internal delegate bool AccessLogTest(in AccessLogOutline line);

/// <summary>Passes over the lines of an access log that nobody has to look at, as long as there is no doubt of how to read them.</summary>
internal static class AccessLogSkim
{
    /// <summary>Passes over lines.</summary>
    /// <param name="text">Text that begins with a line.</param>
    /// <param name="isIdle">Whether a line needs no look.</param>
    /// <param name="lines">How many were passed.</param>
    /// <returns>Where the first line begins that needs a look, or is not known to need none, or does not end in this text.</returns>
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
