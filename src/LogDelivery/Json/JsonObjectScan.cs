using System.Runtime.CompilerServices;

namespace LogDelivery.Json;

/// <summary>
/// Checks in one pass whether a text is one well-formed JSON object (RFC 8259) with a certain member. A positive answer is
/// certain. For nesting deeper than <see cref="MaxDepth"/>, or a name with escapes, the answer is left to a parser.
/// </summary>
internal ref struct JsonObjectScan
{
    /// <summary>The maximum nesting depth of objects and arrays.</summary>
    public const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> json;
    private readonly ReadOnlySpan<byte> wanted;
    private int at;
    private int depth;
    private bool isFound;

    // One bit a level, the innermost the lowest: whether it is an object.
    private ulong objects;

    private JsonObjectScan(ReadOnlySpan<byte> json, ReadOnlySpan<byte> wanted)
    {
        this.json = json;
        this.wanted = wanted;
    }

    /// <summary>Whether a text is an object without fault that has a member.</summary>
    /// <param name="json">The text, without blanks around it.</param>
    /// <param name="name">The name of the member.</param>
    /// <returns><see langword="true"/> when it is; otherwise nothing is said.</returns>
    public static bool IsObjectWith(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var scan = new JsonObjectScan(json, name) { at = 1 };
        return json is [(byte)'{', ..] && scan.Open(isObject: true) && scan.ReadAll() && scan.isFound && scan.at == json.Length;
    }

    private bool ReadAll()
    {
        // Each turn reads one value, and what closes behind it.
        while (depth > 0)
        {
            if (!ReadValue(out var isOpened))
            {
                return false;
            }

            if (!isOpened && !PassEnds())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Closes the levels that end after a value, and moves to the next value.</summary>
    private bool PassEnds()
    {
        while (depth > 0)
        {
            var token = Next();
            at++;
            var isObject = (objects & 1) != 0;
            if (token == ',')
            {
                return !isObject || ReadName();
            }

            if (token != (isObject ? '}' : ']'))
            {
                return false;
            }

            objects >>= 1;
            depth--;
        }

        return true;
    }

    private bool ReadValue(out bool isOpened)
    {
        isOpened = false;
        switch (Next())
        {
            case (byte)'"':
                return ReadString(out _);
            case (byte)'{':
                return OpenOrPass(isObject: true, out isOpened);
            case (byte)'[':
                return OpenOrPass(isObject: false, out isOpened);
            case (byte)'t':
                return ReadWord("true"u8);
            case (byte)'f':
                return ReadWord("false"u8);
            case (byte)'n':
                return ReadWord("null"u8);
            default:
                return ReadNumber();
        }
    }

    /// <param name="isObject">Whether an object begins, or an array.</param>
    /// <param name="isOpened">Whether a value follows in it: it is not empty.</param>
    private bool OpenOrPass(bool isObject, out bool isOpened)
    {
        at++;
        isOpened = Next() != (isObject ? '}' : ']');
        if (!isOpened)
        {
            at++;
            return true;
        }

        return Open(isObject);
    }

    private bool Open(bool isObject)
    {
        objects = (objects << 1) | (isObject ? 1UL : 0);
        depth++;
        return depth <= MaxDepth && (!isObject || ReadName());
    }

    private bool ReadName()
    {
        if (Next() != '"' || !ReadString(out var name))
        {
            return false;
        }

        isFound |= depth == 1 && name.SequenceEqual(wanted);
        if (Next() != ':')
        {
            return false;
        }

        at++;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadString(out ReadOnlySpan<byte> text)
    {
        var end = JsonBytes.EndOfString(json, at + 1);
        text = end < 0 ? default : json[(at + 1)..end];
        at = end + 1;
        return end >= 0;
    }

    private bool ReadWord(ReadOnlySpan<byte> word)
    {
        var isHere = json[at..].StartsWith(word);
        at += word.Length;
        return isHere;
    }

    private bool ReadNumber()
    {
        if (Current == '-')
        {
            at++;
        }

        if (Current == '0')
        {
            at++;
        }
        else if (!ReadDigits())
        {
            return false;
        }

        if (Current == '.')
        {
            at++;
            if (!ReadDigits())
            {
                return false;
            }
        }

        if (Current is not ((byte)'e' or (byte)'E'))
        {
            return true;
        }

        at++;
        if (Current is (byte)'+' or (byte)'-')
        {
            at++;
        }

        return ReadDigits();
    }

    private bool ReadDigits()
    {
        var start = at;
        while (char.IsAsciiDigit((char)Current))
        {
            at++;
        }

        return at > start;
    }

    // 0 at the end, which is nothing that may stand anywhere.
    private readonly byte Current => at < json.Length ? json[at] : (byte)0;

    /// <summary>The next byte that is no blank, without taking it; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Next()
    {
        var value = Current;
        while (value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
            value = Current;
        }

        return value;
    }
}
