using System.Text;

namespace LogDelivery.Patterns;

/// <summary>Text without a star: a value equals it character by character, a number by the way it is written.</summary>
internal sealed class TextOperand(string text, bool quoted) : Operand
{
    private readonly byte[] utf8 = Encoding.UTF8.GetBytes(text);

    public string Text { get; } = text;

    public override bool EqualsValue(ReadOnlySpan<byte> value, bool numeric) => value.SequenceEqual(utf8);

    // A number in quotes is text; without them it would be compared by value.
    public override string Write(bool compact) => compact && !quoted ? Text : QuotedText.Write(Text);
}
