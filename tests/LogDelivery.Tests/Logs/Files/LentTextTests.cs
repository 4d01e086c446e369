using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;
using Xunit;

namespace LogDelivery.Tests.Logs;

/// <summary>All records at once, from blocks of text where they stand, are those that come one after the other from text that is read.</summary>
public sealed partial class LentTextTests
{
    private const string Line = "79a59df900b949e5 amzn-s3-demo-bucket [06/Feb/2019:00:00:38 +0000] ";

    private static int Seeds => LongForm.IsOn ? 60 : 3;

    [Theory]
    [InlineData("Records")]
    [InlineData("objects")]
    [InlineData("lines")]
    [InlineData("access log")]
    public void WholeFiles(string form)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var text = Text(form, new(seed));
            var (records, damages) = Compare(MemoryObject.Gzip(text));
            Assert.NotEmpty(records);
            Assert.Empty(damages);
            Compare(text);
            Compare(MemoryObject.Gzip(MemoryObject.Gzip(text)));
            Compare([.. MemoryObject.Gzip(text), .. MemoryObject.Gzip(text)]);
            Compare([.. MemoryObject.Gzip(text), .. new byte[1000]]);
        }
    }

    [Theory]
    [InlineData("Records")]
    [InlineData("objects")]
    [InlineData("lines")]
    [InlineData("access log")]
    public void DamagedFiles(string form)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var file = MemoryObject.Gzip(Text(form, random));
            var place = random.Next(20, file.Length - 20);
            Assert.NotEmpty(Compare(file[..place]).Damages);
            Assert.NotEmpty(Compare([.. file, .. "This is no gzip stream."u8]).Damages);
            Compare([.. file, .. file[..place]]);
            file[place] ^= (byte)random.Next(1, 256);
            Assert.NotEmpty(Compare(file).Damages);
            Compare([.. file, .. MemoryObject.Gzip(Text(form, random))]);
            foreach (var value in (byte[])[(byte)random.Next(256), .. "\"\\\n\r\t{]"u8])
            {
                var broken = Text(form, random);
                broken[random.Next(broken.Length)] = value;
                Compare(MemoryObject.Gzip(broken));
            }
        }
    }

    private static (List<string> Records, List<string> Damages) Compare(byte[] file)
    {
        var (expected, expectedDamages) = Read(file, (reader, take) =>
        {
            while (reader.TryRead(out var record))
            {
                take(record);
            }
        });
        var (records, damages) = Read(file, (reader, take) => reader.ReadAll(take));
        Assert.Equal(expectedDamages, damages);
        Assert.Equal(expected, records);
        return (records, damages);
    }

    private static (List<string> Records, List<string> Damages) Read(byte[] file, Action<RecordReader, RecordAction> read)
    {
        var tally = new ReadTally();
        var records = new List<string>();
        using (var reader = RecordReader.Open(new MemoryObject(file), tally)!)
        {
            read(reader, (in LogRecord record) => records.Add(string.Create(CultureInfo.InvariantCulture, $"{record.Number} {record.Offset} {Encoding.Latin1.GetString(record.Bytes)}")));
            records.Add(string.Create(CultureInfo.InvariantCulture, $"{reader.Count} records"));
        }

        // How far in the file a decompressor was when it gave up depends on how much it got at a time.
        return (records, [.. tally.Damages.Select(d => PlaceInFile().Replace(d.ToString(), "before byte N"))]);
    }

    private static byte[] Text(string form, Random random)
    {
        var text = new StringBuilder(form == "Records" ? """{"Records":[""" : string.Empty);
        var length = random.Next(400_000, 1_500_000);
        for (var isFirst = true; text.Length < length; isFirst = false)
        {
            var fill = new string(random.GetItems<char>("0123456789abcdef\"\\{}[] ", random.Next(40) == 0 ? random.Next(300_000) : random.Next(3000)));
            var record = $$"""{"a":"{{fill.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}}","b":[{"c":{} } ] }""";
            text.Append((form, isFirst) switch
            {
                ("Records", false) => $",{record}",
                ("lines", _) => $"{record}\n",
                ("access log", _) => $"{Line}{fill}\n",
                _ => record,
            });
        }

        return Encoding.UTF8.GetBytes(text.Append(form == "Records" ? "]}" : string.Empty).ToString());
    }

    [GeneratedRegex("before byte [0-9]+")]
    private static partial Regex PlaceInFile();
}
