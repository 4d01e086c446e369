using System.Text;
using Xunit;

namespace LogDelivery.Cli.Tests;

public sealed class LineStreamTests
{
    [Fact]
    public void A_character_may_come_in_pieces()
    {
        const string Text = "Prüfung ログ 😀\n";
        using var output = new StringWriter();
        using (var lines = new LineStream(output, isJson: false))
        {
            foreach (var value in Encoding.UTF8.GetBytes(Text))
            {
                lines.Write([value]);
            }
        }

        Assert.Equal(Text, output.ToString());
    }

    [Fact]
    public void What_ends_within_a_character_is_not_lost_without_a_trace()
    {
        using var output = new StringWriter();
        using (var lines = new LineStream(output, isJson: false))
        {
            lines.Write("a"u8);
            lines.Write([0xe3, 0x83]);
        }

        Assert.Equal("a\ufffd", output.ToString());
    }
}
