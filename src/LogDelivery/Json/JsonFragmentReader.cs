using System.Buffers;

namespace LogDelivery.Json;

/// <summary>
/// Reads JSON that may end anywhere, and returns strings without resolving escapes. Each method returns whether it
/// succeeded; after a failure the reader cannot be used.
/// </summary>
internal ref struct JsonFragmentReader(ReadOnlySpan<byte> json)
{
    private static readonly SearchValues<byte> InString = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> json = json;

    /// <summary>The place of the next byte.</summary>
    public int At { get; set; }

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => At >= json.Length;

    /// <summary>The next byte that is no blank, without taking it; 0 at the end.</summary>
    public byte Peek()
    {
        while (At < json.Length)
        {
            var value = json[At];
            if (value is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return value;
            }

            At++;
        }

        return 0;
    }

    /// <summary>Reads the next non-blank byte if it is the expected one.</summary>
    public bool Take(byte expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        At++;
        return true;
    }

    /// <summary>Reads the text between the quotes of a string; escapes are checked but not resolved.</summary>
    public bool TryReadString(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!Take((byte)'"'))
        {
            return false;
        }

        var start = At;
        if (JsonBytes.EndOfString(json, start) is >= 0 and var end)
        {
            text = json[start..end];
            At = end + 1;
            return true;
        }

        // Step by step, for the place where it breaks.
        while (true)
        {
            var found = json[At..].IndexOfAny(InString);
            if (found < 0)
            {
                At = json.Length;
                return false;
            }

            At += found;
            switch (json[At])
            {
                case (byte)'"':
                    text = json[start..At++];
                    return true;
                case (byte)'\\' when EscapeLength(json[At..]) is > 0 and var length:
                    At += length;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Reads the name of a member and its colon.</summary>
    public bool TryReadName(out ReadOnlySpan<byte> name) => TryReadString(out name) && Take((byte)':');

    /// <summary>Skips a value of any kind.</summary>
    /// <param name="value">As it is written.</param>
    public bool TrySkip(out ReadOnlySpan<byte> value)
    {
        Peek();
        var start = At;
        var depth = 0;
        value = default;
        do
        {
            switch (Peek())
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    At++;
                    break;
                case (byte)'}' or (byte)']' when depth > 0:
                    depth--;
                    At++;
                    break;
                case (byte)',' or (byte)':' when depth > 0:
                    At++;
                    break;
                case (byte)'"':
                    if (!TryReadString(out _))
                    {
                        return false;
                    }

                    break;
                default:
                    if (!TrySkipWord())
                    {
                        return false;
                    }

                    break;
            }
        }
        while (depth > 0);
        value = json[start..At];
        return true;
    }

    private static int EscapeLength(ReadOnlySpan<byte> escape) => escape switch
    {
        [_, (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t', ..] => 2,
        [_, (byte)'u', var a, var b, var c, var d, ..] when char.IsAsciiHexDigit((char)a) && char.IsAsciiHexDigit((char)b) && char.IsAsciiHexDigit((char)c) && char.IsAsciiHexDigit((char)d) => 6,
        _ => 0,
    };

    // A number, true, false or null. The next byte decides whether it is complete.
    private bool TrySkipWord()
    {
        var start = At;
        while (At < json.Length && (char.IsAsciiLetterOrDigit((char)json[At]) || json[At] is (byte)'-' or (byte)'+' or (byte)'.'))
        {
            At++;
        }

        return At > start;
    }
}
