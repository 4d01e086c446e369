using System.IO.Compression;
using System.Text;
using LogDelivery.Logs.Files;

namespace LogDelivery.Tests.Records;

/// <summary>A log file that exists in memory only.</summary>
internal sealed class MemoryObject(byte[] bytes, string name = "memory") : LogObject
{
    public MemoryObject(string text, string name = "memory")
        : this(Encoding.UTF8.GetBytes(text), name)
    {
    }

    public override string Name => name;

    public override long? Length => bytes.Length;

    /// <summary>The most bytes that one read gives, as a slow connection would.</summary>
    public int ReadLimit { get; init; } = int.MaxValue;

    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] text, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, level))
        {
            gzip.Write(text);
        }

        return target.ToArray();
    }

    public override Stream Open() => new Trickle(bytes, ReadLimit);

    private sealed class Trickle(byte[] bytes, int limit) : MemoryStream(bytes, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, limit));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, limit)]);
    }
}
