using System.Text.Unicode;

namespace LogDelivery.Logs.Files;

/// <summary>Detects content that is not text by its first bytes.</summary>
internal static class ForeignFormat
{
    /// <summary>The number of bytes that is enough to decide.</summary>
    public const int HeadLength = 512;

    // POSIX.1-1988 (ustar): the magic of a header comes after its first fields.
    private const int TarMagic = 257;

    /// <summary>Names the format of the content and what to do with it; <see langword="null"/> when it may be text.</summary>
    /// <param name="head">The first bytes, decompressed.</param>
    public static string? Find(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => "a ZIP archive; unpack it first",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => "Parquet, which is not read",
        [(byte)'O', (byte)'b', (byte)'j', 1, ..] => "Avro, which is not read",
        [(byte)'O', (byte)'R', (byte)'C', ..] when head.Contains((byte)0) => "ORC, which is not read",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "compressed with zstd; decompress it first",
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, ..] => "compressed with bzip2; decompress it first",
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "compressed with xz; decompress it first",
        [(byte)'7', (byte)'z', 0xbc, 0xaf, ..] => "a 7z archive; unpack it first",
        [0x78, 0x01 or 0x5e or 0x9c or 0xda, ..] when head.Length > 8 && !Utf8.IsValid(head[..^4]) => "compressed with zlib; decompress it first",
        [0x1f, 0x8b, 0x08, ..] => "compressed with gzip many times; decompress it first",
        _ when head.Length > TarMagic + 5 && head[TarMagic..].StartsWith("ustar"u8) => "a tar archive; unpack it first",
        _ => null,
    };
}
