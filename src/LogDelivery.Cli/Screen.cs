using LogDelivery.Text;

namespace LogDelivery.Cli;

/// <summary>
/// Where a command prints. It takes shown text only: a value in an interpolated string, and a string as such, are made visible,
/// because both may come from outside. What is data is written by methods that say so.
/// </summary>
internal sealed class Screen(TextWriter writer)
{
    // A carriage return, and the escape sequence that erases the rest of the line.
    private const string EmptyLine = "\r\u001b[K";

    /// <summary>Whether a program reads: the standard output, redirected.</summary>
    private bool IsForProgram => ReferenceEquals(writer, Console.Out) && Console.IsOutputRedirected;

    public TerminalStyle Style => TerminalStyle.For(writer);

    /// <summary>Whether a person may sit before it.</summary>
    public bool IsConsole => ReferenceEquals(writer, Console.Out);

    public bool IsErrorTerminal => StandardStreams.IsErrorTerminal(writer);

    public void WriteLine() => writer.WriteLine();

    public void WriteLine(VisibleString message) => writer.WriteLine(message.ToShown().Text);

    public void WriteLine(ShownText text) => writer.WriteLine(text.Text);

    public void Write(VisibleString message) => writer.Write(message.ToShown().Text);

    public void Write(ShownText text) => writer.Write(text.Text);

    /// <summary>Takes the line away that the cursor stands in.</summary>
    public void EraseLine() => writer.Write(EmptyLine);

    /// <summary>A line of data that was asked for as it is.</summary>
    public void WriteRawLine(string line) => writer.WriteLine(line);

    /// <summary>A line of text from outside, which a program gets as it is.</summary>
    public void WriteTextLine(string text) => writer.WriteLine(IsForProgram ? text : VisibleText.OfLines(text));

    /// <summary>A document, which a program gets as it is.</summary>
    public void WriteDocument(string text) => writer.Write(IsForProgram ? text : VisibleText.OfLines(text));

    /// <summary>A JSON document, which a program gets as it is. On a screen it means the same.</summary>
    public void WriteJsonDocument(string json) => writer.Write(IsForProgram ? json : VisibleText.OfJson(json));

    /// <summary>A stream of bytes of UTF-8.</summary>
    /// <param name="isJson">Whether the text is JSON, so that an escape means the same.</param>
    public Stream OpenLines(bool isJson) => new LineStream(writer, isJson);

    public void Flush() => writer.Flush();
}

/// <summary>Makes screens of writers.</summary>
internal static class Screens
{
    public static Screen AsScreen(this TextWriter writer) => new(writer);
}
