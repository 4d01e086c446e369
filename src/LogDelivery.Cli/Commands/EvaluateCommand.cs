using System.CommandLine;
using System.Text.Json;
using LogDelivery.Files;
using LogDelivery.Policies;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery evaluate</c>: any requests against any resource policy.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var policy = new Option<string>("--policy") { Required = true, Description = "The policy document; - for standard input.", HelpName = "FILE" };
        var requests = new Option<string>("--requests")
        {
            Required = true,
            HelpName = "FILE.jsonl",
            Description = "One request per line: {\"principal\":{\"Service\":\"...\"},\"action\":\"...\",\"resource\":\"...\",\"context\":{...},\"unknown\":[...]}; - for standard input.",
        };
        var output = CommonOptions.Output();
        var command = new Command("evaluate", "Decide requests by a policy: who may do what, and which statement says so.") { policy, requests, output };
        command.SetAction(result => Run(
            result.GetRequiredValue(policy), result.GetRequiredValue(requests), result.GetValue(output), result.InvocationConfiguration.Output.AsScreen(), result.InvocationConfiguration.Error.AsScreen()));
        return command;
    }

    private static int Run(string policyPath, string requestsPath, OutputFormat format, Screen output, Screen error)
    {
        var document = InputFile.ReadPolicy(policyPath, PolicyKind.Any);
        var table = new TextTable("Verdict", "Statement", "Request");
        var skipped = 0;
        var number = 0;
        foreach (var line in InputFile.ReadLines(requestsPath, FileLimit.Requests))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            PolicyRequest request;
            try
            {
                request = RequestLine.Parse(line);
            }
            catch (Exception exception) when (exception is FormatException or JsonException or ArgumentException)
            {
                skipped++;
                error.WriteLine($"{InputFile.Name(requestsPath)}, line {number}: {exception.Message}");
                continue;
            }

            var explanation = document.Explain(request);
            if (format == OutputFormat.Json)
            {
                output.WriteLine(JsonLine.From(new
                {
                    explanation.Verdict,
                    StatementIndex = explanation.Statement?.Index ?? -1,
                    explanation.Statement?.Sid,
                    explanation.Reason,
                    explanation.UnknownKeys,
                }));
            }
            else
            {
                table.Add(explanation.Verdict.ToString(), explanation.Statement?.ToString() ?? "-", request.ToString());
            }
        }

        table.Write(output);
        if (skipped > 0)
        {
            error.WriteLine($"{skipped} of the requests could not be read and were skipped.");
        }

        return skipped > 0 ? ExitCode.Usage : ExitCode.Ok;
    }
}
