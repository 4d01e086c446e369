using System.Buffers;

namespace LogDelivery.Json;

/// <summary>Builds the JSON object that an API would return for a log event from parts of a text.</summary>
internal sealed class EventJson
{
    // Digits of \u00xx, for control characters.
    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    private readonly ArrayBufferWriter<byte> json = new(1 << 12);

    /// <summary>The object.</summary>
    public ReadOnlySpan<byte> Bytes => json.WrittenSpan;

    /// <summary>Begins an object.</summary>
    public void Begin()
    {
        json.ResetWrittenCount();
        json.Write("{"u8);
    }

    /// <summary>Adds a member.</summary>
    /// <param name="name">The name; it must not need escapes.</param>
    /// <param name="value">The plain text.</param>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        AddName(name);
        json.Write("\""u8);
        while (value.IndexOfAny(Special) is >= 0 and var place)
        {
            json.Write(value[..place]);
            var special = value[place];
            json.Write(special is (byte)'"' or (byte)'\\' ? [(byte)'\\', special] : [.. "\\u00"u8, Digits[special >> 4], Digits[special & 0xf]]);
            value = value[(place + 1)..];
        }

        json.Write(value);
        json.Write("\""u8);
    }

    /// <summary>Adds a member whose value is JSON already.</summary>
    public void AddWritten(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        AddName(name);
        json.Write(value);
    }

    /// <summary>Ends the object.</summary>
    public void End() => json.Write("}"u8);

    private void AddName(ReadOnlySpan<byte> name)
    {
        json.Write(json.WrittenCount > 1 ? ",\""u8 : "\""u8);
        json.Write(name);
        json.Write("\":"u8);
    }
}
