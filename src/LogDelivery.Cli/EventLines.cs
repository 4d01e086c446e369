using System.Text.Json;
using LogDelivery.Files;
using LogDelivery.Logs.Events;

namespace LogDelivery.Cli;

/// <summary>A file of events for tests: a JSON value a line, a string being an event's raw text.</summary>
internal static class EventLines
{
    public static void Read(string path, MatchReport report)
    {
        long number = 0;
        foreach (var line in Lines(path, report))
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
    private static IEnumerable<string> Lines(string path, MatchReport report)
    {
        using var lines = InputFile.ReadLines(path == "-" ? path : InputFile.Named(path), FileLimit.Events).GetEnumerator();
        while (true)
        {
            try
            {
                if (!lines.MoveNext())
                {
                    yield break;
                }
            }
            catch (UserException exception)
            {
                report.AddProblem(exception.Message);
                yield break;
            }

            yield return lines.Current;
        }
    }

    private static string Text(string line)
    {
        using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = int.MaxValue });
        return json.RootElement.ValueKind == JsonValueKind.String ? LogEventText.OfString(json.RootElement) : json.RootElement.GetRawText();
    }
}
