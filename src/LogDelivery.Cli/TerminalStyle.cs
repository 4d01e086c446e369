using LogDelivery.Policies;

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

    public string Verdict(Verdict verdict) => Paint(verdict.ToString(), verdict switch
    {
        Policies.Verdict.Allowed => Green,
        Policies.Verdict.Unknown => Yellow,
        _ => Red,
    });

    public string Severity(FindingSeverity severity) => Paint(severity.ToString(), severity switch
    {
        FindingSeverity.Blocks => Red,
        FindingSeverity.Noise => Faint,
        _ => Yellow,
    });

    public string Diff(string line) => line switch
    {
        ['+', ..] => Paint(line, Green),
        ['-', ..] => Paint(line, Red),
        ['@', ..] => Paint(line, Strong),
        _ => line,
    };

    public string Good(string text) => Paint(text, Green);

    public string Bad(string text) => Paint(text, Red);

    public string Heading(string text) => Paint(text, Strong);

    public string Dim(string text) => Paint(text, Faint);

    private string Paint(string text, string code) => colours ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
