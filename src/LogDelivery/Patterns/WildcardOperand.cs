namespace LogDelivery.Patterns;

/// <summary>Text with stars, compared with a string's characters or with a number as it is written.</summary>
internal sealed class WildcardOperand(string text) : Operand
{
    public string Text { get; } = text;

    public WildcardText Pattern { get; } = new(text);

    public override bool EqualsValue(ReadOnlySpan<byte> value, bool numeric) => Pattern.Matches(value);

    public override string Write(bool compact) => Text == "*" || (compact && BareText.Is(Text)) ? Text : QuotedText.Write(Text);
}
