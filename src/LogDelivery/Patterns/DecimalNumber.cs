using System.Buffers;

namespace LogDelivery.Patterns;

/// <summary>
/// A decimal number of any length, compared exactly: 0.1 is 1e-1, and an account id of twelve digits keeps all of them.
/// </summary>
/// <remarks>
/// The written form: an integer or a decimal with an optional sign, and an optional <c>e</c> with an integer with an optional sign.
/// Source: CloudWatch Logs user guide, FilterAndPatternSyntax, numeric comparisons.
/// </remarks>
internal sealed class DecimalNumber
{
    // A number as sign * 0.d1d2d3... * 10^scale, d1 and the last digit not zero; zero has no digits.
    private readonly byte[] digits;
    private readonly long scale;
    private readonly int sign;

    // Most numbers of patterns and events are whole and small.
    private readonly long whole;
    private readonly bool isWhole;

    private DecimalNumber(byte[] digits, long scale, int sign, bool isWhole, long whole)
    {
        this.digits = digits;
        this.scale = scale;
        this.sign = sign;
        this.isWhole = isWhole;
        this.whole = whole;
    }

    /// <summary>Whether the text is a number as patterns write them.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text) => TryMeasure(text, out _);

    public static DecimalNumber? TryParse(ReadOnlySpan<byte> text)
    {
        if (!TryMeasure(text, out var parts))
        {
            return null;
        }

        var digits = new byte[parts.DigitCount];
        CopyDigits(text, parts, digits);
        var isWhole = TryWhole(text, out var whole);
        return new(digits, parts.Scale, parts.Sign, isWhole, whole);
    }

    /// <summary>Compares a number of an event with this one.</summary>
    /// <param name="text">The event's text.</param>
    /// <param name="order">Negative when the event's number is less than this one.</param>
    /// <returns>False when the text is no number.</returns>
    public bool TryCompare(ReadOnlySpan<byte> text, out int order)
    {
        if (isWhole && TryWhole(text, out var other))
        {
            order = other.CompareTo(whole);
            return true;
        }

        order = 0;
        if (!TryMeasure(text, out var parts))
        {
            return false;
        }

        if (parts.Sign != sign || sign == 0)
        {
            order = parts.Sign.CompareTo(sign);
            return true;
        }

        var rented = ArrayPool<byte>.Shared.Rent(parts.DigitCount);
        var theirs = rented.AsSpan(0, parts.DigitCount);
        CopyDigits(text, parts, theirs);
        var magnitude = parts.Scale != scale ? parts.Scale.CompareTo(scale) : theirs.SequenceCompareTo(digits);
        ArrayPool<byte>.Shared.Return(rented);
        order = sign * magnitude;
        return true;
    }

    /// <summary>Compares two numbers.</summary>
    public int CompareTo(DecimalNumber other)
    {
        if (sign != other.sign || sign == 0)
        {
            return sign.CompareTo(other.sign);
        }

        return sign * (scale != other.scale ? scale.CompareTo(other.scale) : digits.AsSpan().SequenceCompareTo(other.digits));
    }

    /// <summary>The digits of the number and how many of them follow the decimal point; null when the number is too large or too small to write out.</summary>
    public (System.Numerics.BigInteger Digits, int Scale)? ToExact()
    {
        if (sign == 0)
        {
            return (0, 0);
        }

        var behindPoint = digits.Length - scale;
        if (Math.Abs(behindPoint) > 1000)
        {
            return null;
        }

        var value = sign * System.Numerics.BigInteger.Parse(System.Text.Encoding.ASCII.GetString(digits), System.Globalization.CultureInfo.InvariantCulture);
        return behindPoint >= 0 ? (value, (int)behindPoint) : (value * System.Numerics.BigInteger.Pow(10, (int)-behindPoint), 0);
    }

    private readonly record struct Parts(int Sign, int First, int DigitCount, long Scale);

    private static bool TryWhole(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var negative = text.Length > 0 && text[0] == '-';
        var start = negative || (text.Length > 0 && text[0] == '+') ? 1 : 0;
        if (text.Length == start || text.Length - start > 18)
        {
            return false;
        }

        foreach (var c in text[start..])
        {
            if (!char.IsAsciiDigit((char)c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        value = negative ? -value : value;
        return true;
    }

    private static bool TryMeasure(ReadOnlySpan<byte> text, out Parts parts)
    {
        parts = default;
        var i = 0;
        var negative = false;
        if (i < text.Length && text[i] is (byte)'+' or (byte)'-')
        {
            negative = text[i] == '-';
            i++;
        }

        // Offsets of the first and last digit that is not zero, and how many digits stand before the point.
        var (first, last, place) = (-1, -1, 0);
        long before = 0;
        long firstPlace = 0;
        long lastPlace = 0;
        var integerStart = i;
        for (; i < text.Length && char.IsAsciiDigit((char)text[i]); i++)
        {
            Note(text[i], i, place++, ref first, ref last, ref firstPlace, ref lastPlace);
        }

        if (i == integerStart)
        {
            return false;
        }

        before = place;
        if (i < text.Length && text[i] == '.')
        {
            var fractionStart = ++i;
            for (; i < text.Length && char.IsAsciiDigit((char)text[i]); i++)
            {
                Note(text[i], i, place++, ref first, ref last, ref firstPlace, ref lastPlace);
            }

            if (i == fractionStart)
            {
                return false;
            }
        }

        long exponent = 0;
        if (i < text.Length && text[i] is (byte)'e' or (byte)'E')
        {
            i++;
            var minus = i < text.Length && text[i] == '-';
            if (i < text.Length && text[i] is (byte)'+' or (byte)'-')
            {
                i++;
            }

            var exponentStart = i;
            for (; i < text.Length && char.IsAsciiDigit((char)text[i]); i++)
            {
                // Beyond this the number is larger than any that can be written without an exponent; it only must not overflow.
                exponent = Math.Min((exponent * 10) + (text[i] - '0'), long.MaxValue / 100);
            }

            if (i == exponentStart)
            {
                return false;
            }

            exponent = minus ? -exponent : exponent;
        }

        if (i != text.Length)
        {
            return false;
        }

        parts = first < 0
            ? new(0, 0, 0, 0)
            : new(negative ? -1 : 1, first, (int)(lastPlace - firstPlace + 1), before - firstPlace + exponent);
        return true;
    }

    private static void Note(byte digit, int offset, int place, ref int first, ref int last, ref long firstPlace, ref long lastPlace)
    {
        if (digit == '0')
        {
            return;
        }

        if (first < 0)
        {
            first = offset;
            firstPlace = place;
        }

        last = offset;
        lastPlace = place;
    }

    private static void CopyDigits(ReadOnlySpan<byte> text, Parts parts, Span<byte> digits)
    {
        for (int i = parts.First, to = 0; to < parts.DigitCount; i++)
        {
            if (text[i] != '.')
            {
                digits[to++] = text[i];
            }
        }
    }
}
