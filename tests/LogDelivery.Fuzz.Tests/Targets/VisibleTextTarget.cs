using System.Text;
using LogDelivery.Text;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Text for people itself: what looks plain stays as it is, and what was made visible stays as it was made.</summary>
internal sealed class VisibleTextTarget : IFuzzTarget
{
    public string Name => "VisibleText";

    public int Share => 60;

    public IEnumerable<byte[]> Seeds
        => new[] { "plain", "\u001b]0;title\u0007\u202eabc\r\n\u2028\u200b\ufeff", "日本語 e\u0301 \U0001f4c4\U000e0041", "a\tb\nc" }
            .SelectMany(t => new[] { Encoding.UTF8.GetBytes(t), Encoding.Unicode.GetBytes(t) });

    public void Run(byte[] input, Screen screen)
    {
        foreach (var text in new[] { Parts.Text(input), Parts.Utf16(input) })
        {
            screen.Show(text);
            screen.ShowLines(text);
            screen.ShowAsWritten(ShownText.Of($"a {text} of {text.Length}").Text);
            var shown = VisibleText.Of(text);
            if (VisibleText.Of(shown) != shown)
            {
                throw new InvalidOperationException("What was made visible is made visible again.");
            }
        }
    }
}
