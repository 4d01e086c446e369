using System.Text;

namespace LogDelivery.Cli;

/// <summary>
/// The standard streams of the process. Redirected ones are UTF-8 whatever the code page is, which on Windows is one that lacks
/// most characters; a console of Windows shows all of Unicode, and keeps its code page.
/// </summary>
internal static class StandardStreams
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Sets the streams up, once, before the first of them is used.</summary>
    public static void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            // Text then goes to the console as it is, by no code page.
            Console.OutputEncoding = Encoding.Unicode;
        }

        if (Console.IsOutputRedirected)
        {
            Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), Utf8) { AutoFlush = true });
        }

        if (Console.IsErrorRedirected)
        {
            Console.SetError(new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true });
        }

        if (Console.IsInputRedirected)
        {
            Console.SetIn(new StreamReader(Console.OpenStandardInput(), Utf8));
        }
    }

    /// <summary>Whether results go to a terminal that obeys escape sequences.</summary>
    /// <param name="output">Where results go.</param>
    public static bool IsTerminal(TextWriter output)
        => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && (!OperatingSystem.IsWindows() || WindowsConsole.ObeysEscapes(WindowsConsole.Output));

    /// <summary>Whether messages go to a terminal that obeys escape sequences.</summary>
    /// <param name="error">Where messages go.</param>
    public static bool IsErrorTerminal(TextWriter error)
        => ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected && (!OperatingSystem.IsWindows() || WindowsConsole.ObeysEscapes(WindowsConsole.Error));
}
