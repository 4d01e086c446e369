using System.Text;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;
using Xunit;

namespace LogDelivery.Tests.Records.Subscriptions;

/// <summary>A member whose name is written with escapes that are no Unicode is the member of nothing, wherever it stands.</summary>
public sealed class OddNameTests
{
    private const string Odd = "\"\\ud800\":1,";

    private static readonly LogSubscriptionEvent[] Two = [Shapes.Event("""{"eventVersion":"1.11","eventName":"ConsoleLogin"}""", 1), Shapes.Event("second", 2)];

    public static TheoryData<string> TextShapes => [.. Shapes.OfEnvelopes.Where(s => Sample(s.Value)[0] is (byte)'{' or (byte)'[').Select(s => s.Key)];

    [Theory]
    [MemberData(nameof(TextShapes))]
    public void It_changes_nothing_in_any_object_of_any_shape(string shape)
    {
        var text = Encoding.UTF8.GetString(Sample(Shapes.OfEnvelopes[shape]));
        foreach (var place in ObjectsIn(text))
        {
            var expanded = Expanded.Of(Encoding.UTF8.GetBytes(text.Insert(place + 1, Odd)));
            Assert.Equal(Two, expanded.Events);
            Assert.Empty(expanded.Damages);
        }
    }

    [Fact]
    public void It_changes_nothing_in_a_record()
    {
        foreach (var place in ObjectsIn(EventText.Compact(EventText.Delivery())))
        {
            var record = EventText.Compact(EventText.Delivery()).Insert(place + 1, Odd);
            var tally = new ReadTally();
            Assert.Single(new FailureScan(new(), tally).Run([new MemoryObject($$"""{{{Odd}}"Records":[{{record}}]}""")], null, TestContext.Current.CancellationToken));
            Assert.Empty(tally.Damages);
            Assert.Equal(record, Assert.Single(Expanded.CloudTrailOf(Shapes.Envelope([Shapes.Event(record)])).Lines));
        }
    }

    private static byte[] Sample(Func<byte[][], byte[]> shape) => shape([Shapes.Envelope(Two)]);

    private static List<int> ObjectsIn(string text)
    {
        var places = new List<int>();
        var isString = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                isString = !isString;
            }
            else if (text[i] == '{' && !isString)
            {
                places.Add(i);
            }
        }

        return places;
    }
}
