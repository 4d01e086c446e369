namespace LogDelivery.Patterns;

/// <summary>A regular expression, looked for anywhere in a string's characters or in a number as it is written.</summary>
internal sealed class RegexOperand(PatternRegex regex) : Operand
{
    public PatternRegex Regex { get; } = regex;

    public override bool EqualsValue(ReadOnlySpan<byte> value, bool numeric) => Regex.IsMatch(value);

    public override string Write(bool compact) => $"%{Regex.Source}%";
}
