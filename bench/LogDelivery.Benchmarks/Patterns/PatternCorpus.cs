using System.Globalization;
using System.IO.Compression;
using LogDelivery.Logs.Files;
using LogDelivery.Patterns;

namespace LogDelivery.Benchmarks.Patterns;

/// <summary>
/// Counts events of CloudTrail files by patterns of every kind, on one thread, against reading the same files through GZipStream. Rounds
/// alternate, and the ratio of processor time is the median of the pairs.
/// </summary>
internal static class PatternCorpus
{
    private const int Rounds = 9;
    private const int WarmUp = 2;

    private static readonly (string Kind, string Pattern)[] Patterns =
    [
        ("selective", "{ $.errorCode = \"AccessDenied\" }"),
        ("selective", "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"),
        ("selective", "{ $.userIdentity.type = \"AWSService\" && $.eventName = \"PutObject\" && $.errorCode = * }"),
        ("selective", "{ $.additionalEventData.SignatureVersion = \"SigV2\" }"),
        ("selective", "AccessDenied -AWSService"),
        ("any", "{ ($.eventName = \"GetObject\") && ($.additionalEventData.bytesTransferredOut > 1000) && ($.vpcEndpointId NOT EXISTS) }"),
        ("any", "{ $.eventName != \"PutObject\" }"),
        ("any", "{ $.userIdentity.sessionContext.attributes.mfaAuthenticated != \"true\" && $.sourceIPAddress != 192.0.2.* }"),
        ("any", "{ ($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable) }"),
        ("any", "{ $.resources[*].ARN = *bucket && $.* = \"Data\" }"),
        ("any", "{ $.userAgent = %Linux/5\\.1[0-9]% }"),
        ("any", "%TLS_AES_[0-9]+%"),
        ("any", "%[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}%"),
        ("any", "[..., last]"),
    ];

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("logdelivery-patterns");
        try
        {
            TrailFiles.Write(folder.FullName, files: 16, recordsPerFile: 4_000);
            var files = folder.GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => file.FullName).ToArray();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Length} files, {files.Sum(Gunzip) / 1e6:0.0} MB of text"));
            foreach (var (kind, text) in Patterns)
            {
                Compare(kind, FilterPattern.Parse(text), files);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Compare(string kind, FilterPattern pattern, string[] files)
    {
        var ratios = new List<double>();
        long count = 0;
        for (var round = 0; round < Rounds + WarmUp; round++)
        {
            TimeSpan reading = default, matching = default;
            for (var turn = 0; turn < 2; turn++)
            {
                var before = Environment.CpuUsage.TotalTime;
                if ((turn + round) % 2 == 0)
                {
                    Array.ForEach(files, file => Gunzip(file));
                    reading = Environment.CpuUsage.TotalTime - before;
                }
                else
                {
                    count = new PatternScan(pattern, new ReadTally()) { Workers = 1 }.Count(files.Select(file => new FileObject(file)));
                    matching = Environment.CpuUsage.TotalTime - before;
                }
            }

            if (round >= WarmUp)
            {
                ratios.Add(matching / reading);
            }
        }

        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-9} {ratios[ratios.Count / 2]:0.00} [{ratios[ratios.Count / 4]:0.00}-{ratios[^(1 + (ratios.Count / 4))]:0.00}]  {count,7} events  {pattern}"));
    }

    private static long Gunzip(string file)
    {
        var buffer = new byte[128 << 10];
        using var text = new GZipStream(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), CompressionMode.Decompress);
        long total = 0;
        while (text.Read(buffer) is var read and > 0)
        {
            total += read;
        }

        return total;
    }
}
