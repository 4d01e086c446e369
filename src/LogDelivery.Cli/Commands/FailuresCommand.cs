using System.CommandLine;
using LogDelivery.Logs.Failures;
using LogDelivery.Requests;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery failures</c>: which deliveries failed, as CloudTrail events and S3 access logs have it?</summary>
internal static class FailuresCommand
{
    private static readonly Column<DeliveryFailure>[] FailureColumns =
    [
        new("Time", f => f.Time),
        new("Source", f => f.Source ?? f.Principal),
        new("Principal", f => f.Principal, InTable: false),
        new("AccountId", f => f.AccountId),
        new("Region", f => f.Region),
        new("BucketName", f => f.BucketName),
        new("Action", f => f.Action),
        new("ErrorCode", f => f.ErrorCode),
        new("ErrorMessage", f => f.ErrorMessage, InTable: false),
        new("RequestId", f => f.RequestId, InTable: false),
        new("Evidence", f => f.Evidence, InTable: false),
        new("Kind", f => f.Kind, InTable: false),
        new("File", f => f.File, InTable: false),
        new("Position", f => f.Position, InTable: false),
        new("Key", f => f.Key),
    ];

    private static readonly Column<DeliveryFailureSummary>[] SummaryColumns =
    [
        new("BucketName", s => s.BucketName),
        new("Source", s => s.Source ?? s.Principal),
        new("Principal", s => s.Principal, InTable: false),
        new("ErrorCode", s => s.ErrorCode),
        new("Kind", s => s.Kind, InTable: false),
        new("Attempts", s => s.Attempts),
        new("FirstTime", s => s.FirstTime),
        new("LastTime", s => s.LastTime),
        new("Recovery", s => s.Recovery),
        new("LastSuccessTime", s => s.LastSuccessTime, InTable: false),
        new("AccountIds", s => s.AccountIds),
        new("Regions", s => s.Regions, InTable: false),
    ];

    public static Command Create()
    {
        var input = new LogInput.Options();
        var summary = new Option<bool>("--summary") { Description = "One row a bucket, source and error: first and last time, attempts, and whether a later delivery succeeded." };
        var buckets = new Option<string[]>("--bucket") { HelpName = "NAME", Description = "Only these buckets.", AllowMultipleArgumentsPerToken = true };
        var sources = SourceOption.Create("Only these delivery sources");
        var includeAll = new Option<bool>("--include-all") { Description = "Noise, and refusals of people and roles, too." };
        var output = RowFormats.Output();
        var raw = RowFormats.Raw();
        var command = new Command("failures", "Find every failed delivery in CloudTrail files and S3 access logs.");
        input.AddTo(command);
        command.Add([summary, buckets, sources, includeAll, output, raw]);

        command.SetStoppableAction((result, cancel) =>
        {
            var named = SourceOption.Read(result, sources);
            var filter = new FailureFilter
            {
                After = input.After(result),
                Before = input.Before(result),
                BucketNames = result.GetValue(buckets) ?? [],
                Sources = [.. named.Items.Select(s => s.Id)],
                IncludeAll = result.GetValue(includeAll),
            };
            var (summarize, style) = (result.GetValue(summary), new RowStyle(result.GetValue(output), result.GetValue(raw)));
            return LogRun.RunAsync(input, result, Job, cancel);

            int Job(LogRun run)
            {
                run.Tell(named.Problems);
                return Run(run, filter, summarize, style, result.InvocationConfiguration, cancel);
            }
        });
        return command;
    }

    private static int Run(LogRun run, FailureFilter filter, bool summarize, RowStyle style, InvocationConfiguration streams, CancellationToken cancel)
    {
        var successes = summarize ? new DeliverySuccesses() : null;
        var scan = new FailureScan(filter, run.Tally, successes);
        var summarizer = successes is null ? null : new FailureSummarizer(successes);
        var rows = new RowWriter<DeliveryFailure>(style, streams.Output.AsScreen(), FailureColumns);
        var count = 0L;
        run.Read(
            found => scan.Run(found, run.Report.Update, cancel),
            failure =>
            {
                count++;
                run.Conclusion.Add(Outcomes.Of(failure.KindValue));
                if (summarizer is not null)
                {
                    summarizer.Add(failure);
                    return;
                }

                run.Report.Clear();
                rows.Add(failure);
            },
            cancel);
        if (summarizer is null)
        {
            rows.Finish();
        }
        else
        {
            var groups = new RowWriter<DeliveryFailureSummary>(style, streams.Output.AsScreen(), SummaryColumns);
            foreach (var group in summarizer.Finish())
            {
                groups.Add(group);
            }

            groups.Finish();
        }

        var noise = scan.NoiseCount > 0 && !filter.IncludeAll ? $" {scan.NoiseCount} refused calls that no delivery needs are left out as noise." : string.Empty;
        (style.Format == RowFormat.Table ? streams.Output.AsScreen() : streams.Error.AsScreen()).WriteLine(run.Summary($"{count} failed attempts") + noise);
        return run.Finish();
    }
}
