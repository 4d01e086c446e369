using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace LogDelivery.Policies;

/// <summary>An IPv4 or IPv6 address or CIDR range. Bits behind the prefix are ignored, as AWS does.</summary>
internal readonly record struct IpRange(UInt128 Network, int PrefixLength, bool IsV6)
{
    private int Bits => IsV6 ? 128 : 32;

    /// <summary>The lowest address of the range.</summary>
    public UInt128 First => Network;

    /// <summary>The highest address of the range.</summary>
    public UInt128 Last => Network | HostMask(Bits - PrefixLength);

    public bool Contains(IpRange other)
        => IsV6 == other.IsV6 && other.PrefixLength >= PrefixLength && (other.Network & ~HostMask(Bits - PrefixLength)) == Network;

    public static bool TryParse(string text, out IpRange range)
    {
        range = default;
        var address = text.AsSpan();
        var slash = address.IndexOf('/');
        var prefix = -1;
        if (slash >= 0)
        {
            if (!int.TryParse(address[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out prefix))
            {
                return false;
            }

            address = address[..slash];
        }

        if (!TryParseAddress(address, out var bits, out var isV6))
        {
            return false;
        }

        var width = isV6 ? 128 : 32;
        if (slash < 0)
        {
            prefix = width;
        }

        if (prefix > width)
        {
            return false;
        }

        range = new IpRange(bits & ~HostMask(width - prefix), prefix, isV6);
        return true;
    }

    /// <summary>An address as text.</summary>
    public static string Format(UInt128 address, bool isV6)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return new IPAddress(isV6 ? bytes : bytes[12..]).ToString();
    }

    private static bool TryParseAddress(ReadOnlySpan<char> text, out UInt128 bits, out bool isV6)
    {
        isV6 = text.Contains(':');
        return isV6 ? TryParseV6(text, out bits) : TryParseV4(text, out bits);
    }

    // Dotted quad only. IPAddress also reads "1" and "0x7f.1", and 010 as octal; besides it allocates.
    private static bool TryParseV4(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = default;
        uint address = 0;
        for (var i = 0; i < 4; i++)
        {
            var dot = i < 3 ? text.IndexOf('.') : text.Length;
            if (dot < 0
                || (dot > 1 && text[0] == '0')
                || !byte.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var part))
            {
                return false;
            }

            address = (address << 8) | part;
            text = i < 3 ? text[(dot + 1)..] : [];
        }

        bits = address;
        return true;
    }

    private static bool TryParseV6(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = default;
        Span<byte> bytes = stackalloc byte[16];
        if (text.ContainsAnyExcept(Characters.IPv6)
            || !IPAddress.TryParse(text, out var address)
            || !address.TryWriteBytes(bytes, out var count)
            || count != bytes.Length)
        {
            return false;
        }

        bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }

    private static UInt128 HostMask(int hostBits) => hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1;
}
