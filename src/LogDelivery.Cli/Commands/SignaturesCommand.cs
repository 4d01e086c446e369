using System.CommandLine;
using LogDelivery.Logs.Access;
using LogDelivery.Requests;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery signatures</c>: who still signs requests to S3 with which signature version?</summary>
internal static class SignaturesCommand
{
    private static readonly Column<S3SignatureUsage>[] Columns =
    [
        new("Version", u => u.Version),
        new("Count", u => u.Count),
        new("FirstSeen", u => u.FirstSeen),
        new("LastSeen", u => u.LastSeen),
        new("BucketName", u => u.BucketName),
        new("Arn", u => u.Arn),
        new("UserAgent", u => u.UserAgent),
    ];

    public static Command Create()
    {
        var input = new LogInput.Options();
        var versions = new Option<string[]>("--version") { HelpName = "SigV2", Description = "Only these signature versions.", AllowMultipleArgumentsPerToken = true };
        var buckets = new Option<string[]>("--bucket") { HelpName = "NAME", Description = "Only these buckets.", AllowMultipleArgumentsPerToken = true };
        var output = RowFormats.Output();
        var raw = RowFormats.Raw();
        var command = new Command("signatures", "Find who signs requests to S3 with which signature version, in CloudTrail data events and S3 access logs.");
        input.AddTo(command);
        command.Options.Add(versions);
        command.Options.Add(buckets);
        command.Options.Add(output);
        command.Options.Add(raw);
        command.SetStoppableAction((result, cancel) =>
        {
            var filter = new SignatureFilter
            {
                Versions = result.GetValue(versions) ?? [],
                BucketNames = result.GetValue(buckets) ?? [],
                After = input.After(result),
                Before = input.Before(result),
            };
            return LogRun.RunAsync(input, result, run => Run(run, filter, new RowStyle(result.GetValue(output), result.GetValue(raw)), result.InvocationConfiguration, cancel), cancel);
        });
        return command;
    }

    private static int Run(LogRun run, SignatureFilter filter, RowStyle style, InvocationConfiguration streams, CancellationToken cancel)
    {
        var scan = new SignatureScan(filter, run.Tally);
        var summary = new SignatureSummary();
        run.Read(sources => scan.Run(sources, run.Report.Update, cancel), summary.Add, cancel);
        var groups = summary.Finish();
        var rows = new RowWriter<S3SignatureUsage>(style, streams.Output.AsScreen(), Columns);
        foreach (var group in groups)
        {
            rows.Add(group);
        }

        rows.Finish();
        var what = groups.Count == 0 && filter.Versions.Count > 0 ? $"No request signed with {string.Join(" or ", filter.Versions)}" : $"{groups.Sum(g => g.Count)} signed requests of {groups.Count} kinds";
        (style.Format == RowFormat.Table ? streams.Output.AsScreen() : streams.Error.AsScreen()).WriteLine(run.Summary(what));
        foreach (var group in groups)
        {
            run.Conclusion.Add(Outcomes.Of(group));
        }

        return run.Finish();
    }
}
