using System.Text;
using System.Text.Json.Nodes;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Scan;
using LogDelivery.Logs.Shapes;
using Xunit;

namespace LogDelivery.Tests.Logs;

/// <summary>The fast answer is the plain one: on files of every form, on published ones, and on any bytes.</summary>
public sealed class FastAndPlainTests(ITestOutputHelper output)
{
    private const int Mutations = 50_000;
    private const int MutationsOfLongForm = 1_000_000;

    [Fact]
    public void OnFilesOfEveryForm()
    {
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            Compare(Encoding.UTF8.GetBytes(RandomFile(random, random.Next(1, 60))), $"file {i}");
        }
    }

    [Fact]
    public void OnMutatedFiles()
    {
        var random = new Random(2);
        var count = LongForm.IsOn ? MutationsOfLongForm : Mutations;
        var bases = Enumerable.Range(0, 40).Select(_ => Encoding.UTF8.GetBytes(RandomFile(random, random.Next(1, 5)))).ToArray();
        var wellFormed = 0;
        for (var i = 0; i < count; i++)
        {
            var text = Mutate(bases[random.Next(bases.Length)], random);
            wellFormed += Compare(text, $"mutation {i}") ? 1 : 0;
        }

        output.WriteLine($"{count} mutations, {wellFormed} of them well-formed.");
        Assert.InRange(wellFormed, count / 20, count);
    }

    [Fact]
    public void OneByteThatBreaksAFailureIsToldUnlessTheFailureIsFound()
    {
        var record = EventText.Delivery();
        record["requestParameters"]!["policy"] = "a\"\n/";
        var texts = new[] { EventText.File(EventText.Delivery(error: null), record, EventText.Human()), EventText.Compact(record) + "\n" + EventText.Compact(EventText.Delivery(error: null)) + "\n" };
        var broken = 0;
        foreach (var text in texts.Select(Encoding.UTF8.GetBytes))
        {
            for (var place = 0; place < text.Length; place++)
            {
                broken += IsToldOrFound([.. text[..place], .. text[(place + 1)..]]) ? 1 : 0;
                foreach (var value in "\"\\{}[]:,0 \nu\u0001"u8.ToArray().Append((byte)0xff))
                {
                    broken += IsToldOrFound([.. text[..place], value, .. text[(place + 1)..]]) ? 1 : 0;
                    broken += IsToldOrFound([.. text[..place], value, .. text[place..]]) ? 1 : 0;
                }
            }
        }

        Assert.True(broken > 10_000, broken.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <returns>Whether the text was broken. Then the failure is found, or there is damage.</returns>
    private static bool IsToldOrFound(byte[] text)
    {
        var tally = new ReadTally();
        var source = new MemoryObject(text);
        var found = 0;
        RecordLoop.Read(source, tally, content => new FailureFinder(new(), content, _ => found++, null), TestContext.Current.CancellationToken);
        using var whole = LogContent.Open(source, new())!;
        var isWellFormed = PlainScan.Find(text, whole).IsWellFormed;
        Assert.True(isWellFormed || found > 0 || tally.Damages.Count > 0, Encoding.UTF8.GetString(text));
        return !isWellFormed;
    }

    [Fact]
    public void OnRecordsOfTheFormsThatArePublished()
    {
        string[] records = [.. PublishedRecords.Others, .. PublishedRecords.Failures];
        var file = $$"""{"Records":[{{string.Join(',', records)}}]}""";
        foreach (var text in new[]
        {
            file,
            PublishedRecords.Indented(file),
            string.Join('\n', records),
            string.Join('\n', records.Select(PublishedRecords.Indented)),
            string.Join('\n', records.Select(PublishedRecords.Bridged)),
            $"[{string.Join(',', Enumerable.Reverse(records))}]",
            $"[{file},{file}]",
        })
        {
            Assert.True(Compare(Encoding.UTF8.GetBytes(text), text));
            var found = new List<DeliveryFailure>();
            Scan(new MemoryObject(text), found);
            Assert.Equal(PublishedRecords.Failures.Count * (text.StartsWith("[{\"Records", StringComparison.Ordinal) ? 2 : 1), found.Count);
        }
    }

    [Fact]
    public void OnRealFiles()
    {
        var folder = RealFiles();
        Assert.SkipWhen(folder is null, "The real files (shared/data/cloudtrail-real beside the repository) are not on this machine.");
        foreach (var file in Directory.GetFiles(folder!))
        {
            Assert.True(Compare(File.ReadAllBytes(file), file));
        }
    }

    private static bool Compare(byte[] text, string name)
    {
        var source = new MemoryObject(text, name);
        using var content = LogContent.Open(source, new())!;
        var (plain, isWellFormed) = PlainScan.Find(text, content);
        var fast = new List<DeliveryFailure>();
        Scan(source, fast);
        if (isWellFormed)
        {
            Assert.True(plain.SequenceEqual(fast), $"{name}: {plain.Count} plain, {fast.Count} fast in {Encoding.UTF8.GetString(text)}");
        }
        else
        {
            // What came before the place where a tokenizer gives up is found in any case; reading may go on behind it.
            Assert.True(plain.All(fast.Contains), $"{name}: {plain.Count} plain, {fast.Count} fast in {Encoding.UTF8.GetString(text)}");
        }

        return isWellFormed;
    }

    // As the scan does it, but on this thread.
    private static void Scan(MemoryObject source, List<DeliveryFailure> found)
    {
        using (var reader = RecordReader.Open(source, new()))
        {
            if (reader is null || reader.Shape is not (LogShape.CloudTrail or LogShape.JsonLines or LogShape.EventBridge))
            {
                return;
            }
        }

        RecordLoop.Read(source, new(), content => new FailureFinder(new(), content, found.Add, null), CancellationToken.None);
    }

    private static string RandomFile(Random random, int count)
    {
        var records = Enumerable.Range(0, count).Select(_ => RandomRecord(random)).ToArray();
        return random.Next(9) switch
        {
            0 => EventText.Indented(new JsonObject { ["Records"] = new JsonArray([.. records]) }),
            1 => string.Join('\n', records.Select(EventText.Compact)),
            2 => string.Concat(records.Select(r => EventText.Compact(new JsonObject { ["detail"] = r, ["detail-type"] = "AWS API Call via CloudTrail" }))),
            3 => EventText.Compact(new JsonObject { ["note"] = new JsonArray(1, "x"), ["Records"] = new JsonArray([.. records]), ["end"] = new JsonObject() }),
            4 => EventText.Compact(new JsonArray([.. records])),
            5 => EventText.Indented(new JsonArray(new JsonObject { ["Records"] = new JsonArray([.. records]) }, RandomRecord(random), new JsonObject { ["note"] = "x", ["Records"] = new JsonArray() })),
            6 => EventText.Compact(new JsonArray(new JsonArray([.. records]), new JsonArray(), new JsonArray(RandomRecord(random)))),
            _ => EventText.File(records),
        };
    }

    private static JsonObject RandomRecord(Random random)
    {
        var record = random.Next(4) switch
        {
            0 => EventText.Human(),
            1 => EventText.Delivery(error: null),
            _ => EventText.Delivery(requestId: random.Next().ToString(System.Globalization.CultureInfo.InvariantCulture), sendsAcl: random.Next(2) == 0),
        };
        switch (random.Next(6))
        {
            case 0:
                record["requestParameters"]!["policy"] = EventText.Compact(EventText.Delivery());
                break;
            case 1:
                record["responseElements"] = EventText.Delivery();
                break;
            case 2:
                record["userAgent"] = "a\\\"{[ü]}\u0001" + new string('\\', random.Next(70));
                break;
            case 3:
                record["additionalEventData"] = new JsonObject { ["deep"] = new JsonArray(new JsonArray(new JsonObject(), "}]")), ["long"] = new string('x', random.Next(200)) };
                break;
        }

        return record;
    }

    private static byte[] Mutate(byte[] text, Random random)
    {
        ReadOnlySpan<byte> likely = "\"\\{}[]:,u0 \n\tae5"u8;
        var mutated = text.ToList();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var place = random.Next(mutated.Count);
            var value = random.Next(3) == 0 ? (byte)random.Next(256) : likely[random.Next(likely.Length)];
            switch (random.Next(5))
            {
                case 0:
                    mutated.Insert(place, value);
                    break;
                case 1:
                    mutated.RemoveAt(place);
                    break;
                case 2:
                    // A letter as its escape: the same text to a tokenizer, but only within a string.
                    var escape = Encoding.ASCII.GetBytes($"\\u00{mutated[place]:x2}");
                    mutated.RemoveAt(place);
                    mutated.InsertRange(place, escape);
                    break;
                case 3:
                    var from = random.Next(mutated.Count);
                    mutated.InsertRange(place, mutated.GetRange(from, Math.Min(random.Next(40), mutated.Count - from)));
                    break;
                default:
                    mutated[place] = value;
                    break;
            }
        }

        return [.. mutated];
    }

    private static string? RealFiles()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", "cloudtrail-real");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
