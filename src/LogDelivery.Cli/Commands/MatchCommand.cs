using System.CommandLine;
using LogDelivery.Patterns;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery match</c>: which events a CloudWatch Logs filter pattern selects.</summary>
internal static class MatchCommand
{
    public static Command Create()
    {
        var pattern = new Option<string>("--pattern")
        {
            Required = true,
            HelpName = "PATTERN",
            Description = "The filter pattern as CloudWatch Logs takes it; an empty one matches every event.",
        };
        var input = new LogInput.Options(isOptional: true, hasTimes: false);
        var events = new Option<string>("--events")
        {
            HelpName = "FILE.jsonl",
            Description = "Events one a line: a JSON string is an event's raw text, any other JSON value is matched as its text; - for standard input.",
        };
        var count = new Option<bool>("--count") { Description = "Print only how many events match." };
        var verdicts = new Option<bool>("--verdicts") { Description = "Print one line for every event: {\"Match\":true,\"Extracted\":{...}}." };
        var extract = new Option<string[]>("--extract")
        {
            HelpName = "SELECTOR",
            Description = "Also give this value of each event: $.a.b of a JSON event, $name or $3 of a space-delimited one. Can be given several times.",
        };
        var output = CommonOptions.Output();
        var command = new Command("match", "Find the events that a CloudWatch Logs filter pattern selects.") { pattern };
        input.AddTo(command);
        command.Add([events, count, verdicts, extract, output]);

        command.SetStoppableAction((result, cancel) =>
        {
            var report = new MatchReport(
                Parse(result.GetRequiredValue(pattern)),
                ParseSelectors(result.GetValue(extract) ?? []),
                result.GetValue(count) ? MatchStyle.Count : result.GetValue(verdicts) ? MatchStyle.Verdicts : result.GetValue(output) == OutputFormat.Json ? MatchStyle.Json : MatchStyle.Lines,
                result.InvocationConfiguration.Output.AsScreen(),
                result.InvocationConfiguration.Error.AsScreen());
            return RunAsync(report, result.GetValue(events), input, result, cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(MatchReport report, string? events, LogInput.Options input, ParseResult result, CancellationToken cancel)
    {
        if (events is null == (input.Paths(result).Count == 0))
        {
            throw new UserException(events is null ? "Name files or folders to look into, or --events FILE.jsonl." : "Give either --events or paths, not both.");
        }

        if (events is not null)
        {
            EventLines.Read(events, report);
            return report.End();
        }

        return await LogRun.RunAsync(input, result, run => report.ReadFiles(run, cancel), cancel).ConfigureAwait(false);
    }

    private static FilterPattern Parse(string text)
        => FilterPattern.TryParse(text, out var pattern, out var error) ? pattern : throw new UserException(error.Message);

    private static List<EventSelector> ParseSelectors(string[] texts)
    {
        try
        {
            return [.. texts.Select(EventSelector.Parse)];
        }
        catch (FilterPatternException exception)
        {
            throw new UserException($"--extract {exception.Pattern}: column {exception.Column}: {exception.Problem}");
        }
    }
}
