using System.Text;

namespace LogDelivery.Patterns;

/// <summary>A number without quotes: compared by value with numbers, and by its text with strings.</summary>
internal sealed class NumberOperand(string text, DecimalNumber number) : Operand
{
    private readonly byte[] utf8 = Encoding.UTF8.GetBytes(text);

    public string Text { get; } = text;

    public DecimalNumber Number { get; } = number;

    public override bool EqualsValue(ReadOnlySpan<byte> value, bool numeric)
        => numeric && Number.TryCompare(value, out var order) ? order == 0 : value.SequenceEqual(utf8);

    public override string Write(bool compact) => Text;
}
