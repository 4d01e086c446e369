using System.Globalization;
using System.IO.Compression;
using System.Text;
using LogDelivery.Logs.Shapes;
using Xunit;

namespace LogDelivery.Tests.Logs;

/// <summary>Whatever happens to some bytes of a gzip file, the records of every other member are read.</summary>
public sealed class DamagedMemberTests
{
    // The first bytes tell that a file is compressed at all.
    private const int HeaderLength = 10;

    private static int Files => LongForm.IsOn ? 20_000 : 600;

    [Fact]
    public void NoWholeMemberIsLost()
    {
        var hurt = 0;
        for (var seed = 0; seed < Files; seed++)
        {
            var random = new Random(seed);
            var members = Enumerable.Range(0, random.Next(2, 9)).Select(m => Member(m, random)).ToArray();
            byte[] file = [.. members.SelectMany(m => m.Bytes)];
            var (damaged, from, to) = Damage(file, random);
            hurt += damaged.AsSpan().SequenceEqual(file) ? 0 : 1;
            var found = Read(damaged);
            var start = 0;
            foreach (var (bytes, records) in members)
            {
                var end = start + bytes.Length;
                var isWhole = end <= from || start >= to;
                if (isWhole && !found.IsSupersetOf(records))
                {
                    Assert.Fail($"Seed {seed}: of the member at {start} to {end} not all records were read; bytes {from} to {to} were damaged.");
                }

                start = end;
            }
        }

        Assert.InRange(hurt, Files * 9 / 10, Files);
    }

    private static HashSet<string> Read(byte[] file)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        using var reader = RecordReader.OpenRecords(new MemoryObject(file), new());
        reader?.ReadAll((in LogRecord record) => found.Add(Encoding.Latin1.GetString(record.Bytes)));
        return found;
    }

    private static (byte[] Bytes, string[] Records) Member(int number, Random random)
    {
        var records = Enumerable.Range(0, random.Next(1, random.Next(5) == 0 ? 1000 : 30))
            .Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{number}}-{{i}}","eventName":"PutObject","requestID":"{{random.NextInt64():x}}","a":[{}]}"""))
            .ToArray();
        return (MemoryObject.Gzip(Encoding.ASCII.GetBytes(string.Join('\n', records) + "\n"), (CompressionLevel)random.Next(4)), records);
    }

    /// <returns>The file, and from where to where in the whole one it was changed.</returns>
    private static (byte[] File, int From, int To) Damage(byte[] file, Random random)
    {
        var at = random.Next(HeaderLength, file.Length);
        var noise = new byte[random.Next(1, 200)];
        random.NextBytes(noise);
        var end = Math.Min(at + noise.Length, file.Length);
        return random.Next(4) switch
        {
            0 => (file[..at], at, file.Length),
            1 => ([.. file[..at], .. noise, .. file[at..]], at, Math.Min(at + 1, file.Length)),
            2 => ([.. file[..at], .. file[end..]], at, end),
            _ => ([.. file[..at], .. noise[..(end - at)], .. file[end..]], at, end),
        };
    }
}
