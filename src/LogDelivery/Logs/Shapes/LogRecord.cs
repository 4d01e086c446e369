using LogDelivery.Json;

namespace LogDelivery.Logs.Shapes;

/// <summary>One record as it is in its file. Valid until the next one is read.</summary>
/// <param name="bytes">The record's UTF-8 text.</param>
/// <param name="offset">The byte offset of the record in the decompressed text.</param>
/// <param name="number">The one-based number of the record in the file.</param>
/// <param name="hasBackslash">Whether it contains a backslash, if known.</param>
internal readonly ref struct LogRecord(ReadOnlySpan<byte> bytes, long offset, long number, bool? hasBackslash = null)
{
    /// <summary>The record's UTF-8 text: a JSON object with its braces, or a line without its end.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The zero-based byte offset of the record in the decompressed text.</summary>
    public long Offset { get; } = offset;

    /// <summary>The one-based number of the record in the file.</summary>
    public long Number { get; } = number;

    /// <summary>
    /// Whether the record, or the text next to it, contains a backslash. Without one, no key and no value is escaped.
    /// </summary>
    public bool HasBackslash => hasBackslash ?? Bytes.Contains((byte)'\\');

    /// <summary>Whether the record may hold a text that a search of its bytes does not find.</summary>
    internal bool MayHideText => HasBackslash && JsonEscapes.AnyThatHides(Bytes);

    /// <summary>Whether the bytes stood as text within another record, whose offset this is.</summary>
    internal bool IsCarried { get; init; }

    /// <summary>Whether the text ends within the record. Such records are returned only on request.</summary>
    public bool IsCutOff { get; init; }
}
