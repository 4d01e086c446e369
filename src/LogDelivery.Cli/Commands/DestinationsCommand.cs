using System.CommandLine;
using LogDelivery.Logs.Destinations;
using LogDelivery.Requests;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery destinations</c>: where were log sources pointed, by whom and when, as CloudTrail events have it?</summary>
internal static class DestinationsCommand
{
    private static readonly Column<LogDeliveryDestination>[] Columns =
    [
        new("Time", d => d.Time),
        new("Source", d => d.Source),
        new("LogType", d => d.LogType, InTable: false),
        new("State", d => d.ErrorCode is not null ? "refused" : d.IsCurrent ? "current" : "ended"),
        new("IsExpected", d => d.IsExpected),
        new("Findings", d => d.Findings.Select(f => f.Id)),
        new("BucketName", d => d.BucketName),
        new("KeyPrefix", d => d.KeyPrefix, InTable: false),
        new("Destination", d => d.Destination, InTable: false),
        new("KmsKeyId", d => d.KmsKeyId, InTable: false),
        new("AccountId", d => d.AccountId),
        new("Region", d => d.Region, InTable: false),
        new("Principal", d => d.Principal),
        new("Action", d => d.Action, InTable: false),
        new("ErrorCode", d => d.ErrorCode, InTable: false),
        new("ErrorMessage", d => d.ErrorMessage, InTable: false),
        new("IsCurrent", d => d.IsCurrent, InTable: false),
        new("EndTime", d => d.EndTime, InTable: false),
        new("EndAction", d => d.EndAction, InTable: false),
        new("EndPrincipal", d => d.EndPrincipal, InTable: false),
        new("Evidence", d => d.Evidence, InTable: false),
        new("File", d => d.File, InTable: false),
        new("Position", d => d.Position, InTable: false),
        new("Resource", d => d.Resource),
    ];

    public static Command Create()
    {
        var input = new LogInput.Options();
        var expected = new Option<string[]>("--expected-bucket") { HelpName = "NAME", Description = "The buckets that logs should go to, by name or ARN: what goes elsewhere is told of, and what should arrive there and does not.", AllowMultipleArgumentsPerToken = true };
        var sources = SourceOption.Create("Only these delivery sources");
        var all = new Option<bool>("--all") { Description = "Each call that set a destination, and not only what is left of them in the end." };
        var output = RowFormats.Output();
        var raw = RowFormats.Raw();
        var command = new Command("destinations", "Show where log sources were pointed, by whom and when, by the management events in CloudTrail files.");
        input.AddTo(command);
        command.Add([expected, sources, all, output, raw]);

        command.SetStoppableAction((result, cancel) =>
        {
            var named = SourceOption.Read(result, sources);
            var filter = new DestinationFilter
            {
                After = input.After(result),
                Before = input.Before(result),
                Sources = [.. named.Items.Select(s => s.Id)],
                ExpectedBucketNames = result.GetValue(expected) ?? [],
                IncludeAll = result.GetValue(all),
            };
            var style = new RowStyle(result.GetValue(output), result.GetValue(raw));
            return LogRun.RunAsync(input, result, Job, cancel);

            int Job(LogRun run)
            {
                run.Tell(named.Problems);
                return Run(run, filter, style, result.InvocationConfiguration, cancel);
            }
        });
        return command;
    }

    private static int Run(LogRun run, DestinationFilter filter, RowStyle style, InvocationConfiguration streams, CancellationToken cancel)
    {
        var scan = new DestinationScan(filter, run.Tally);
        var found = new List<LogDeliveryDestination>();
        run.Read(logs => scan.Run(logs, run.Report.Update, cancel), found.Add, cancel);
        var rows = new RowWriter<LogDeliveryDestination>(style, streams.Output.AsScreen(), Columns);
        found.ForEach(rows.Add);
        rows.Finish();

        var notes = style.Format == RowFormat.Table ? streams.Output.AsScreen() : streams.Error.AsScreen();
        foreach (var finding in found.SelectMany(d => d.Findings))
        {
            notes.WriteLine($"{finding.Severity} {finding.Id} {finding.Title}: {finding.Evidence}");
            notes.WriteLine($"  Remedy: {finding.Remedy}");
        }

        notes.WriteLine(run.Summary($"{found.Count} destinations"));
        found.ForEach(d => run.Conclusion.Add(Outcomes.Of(d)));
        return run.Finish();
    }
}
