using System.IO.Compression;

namespace LogDelivery.Logs.Files;

/// <summary>
/// Recovers the text that a decompressor had decoded before damage. It returns nothing of the step in which it fails, and a
/// step covers the next 8 KB; so the damaged member is decompressed again, byte by byte right before the damage.
/// </summary>
internal static class GzipSalvage
{
    // Deflate makes at most 1,032 bytes of one; a step takes 8 KB.
    private const int MostText = 16 << 20;

    /// <summary>Reads the missing text.</summary>
    /// <param name="again">The same bytes once more, from the beginning. They are closed.</param>
    /// <param name="memberStart">The offset of the damaged member in them.</param>
    /// <param name="known">The number of bytes of the member that were decompressed already.</param>
    /// <returns>The text between that and the damage, except its last byte, which cannot be recovered.</returns>
    public static byte[] Read(Stream again, long memberStart, long known)
    {
        using var source = again;
        using var text = new GZipStream(source, CompressionMode.Decompress);
        var rest = new MemoryStream();
        try
        {
            StoredBytes.Pass(source, memberStart);
            StoredBytes.Pass(text, known);
            for (var next = text.ReadByte(); next >= 0 && rest.Length < MostText; next = text.ReadByte())
            {
                rest.WriteByte((byte)next);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The damage again, or the file cannot be read a second time; the damage was reported already.
        }

        return rest.ToArray();
    }
}
