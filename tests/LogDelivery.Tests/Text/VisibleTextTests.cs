using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Text;
using Xunit;

namespace LogDelivery.Tests.Text;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("amzn-s3-demo-bucket/AWSLogs", "amzn-s3-demo-bucket/AWSLogs")]
    [InlineData("\u001b]0;owned\u0007", @"\u001b]0;owned\u0007")]
    [InlineData("\u001b[31mred", @"\u001b[31mred")]
    [InlineData("a\r\nAllowed", @"a\u000d\u000aAllowed")]
    [InlineData("\u009b31m", @"\u009b31m")]
    [InlineData("a\u007fb", @"a\u007fb")]
    [InlineData("a\u202eb\u2066c\u200bd", @"a\u202eb\u2066c\u200bd")]
    [InlineData("a\u2028b\u2029c", @"a\u2028b\u2029c")]
    [InlineData("\U000e0041", @"\u{e0041}")]
    [InlineData("a\u00adb\ufeffc", @"a\u00adb\ufeffc")]
    [InlineData("\u3164", @"\u3164")]
    [InlineData("Zürich 東京 😀", "Zürich 東京 😀")]
    public void What_a_screen_would_obey_or_hide_is_shown(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    // Half a pair does not survive in an attribute, which is written as UTF-8.
    [Fact]
    public void Half_a_pair_of_surrogates_is_shown() => Assert.Equal(@"a\ud800b\udc00", VisibleText.Of("a\ud800b\udc00"));

    [Fact]
    public void Nothing_gives_an_empty_text() => Assert.Equal(string.Empty, VisibleText.Of(null));

    [Fact]
    public void Lines_keep_line_feeds_and_tabs_and_nothing_else()
        => Assert.Equal("a\n\tb\\u001b\\u000dc", VisibleText.OfLines("a\r\n\tb\u001b\rc"));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("東京", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("😀", 2)]
    [InlineData("", 0)]
    public void The_width_is_that_of_a_terminal(string shown, int width) => Assert.Equal(width, VisibleText.WidthOf(shown));

    [Fact]
    public void A_message_shows_every_value_and_keeps_its_own_words()
    {
        var sid = "x\r\nAllowed";
        var style = new ShownText("\u001b[32mok\u001b[0m");
        Assert.Equal("Statement \"x\\u000d\\u000aAllowed\":\n\u001b[32mok\u001b[0m 3 1.5", ShownText.Of($"Statement \"{sid}\":\n{style} {3} {1.5}").Text);
    }

    [Fact]
    public void No_text_shows_a_raw_character_and_none_is_shown_twice_alike()
    {
        var characters = Gen.OneOf(Gen.Choose(0, 0x24f), Gen.Choose(0x2000, 0x206f), Gen.Choose(0xd7f0, 0xe010), Gen.Choose(0xfe00, 0xffff)).Select(c => (char)c);
        var texts = Gen.ArrayOf(characters).Select(c => new string(c));
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var shown = VisibleText.Of(text);
            return shown.EnumerateRunes().All(r => Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate))
                && VisibleText.Of(shown) == shown;
        }).QuickCheckThrowOnFailure();
    }
}
