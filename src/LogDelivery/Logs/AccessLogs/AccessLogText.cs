using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LogDelivery.Logs.AccessLogs;

/// <summary>The forms that the typed fields of an access log have.</summary>
internal static class AccessLogText
{
    /// <summary>The length of a time with its brackets: <c>[06/Feb/2019:00:00:38 +0000]</c>.</summary>
    public const int TimeLength = 28;

    // What S3 calls its errors; the longest so far has 46 letters.
    private const int LongestErrorCode = 80;
    private const int LongestNumber = 19;

    public static bool IsDash(ReadOnlySpan<byte> text) => text.Length == 1 && text[0] == (byte)'-';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAddress(ReadOnlySpan<byte> text) => IsDash(text) || AccessLogLetters.AreAll<AccessLogLetters.OfAddress>(text);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOperation(ReadOnlySpan<byte> text) => AccessLogLetters.AreAll<AccessLogLetters.OfName>(text);

    public static bool IsSignatureVersion(ReadOnlySpan<byte> text) => IsDash(text) || text.StartsWith("Sig"u8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAuthenticationType(ReadOnlySpan<byte> text) => IsDash(text) || AccessLogLetters.AreAll<AccessLogLetters.OfWord>(text);

    public static bool IsTlsVersion(ReadOnlySpan<byte> text) => IsDash(text) || text.StartsWith("TLS"u8) || text.StartsWith("SSL"u8);

    public static bool IsAccessPoint(ReadOnlySpan<byte> text) => IsDash(text) || text.StartsWith("arn:"u8);

    public static bool IsAclRequired(ReadOnlySpan<byte> text) => IsDash(text) || AccessLogLetters.AreAll<AccessLogLetters.OfWord>(text);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSourceRegion(ReadOnlySpan<byte> text) => AccessLogLetters.AreAll<AccessLogLetters.OfRegion>(text);

    /// <summary>The end of a status, <c>-</c> or three digits, that begins at a place; -1 when none does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
        return length > 0 && char.IsAsciiLetter((char)rest[0]) && AccessLogLetters.AreAll<AccessLogLetters.OfName>(rest[..length]) ? start + length : -1;
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

    /// <summary>Whether <c>-</c> or digits are between two blanks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNumber(ReadOnlySpan<byte> line, int start, int end)
    {
        var length = end - start;
        if (length == 1)
        {
            return char.IsAsciiDigit((char)line[start]) || line[start] == (byte)'-';
        }

        if (length > sizeof(ulong) || end < sizeof(ulong))
        {
            return NumberEnd(line, start) == end;
        }

        // Eight bytes that end with the number; the bytes before it are shifted out. A digit is less than ten beyond '0'.
        var shift = (sizeof(ulong) - length) * 8;
        var digits = (BinaryPrimitives.ReadUInt64LittleEndian(line[(end - sizeof(ulong))..]) >> shift) ^ (0x3030303030303030UL >> shift);
        return (((digits + (0x7676767676767676UL >> shift)) | digits) & 0x8080808080808080UL) == 0;
    }

    /// <summary>Whether a text is a time with its brackets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsTime(ReadOnlySpan<byte> text) => IsUsualTime(text) || TryReadTime(text, out _);

    /// <summary>Reads a time with its brackets.</summary>
    /// <returns><see langword="false"/> when the text is not a time; the ticks are in UTC.</returns>
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

    // A time of this century in UTC, as S3 writes it, on a day that every month has.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsUsualTime(ReadOnlySpan<byte> text)
        => IsWithin(text, "[00/AAA/2000:00:"u8, "[29/zzz/2099:29:"u8)
            && IsWithin(text[^Vector128<byte>.Count..], ":00:00:00 +0000]"u8, ":29:59:59 +0000]"u8)
            && TwoDigits(text, 1, out var day) && day is >= 1 and <= 28
            && TwoDigits(text, 13, out var hour) && hour < 24
            && MonthOf(text.Slice(4, 3)) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWithin(ReadOnlySpan<byte> text, ReadOnlySpan<byte> least, ReadOnlySpan<byte> most)
    {
        var low = Vector128.Create(least);
        return Vector128.LessThanOrEqualAll(Vector128.Create(text) - low, Vector128.Create(most) - low);
    }

    private static bool IsDashAt(ReadOnlySpan<byte> line, int start)
        => start + 1 < line.Length && line[start] == (byte)'-' && line[start + 1] == (byte)' ';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TwoDigits(ReadOnlySpan<byte> text, int start, out int value)
    {
        var (tens, ones) = (text[start] - '0', text[start + 1] - '0');
        value = (tens * 10) + ones;
        return (uint)tens < 10 && (uint)ones < 10;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
