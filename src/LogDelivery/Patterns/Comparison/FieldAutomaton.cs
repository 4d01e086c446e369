using System.Text;

namespace LogDelivery.Patterns.Comparison;

/// <summary>
/// The texts that a field of a space-delimited event can be: without quotes, or without closing brackets, or without
/// blanks. It accepts a few texts that cannot occur. That is safe, because every witness is tested.
/// </summary>
internal sealed class FieldAutomaton : TextAutomaton
{
    private const int Quote = 1;
    private const int ClosingBracket = 2;
    private const int Blank = 4;

    public override IEnumerable<Rune> Characters => [];

    public override int Next(int state, Rune character) => state | Sort(character);

    public override bool Accepts(int state) => state != (Quote | ClosingBracket | Blank);

    public override string Signature(Rune character) => Sort(character).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static int Sort(Rune character) => character.Value switch
    {
        '"' => Quote,
        ']' => ClosingBracket,
        ' ' or (>= 0x09 and <= 0x0D) => Blank,
        _ => 0,
    };
}
