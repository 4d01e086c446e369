using System.CommandLine;
using System.Globalization;
using LogDelivery.Records;
using LogDelivery.Sources;

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
        var paths = LogInput.Paths();
        var summary = new Option<bool>("--summary") { Description = "One row a bucket, source and error: first and last time, attempts, and whether a later delivery succeeded." };
        var after = TimeOption("--after", "Only attempts at or after this time, such as 2026-01-31T12:00:00Z; UTC where no offset is given.");
        var before = TimeOption("--before", "Only attempts before this time.");
        var buckets = new Option<string[]>("--bucket") { HelpName = "NAME", Description = "Only these buckets.", AllowMultipleArgumentsPerToken = true };
        var sources = new Option<string[]>("--source") { HelpName = "ID", Description = "Only these delivery sources.", AllowMultipleArgumentsPerToken = true };
        var includeAll = new Option<bool>("--include-all") { Description = "Noise, and refusals of people and roles, too." };
        var output = new Option<RowFormat>("--output")
        {
            HelpName = "table|json|csv",
            Description = "table for people; json (one object a line) or csv for programs.",
            DefaultValueFactory = _ => RowFormat.Table,
        };
        var command = new Command("failures", "Find every failed delivery in CloudTrail files and S3 access logs.")
        {
            paths, summary, after, before, buckets, sources, includeAll, output,
        };
        command.SetAction((result, cancel) =>
        {
            var filter = new FailureFilter
            {
                After = result.GetValue(after),
                Before = result.GetValue(before),
                BucketNames = result.GetValue(buckets) ?? [],
                Sources = [.. (result.GetValue(sources) ?? []).Select(SourceId)],
                IncludeAll = result.GetValue(includeAll),
            };
            var (writer, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            return Task.FromResult(Run(result.GetRequiredValue(paths), filter, result.GetValue(summary), result.GetValue(output), writer, error, cancel));
        });
        return command;
    }

    private static int Run(string[] paths, FailureFilter filter, bool summarize, RowFormat format, TextWriter output, TextWriter error, CancellationToken cancel)
    {
        var tally = new ReadTally();
        var report = new ReadReport(tally, error);
        var successes = summarize ? new DeliverySuccesses() : null;
        var scan = new FailureScan(filter, tally, successes);
        var summarizer = successes is null ? null : new FailureSummarizer(successes);
        var rows = new RowWriter<DeliveryFailure>(format, output, FailureColumns);
        var count = 0L;
        var isStopped = false;
        try
        {
            foreach (var failure in scan.Run(LogInput.Find(paths, tally), report.Update, cancel))
            {
                count++;
                if (summarizer is not null)
                {
                    summarizer.Add(failure);
                    continue;
                }

                report.Clear();
                rows.Add(failure);
            }
        }
        catch (OperationCanceledException)
        {
            isStopped = true;
        }

        report.Update();
        report.Clear();
        if (summarizer is null)
        {
            rows.Finish();
        }
        else
        {
            var groups = new RowWriter<DeliveryFailureSummary>(format, output, SummaryColumns);
            foreach (var group in summarizer.Finish())
            {
                groups.Add(group);
            }

            groups.Finish();
        }

        var noise = scan.NoiseCount > 0 && !filter.IncludeAll ? $" {scan.NoiseCount} refused calls that no delivery needs are left out as noise." : string.Empty;
        (format == RowFormat.Table ? output : error).WriteLine($"{(isStopped ? "Stopped. " : string.Empty)}{count} failed attempts in {report.Count()}{noise}");
        return isStopped ? ExitCode.Interrupted
            : tally.FilesDamaged > 0 ? ExitCode.Unknown
            : tally.FilesFound == 0 ? NothingRead(error)
            : count > 0 ? ExitCode.Wrong
            : ExitCode.Ok;
    }

    private static int NothingRead(TextWriter error)
    {
        error.WriteLine("No file was found, so nothing can be told.");
        return ExitCode.Unknown;
    }

    private static Option<DateTime?> TimeOption(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = result =>
        {
            if (DateTime.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            {
                return time;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no time. Give one such as 2026-01-31T12:00:00Z.");
            return null;
        },
    };

    private static string SourceId(string id) => SourceCatalog.Find(id)?.Id
        ?? throw new UserException($"'{id}' is no delivery source. The sources are {string.Join(", ", SourceCatalog.All.Select(s => s.Id))}.");
}
