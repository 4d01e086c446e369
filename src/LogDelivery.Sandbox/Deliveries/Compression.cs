using System.IO.Compression;
using System.Text;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>Gzip, as the log files are.</summary>
internal static class Compression
{
    public static byte[] Gzip(string text)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return output.ToArray();
    }
}
