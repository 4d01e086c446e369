using System.IO.Compression;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Benchmarks.Logs;

/// <summary>Ways to go through the files of a corpus on one thread.</summary>
internal static class ScanModes
{
    private static readonly byte[] Buffer = new byte[1 << 18];

    /// <summary>Decompresses with GZipStream, and does nothing else: the limit.</summary>
    public static long Decompress(IReadOnlyList<string> files)
    {
        var total = 0L;
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            int read;
            while ((read = gzip.Read(Buffer)) > 0)
            {
                total += read;
            }
        }

        return total;
    }

    /// <summary>Decompresses with every check that LogContent makes.</summary>
    public static long Check(IReadOnlyList<string> files)
    {
        var total = 0L;
        foreach (var file in files)
        {
            using var content = LogContent.Open(new FileObject(file), new())!;
            int read;
            while ((read = content.Read(Buffer)) > 0)
            {
                total += read;
            }
        }

        return total;
    }

    /// <summary>Cuts every record.</summary>
    public static long Cut(IReadOnlyList<string> files)
    {
        var total = 0L;
        foreach (var file in files)
        {
            using var reader = RecordReader.Open(new FileObject(file), new())!;
            while (reader.TryRead(out _))
            {
                total++;
            }
        }

        return total;
    }

    /// <summary>Finds the failed deliveries.</summary>
    public static long Scan(IReadOnlyList<string> files, int workers)
        => new FailureScan(new(), new()) { Workers = workers }.Run(files.Select(f => new FileObject(f))).LongCount();
}
