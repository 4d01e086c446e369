using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace LogDelivery.Tests.Logs.Subscriptions;

/// <summary>Any list of messages through every shape and back is the same list.</summary>
public sealed class RoundTripTests
{
    private const int MaxMessage = 256 * 1024;

    private static readonly string[] Fragments =
    [
        "\"", "\\", "\\\"", "{", "}", "[", "]", "}{", "\n", "\r\n", "\t", "\u0001", "\u001e", "\u0085", "\u2028", "é", "漢字", "😀", "\u0000", "/", "</script>", "\\u0041",
        "\"logEvents\":[", "{\"message\":\"x\"}", "\"}]}", "\u001f\u008b", " ", "plain text", "{\"a\":{\"b\":[1,2,{\"c\":\"}\"}]}}", "\ufeff",
    ];

    private static readonly Gen<string> Messages = Gen.Frequency(
        (20, from size in Gen.Choose(0, 12)
             from parts in Gen.Elements(Fragments).ListOf(size)
             select string.Concat(parts)),
        (5, ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => Paired(s.Get))),
        (1, from part in Gen.Elements(Fragments)
            select string.Concat(Enumerable.Repeat(part, MaxMessage / Encoding.UTF8.GetByteCount(part)))));

    private static readonly Gen<string[][]> Envelopes =
        from count in Gen.Choose(1, 4)
        from envelopes in (from size in Gen.Choose(1, 6) from messages in Messages.ListOf(size) select messages.ToArray()).ListOf(count)
        select envelopes.ToArray();

    private static int Runs => LongForm.IsOn ? 5_000 : 20;

    public static TheoryData<string> Shape => [.. Shapes.OfEnvelopes.Keys];

    [Theory]
    [MemberData(nameof(Shape))]
    public void Messages_come_back_as_they_were(string shape)
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Runs),
            Prop.ForAll(Envelopes.ToArbitrary(), ArbMap.Default.ArbFor<int>(), (envelopes, variant) =>
            {
                var number = 0L;
                var events = envelopes.Select(e => e.Select(m => Shapes.Event(m, number++)).ToArray()).ToArray();
                var file = Shapes.OfEnvelopes[shape]([.. events.Select(e => Shapes.Envelope(e, escapesAll: (variant & 1) != 0, isAccountLevel: (variant & 2) != 0, isIndented: (variant & 4) != 0))]);
                var expanded = Expanded.Of(file);
                Assert.Empty(expanded.Damages);
                Assert.Equal(events.SelectMany(e => e), expanded.Events);
                Assert.Equal(events.SelectMany(e => e), Expanded.OfLines(file));
            }));
    }

    [Fact]
    public void Lines_of_messages_alone_come_back_as_they_were()
    {
        var lines = Messages.Where(m => m.Length > 0 && !m.AsSpan().ContainsAny('\n', '\r') && m[0] is not ('{' or '[' or '<' or '\ufeff' or '\u001e') && !m.Contains('\u0000', StringComparison.Ordinal) && !m.AsSpan().ContainsAnyInRange('\u0001', '\u0008') && m.Trim().Length == m.Length);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Runs),
            Prop.ForAll(lines.NonEmptyListOf().ToArbitrary(), messages =>
            {
                var file = MemoryObject.Gzip(string.Join('\n', messages.Prepend("the first line")));
                var expanded = Expanded.Of(file);
                Assert.Empty(expanded.Damages);
                Assert.Equal(messages.Prepend("the first line"), expanded.Events.Select(e => e.Message));
                Assert.Equal(messages.Prepend("the first line"), Expanded.OfLines(file).Select(e => e.Message));
            }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n ")]
    public void Records_alone_come_back_as_they_were_whatever_stands_between(string delimiter)
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Runs),
            Prop.ForAll(Messages.NonEmptyListOf().ToArbitrary(), texts =>
            {
                var number = 0;
                string[] records = [.. texts.Select(t => $$"""{"eventVersion":"1.11","eventSource":"s3.amazonaws.com","eventName":"PutObject","n":{{(++number).ToString(CultureInfo.InvariantCulture)}},"text":{{System.Text.Json.JsonSerializer.Serialize(t)}}}""")];
                var file = Encoding.UTF8.GetBytes(string.Join(delimiter, records));
                Assert.Equal(records, Expanded.Of(file).Events.Select(e => e.Message));
                Assert.Equal(records, Expanded.CloudTrailOf(file).Lines);
                var enveloped = Shapes.Envelope(records.Select((r, i) => Shapes.Event(r, i)));
                Assert.Equal(records, Expanded.CloudTrailOf(MemoryObject.Gzip(enveloped)).Lines);
            }));
    }

    // Half a pair of surrogates cannot be written as UTF-8.
    private static string Paired(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
