using System.Text;
using LogDelivery.Json;
using Xunit;

namespace LogDelivery.Tests.Json;

public sealed class JsonEscapesTests
{
    [Theory]
    [InlineData("plain", true)]
    [InlineData("\\/\\n\\u002B\\\\u", true)]
    [InlineData("\\u00", false)]
    [InlineData("\\u00g0", false)]
    [InlineData("\\ud8\\ud83d", false)]
    [InlineData("\\", false)]
    public void An_escape_is_whole_with_its_digits(string text, bool whole)
        => Assert.Equal(whole, JsonEscapes.AreWhole(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\\ud83d\\udcc4", "\\ud83d\\udcc4")]
    [InlineData("\\uD83D\\uDCC4\\uDFFF", "\\uD83D\\uDCC4\\ufffd")]
    [InlineData("\\ud83d\\ud83d\\udcc4", "\\ufffd\\ud83d\\udcc4")]
    [InlineData("\\udbffx\\udc00", "\\ufffdx\\ufffd")]
    [InlineData("\\\\ud83d", "\\\\ud83d")]
    [InlineData("\\ud7ff\\ue000\\ud8", "\\ud7ff\\ue000\\ud8")]
    public void Half_a_pair_is_replaced(string text, string mended)
        => Assert.Equal(mended, Encoding.UTF8.GetString(JsonEscapes.Mend(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Bytes_that_are_no_letter_are_replaced()
        => Assert.Equal("a\ufffdb", Encoding.UTF8.GetString(JsonEscapes.Mend([(byte)'a', 0xc3, (byte)'b'])));
}
