using System.Text;

namespace LogDelivery.Patterns.Comparison;

/// <summary>The texts of JSON numbers (RFC 8259).</summary>
internal sealed class JsonNumberAutomaton : TextAutomaton
{
    // 0 start, 1 sign, 2 zero, 3 digits, 4 point, 5 fraction, 6 e, 7 sign of the exponent, 8 exponent.
    private static readonly bool[] Final = [false, false, true, true, false, true, false, false, true];

    public override IEnumerable<Rune> Characters => [];

    public override int Next(int state, Rune character) => (state, Sort(character)) switch
    {
        (0, '-') => 1,
        (0 or 1, '0') => 2,
        (0 or 1, '1') => 3,
        (3, '0' or '1') => 3,
        (2 or 3, '.') => 4,
        (4 or 5, '0' or '1') => 5,
        (2 or 3 or 5, 'e') => 6,
        (6, '+' or '-') => 7,
        (6 or 7 or 8, '0' or '1') => 8,
        _ => -1,
    };

    public override bool Accepts(int state) => state >= 0 && Final[state];

    public override string Signature(Rune character) => Sort(character).ToString();

    private static char Sort(Rune character) => (char)Math.Min(character.Value, 0x7F) switch
    {
        >= '1' and <= '9' => '1',
        'E' => 'e',
        var c when c is '0' or '-' or '+' or '.' or 'e' => c,
        _ => ' ',
    };
}
