using System.Buffers;

namespace LogDelivery.Json;

/// <summary>
/// Scans JSON text and validates it by RFC 8259: one value, followed only by blanks. It copies nothing and creates no
/// tokens, which makes it cheap enough for every event of a large file.
/// </summary>
internal ref struct JsonScanner(ReadOnlySpan<byte> text)
{
    // What a string cannot hold as it is: its end, an escape, a control character.
    private static readonly SearchValues<byte> StringStops =
        SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(c => (byte)c)]);

    private readonly ReadOnlySpan<byte> text = text;

    public int Position { get; set; }

    /// <summary>Whether the whole text is one JSON value.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text)
    {
        var scanner = new JsonScanner(text);
        scanner.SkipBlanks();
        return scanner.TrySkipValue() && scanner.AtEndAfterBlanks();
    }

    public byte Peek() => Position < text.Length ? text[Position] : (byte)0;

    public ReadOnlySpan<byte> Slice(int start, int end) => text[start..end];

    public void SkipBlanks()
    {
        // Logs are mostly written without blanks.
        if (Position < text.Length && text[Position] > ' ')
        {
            return;
        }

        while (Position < text.Length && text[Position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            Position++;
        }
    }

    public bool AtEndAfterBlanks()
    {
        SkipBlanks();
        return Position == text.Length;
    }

    public bool TryTake(byte expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Skips a string whose opening quote is at the current position.</summary>
    /// <param name="start">The offset of its first character.</param>
    /// <param name="end">The offset after its last character.</param>
    /// <param name="escaped">Whether there is an escape among them.</param>
    public bool TrySkipString(out int start, out int end, out bool escaped)
    {
        start = end = ++Position;
        escaped = false;
        while (true)
        {
            var length = text[Position..].IndexOfAny(StringStops);
            if (length < 0)
            {
                return false;
            }

            Position += length;
            switch (text[Position])
            {
                case (byte)'"':
                    end = Position++;
                    return true;
                case (byte)'\\':
                    escaped = true;
                    if (!TrySkipEscape())
                    {
                        return false;
                    }

                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Skips a number.</summary>
    public bool TrySkipNumber()
    {
        _ = TryTake((byte)'-');
        if (!TryTake((byte)'0') && !TrySkipDigits())
        {
            return false;
        }

        if (TryTake((byte)'.') && !TrySkipDigits())
        {
            return false;
        }

        if (Peek() is (byte)'e' or (byte)'E')
        {
            Position++;
            if (Peek() is (byte)'+' or (byte)'-')
            {
                Position++;
            }

            return TrySkipDigits();
        }

        return true;
    }

    public bool TrySkipLiteral(ReadOnlySpan<byte> literal)
    {
        if (!text[Position..].StartsWith(literal))
        {
            return false;
        }

        Position += literal.Length;
        return true;
    }

    /// <summary>Skips the value that begins at the current position, of any kind and depth.</summary>
    public bool TrySkipValue()
    {
        switch (Peek())
        {
            case (byte)'"':
                return TrySkipString(out _, out _, out _);
            case (byte)'{' or (byte)'[':
                return TrySkipContainer();
            default:
                return TrySkipScalar();
        }
    }

    private bool TrySkipScalar() => Peek() switch
    {
        (byte)'"' => TrySkipString(out _, out _, out _),
        (byte)'t' => TrySkipLiteral("true"u8),
        (byte)'f' => TrySkipLiteral("false"u8),
        (byte)'n' => TrySkipLiteral("null"u8),
        _ => TrySkipNumber(),
    };

    // Objects and arrays without recursion: whether each open one is an object is kept as a bit.
    private bool TrySkipContainer()
    {
        var nesting = default(Nesting);
        try
        {
            while (true)
            {
                // A value begins here.
                var c = Peek();
                if (c is (byte)'{' or (byte)'[')
                {
                    Position++;
                    SkipBlanks();
                    var isObject = c == '{';
                    if (Peek() == (isObject ? (byte)'}' : (byte)']'))
                    {
                        Position++;
                    }
                    else
                    {
                        nesting.Push(isObject);
                        if (isObject && !TrySkipName())
                        {
                            return false;
                        }

                        continue;
                    }
                }
                else if (!TrySkipScalar())
                {
                    return false;
                }

                // A value has ended: what is open goes on or ends too.
                while (true)
                {
                    if (nesting.Depth == 0)
                    {
                        return true;
                    }

                    SkipBlanks();
                    var next = Peek();
                    Position++;
                    if (next == ',')
                    {
                        SkipBlanks();
                        if (nesting.InObject && !TrySkipName())
                        {
                            return false;
                        }

                        break;
                    }

                    if (next != (nesting.InObject ? (byte)'}' : (byte)']'))
                    {
                        return false;
                    }

                    nesting.Pop();
                }
            }
        }
        finally
        {
            nesting.Free();
        }
    }

    /// <summary>Skips a property's name and its colon.</summary>
    private bool TrySkipName()
    {
        if (Peek() != '"' || !TrySkipString(out _, out _, out _))
        {
            return false;
        }

        SkipBlanks();
        if (!TryTake((byte)':'))
        {
            return false;
        }

        SkipBlanks();
        return true;
    }

    private bool TrySkipDigits()
    {
        var start = Position;
        while (Position < text.Length && char.IsAsciiDigit((char)text[Position]))
        {
            Position++;
        }

        return Position > start;
    }

    private bool TrySkipEscape()
    {
        if (Position + 1 >= text.Length)
        {
            return false;
        }

        switch (text[Position + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                Position += 2;
                return true;
            case (byte)'u' when Position + 6 <= text.Length:
                for (var i = Position + 2; i < Position + 6; i++)
                {
                    if (!char.IsAsciiHexDigit((char)text[i]))
                    {
                        return false;
                    }
                }

                Position += 6;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Tracks which open containers are objects: one bit each, beyond 64 levels in a rented buffer.</summary>
    private struct Nesting
    {
        private ulong top;
        private ulong[]? below;
        private int depth;

        public readonly int Depth => depth;

        public readonly bool InObject => (top & 1) != 0;

        public void Push(bool isObject)
        {
            if (depth > 0 && depth % 64 == 0)
            {
                var full = (depth / 64) - 1;
                if (below is null || full == below.Length)
                {
                    var larger = ArrayPool<ulong>.Shared.Rent((full + 1) * 2);
                    below?.CopyTo(larger, 0);
                    Free();
                    below = larger;
                }

                below[full] = top;
                top = 0;
            }

            top = (top << 1) | (isObject ? 1UL : 0);
            depth++;
        }

        public void Pop()
        {
            top >>= 1;
            depth--;
            if (depth > 0 && depth % 64 == 0)
            {
                top = below![(depth / 64) - 1];
            }
        }

        public readonly void Free()
        {
            if (below is not null)
            {
                ArrayPool<ulong>.Shared.Return(below);
            }
        }
    }
}
