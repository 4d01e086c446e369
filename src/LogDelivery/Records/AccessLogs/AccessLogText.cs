using System.Buffers;

namespace LogDelivery.Records;

/// <summary>The forms that the typed fields of an access log have.</summary>
internal static class AccessLogText
{
    /// <summary>The length of a time with its brackets: <c>[06/Feb/2019:00:00:38 +0000]</c>.</summary>
    public const int TimeLength = 28;

    // What S3 calls its errors; the longest so far has 46 letters.
    private const int LongestErrorCode = 80;
    private const int LongestNumber = 19;

    private static readonly SearchValues<byte> Address = SearchValues.Create("0123456789abcdefABCDEF.:"u8);
    private static readonly SearchValues<byte> Operation = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"u8);
    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> Region = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"u8);

    public static bool IsDash(ReadOnlySpan<byte> text) => text.Length == 1 && text[0] == (byte)'-';

    public static bool IsAddress(ReadOnlySpan<byte> text) => IsDash(text) || !text.ContainsAnyExcept(Address);

    public static bool IsOperation(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(Operation);

    public static bool IsSignatureVersion(ReadOnlySpan<byte> text) => IsDash(text) || text.StartsWith("Sig"u8);

    public static bool IsAuthenticationType(ReadOnlySpan<byte> text) => IsDash(text) || !text.ContainsAnyExcept(Letters);

    public static bool IsTlsVersion(ReadOnlySpan<byte> text) => IsDash(text) || text.StartsWith("TLS"u8) || text.StartsWith("SSL"u8);

    public static bool IsAccessPoint(ReadOnlySpan<byte> text) => IsDash(text) || text.StartsWith("arn:"u8);

    public static bool IsAclRequired(ReadOnlySpan<byte> text) => IsDash(text) || !text.ContainsAnyExcept(Letters);

    public static bool IsSourceRegion(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(Region);

    /// <summary>The end of a status, <c>-</c> or three digits, that begins at a place; -1 when none does.</summary>
    public static int StatusEnd(ReadOnlySpan<byte> line, int start)
    {
        if (IsDashAt(line, start))
        {
            return start + 1;
        }

        return start + 3 < line.Length
            && char.IsAsciiDigit((char)line[start])
            && char.IsAsciiDigit((char)line[start + 1])
            && char.IsAsciiDigit((char)line[start + 2])
            && line[start + 3] == (byte)' '
            ? start + 3
            : -1;
    }

    /// <summary>The end of an error code, <c>-</c> or a name; -1 when none begins at the place.</summary>
    public static int ErrorCodeEnd(ReadOnlySpan<byte> line, int start)
    {
        if (IsDashAt(line, start))
        {
            return start + 1;
        }

        var rest = line[Math.Min(start, line.Length)..];
        var length = rest[..Math.Min(LongestErrorCode + 1, rest.Length)].IndexOf((byte)' ');
        return length > 0 && char.IsAsciiLetter((char)rest[0]) && !rest[..length].ContainsAnyExcept(Operation) ? start + length : -1;
    }

    /// <summary>The end of a number, <c>-</c> or digits; -1 when none begins at the place.</summary>
    public static int NumberEnd(ReadOnlySpan<byte> line, int start)
    {
        if (IsDashAt(line, start))
        {
            return start + 1;
        }

        var end = start;
        while (end < line.Length && end - start <= LongestNumber && char.IsAsciiDigit((char)line[end]))
        {
            end++;
        }

        return end > start && end - start <= LongestNumber && end < line.Length && line[end] == (byte)' ' ? end : -1;
    }

    /// <summary>Reads a time with its brackets.</summary>
    /// <returns><see langword="false"/> when it is none; the ticks are UTC.</returns>
    public static bool TryReadTime(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length != TimeLength
            || text[0] != (byte)'[' || text[3] != (byte)'/' || text[7] != (byte)'/' || text[12] != (byte)':'
            || text[15] != (byte)':' || text[18] != (byte)':' || text[21] != (byte)' ' || text[27] != (byte)']')
        {
            return false;
        }

        var month = MonthOf(text.Slice(4, 3));
        var sign = text[22] switch { (byte)'+' => 1, (byte)'-' => -1, _ => 0 };
        if (!TwoDigits(text, 1, out var day) || !TwoDigits(text, 8, out var century) || !TwoDigits(text, 10, out var yearOfCentury)
            || !TwoDigits(text, 13, out var hour) || !TwoDigits(text, 16, out var minute) || !TwoDigits(text, 19, out var second)
            || !TwoDigits(text, 23, out var zoneHours) || !TwoDigits(text, 25, out var zoneMinutes)
            || month == 0 || sign == 0)
        {
            return false;
        }

        var year = (century * 100) + yearOfCentury;
        if (year == 0 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        // A leap second counts as the second before it.
        var local = new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Utc).Ticks;
        ticks = local - (sign * ((zoneHours * TimeSpan.TicksPerHour) + (zoneMinutes * TimeSpan.TicksPerMinute)));
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    private static bool IsDashAt(ReadOnlySpan<byte> line, int start)
        => start + 1 < line.Length && line[start] == (byte)'-' && line[start + 1] == (byte)' ';

    private static bool TwoDigits(ReadOnlySpan<byte> text, int start, out int value)
    {
        var (tens, ones) = (text[start] - '0', text[start + 1] - '0');
        value = (tens * 10) + ones;
        return (uint)tens < 10 && (uint)ones < 10;
    }

    private static int MonthOf(ReadOnlySpan<byte> name) => ((name[0] << 16) | (name[1] << 8) | name[2]) switch
    {
        ('J' << 16) | ('a' << 8) | 'n' => 1,
        ('F' << 16) | ('e' << 8) | 'b' => 2,
        ('M' << 16) | ('a' << 8) | 'r' => 3,
        ('A' << 16) | ('p' << 8) | 'r' => 4,
        ('M' << 16) | ('a' << 8) | 'y' => 5,
        ('J' << 16) | ('u' << 8) | 'n' => 6,
        ('J' << 16) | ('u' << 8) | 'l' => 7,
        ('A' << 16) | ('u' << 8) | 'g' => 8,
        ('S' << 16) | ('e' << 8) | 'p' => 9,
        ('O' << 16) | ('c' << 8) | 't' => 10,
        ('N' << 16) | ('o' << 8) | 'v' => 11,
        ('D' << 16) | ('e' << 8) | 'c' => 12,
        _ => 0,
    };
}
