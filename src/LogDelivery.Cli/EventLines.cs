using System.Text.Json;
using LogDelivery.Logs.Events;

namespace LogDelivery.Cli;

/// <summary>A file of events for tests: a JSON value a line, a string being an event's raw text.</summary>
internal static class EventLines
{
    public static void Read(string path, MatchReport report)
    {
        using var reader = Open(path, report);
        if (reader is null)
        {
            return;
        }

        long number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                report.Add(new() { Message = Text(line), File = InputFile.Name(path), Number = number });
            }
            catch (JsonException exception)
            {
                report.AddUnreadable($"{InputFile.Name(path)}, line {number}: no JSON value, at byte {exception.BytePositionInLine + 1}.");
            }
        }
    }

    // A file of logs that is not there could not be read; it is no wrong usage.
    private static TextReader? Open(string path, MatchReport report)
    {
        var named = InputFile.Named(path);
        try
        {
            return InputFile.OpenText(named);
        }
        catch (UserException exception)
        {
            report.AddProblem(exception.Message);
            return null;
        }
    }

    private static string Text(string line)
    {
        using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = int.MaxValue });
        return json.RootElement.ValueKind == JsonValueKind.String ? LogEventText.OfString(json.RootElement) : json.RootElement.GetRawText();
    }
}
