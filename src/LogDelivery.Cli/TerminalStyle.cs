using LogDelivery.Policies;
using LogDelivery.Text;

namespace LogDelivery.Cli;

/// <summary>Colours for a terminal. Every state is also a word; redirected output and NO_COLOR get the words only.</summary>
internal sealed class TerminalStyle(bool colours)
{
    private const string Red = "31";
    private const string Green = "32";
    private const string Yellow = "33";
    private const string Faint = "2";
    private const string Strong = "1";

    public static TerminalStyle For(TextWriter output)
        => new(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && StandardStreams.IsTerminal(output));

    public ShownText Verdict(Verdict verdict) => Paint(verdict.ToString(), verdict switch
    {
        Policies.Verdict.Allowed => Green,
        Policies.Verdict.Unknown => Yellow,
        _ => Red,
    });

    public ShownText Severity(FindingSeverity severity) => Paint(severity.ToString(), severity switch
    {
        FindingSeverity.Blocks => Red,
        FindingSeverity.Noise => Faint,
        _ => Yellow,
    });

    public ShownText Diff(string line) => line switch
    {
        ['+', ..] => Paint(ShownText.OfLine(line), Green),
        ['-', ..] => Paint(ShownText.OfLine(line), Red),
        ['@', ..] => Paint(ShownText.OfLine(line), Strong),
        _ => ShownText.OfLine(line),
    };

    public ShownText Good(ShownText text) => Paint(text, Green);

    public ShownText Bad(ShownText text) => Paint(text, Red);

    public ShownText Heading(ShownText text) => Paint(text, Strong);

    public ShownText Dim(ShownText text) => Paint(text, Faint);

    private ShownText Paint(ShownText text, string code)
        => colours ? new($"\u001b[{code}m{text.Text}\u001b[0m") { Width = text.Width } : text;
}
