using System.Text.Json;
using LogDelivery.Cli;
using LogDelivery.Requests;

namespace LogDelivery.Faces.Tests;

/// <summary>Asks the command line, in this process.</summary>
internal static class CommandLineFace
{
    public static Answer Ask(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = CommandLine.Run(args, output, error);
        return new((Outcome)exitCode, [.. RowsOf(output.ToString())], $"logdelivery {string.Join(' ', args)}\n{output}{error}exit code {exitCode}");
    }

    // A policy or a template is text, and one row.
    private static IEnumerable<JsonElement> RowsOf(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return [.. lines.Select(l => JsonDocument.Parse(l).RootElement)];
        }
        catch (JsonException)
        {
            return text.Length == 0 ? [] : [JsonSerializer.SerializeToElement(text.ReplaceLineEndings("\n"))];
        }
    }
}
