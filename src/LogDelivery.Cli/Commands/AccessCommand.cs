using System.CommandLine;
using LogDelivery.Logs.Access;
using LogDelivery.Requests;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery access</c>: who read or wrote which objects, from where, and how much?</summary>
internal static class AccessCommand
{
    private static readonly Column<S3ObjectAccess>[] AccessColumns =
    [
        new("Time", a => a.Time),
        new("Access", a => a.Access),
        new("Operation", a => a.Operation, InTable: false),
        new("Caller", a => a.Caller),
        new("CallerName", a => a.CallerName),
        new("SourceIPAddress", a => a.SourceIPAddress),
        new("VpcEndpointId", a => a.VpcEndpointId, InTable: false),
        new("Arn", a => a.Arn),
        new("AccountId", a => a.AccountId, InTable: false),
        new("IsCrossAccount", a => a.IsCrossAccount, InTable: false),
        new("BytesTransferredIn", a => a.BytesTransferredIn, InTable: false),
        new("BytesTransferredOut", a => a.BytesTransferredOut),
        new("ErrorCode", a => a.ErrorCode),
        new("UserAgent", a => a.UserAgent, InTable: false),
        new("Region", a => a.Region, InTable: false),
        new("RequestId", a => a.RequestId, InTable: false),
        new("Evidence", a => a.Evidence, InTable: false),
        new("IsAmbiguous", a => a.IsAmbiguous, InTable: false),
        new("File", a => a.File, InTable: false),
        new("Position", a => a.Position, InTable: false),
        new("Findings", a => a.Findings.Select(f => f.Id), InTable: false),
        new("BucketName", a => a.BucketName),
        new("Key", a => a.Key),
    ];

    private static readonly Column<S3ObjectAccessSummary>[] SummaryColumns =
    [
        new("BucketName", s => s.BucketName),
        new("Access", s => s.Access),
        new("Caller", s => s.Caller),
        new("CallerName", s => s.CallerName),
        new("Arn", s => s.Arn),
        new("Count", s => s.Count),
        new("Errors", s => s.Errors),
        new("BytesTransferredIn", s => s.BytesTransferredIn),
        new("BytesTransferredOut", s => s.BytesTransferredOut),
        new("FirstTime", s => s.FirstTime),
        new("LastTime", s => s.LastTime),
    ];

    public static Command Create()
    {
        var input = new LogInput.Options();
        var summary = new Option<bool>("--summary") { Description = "One row a bucket, kind of access and caller: requests, errors, bytes, first and last time." };
        var exclude = Many("--exclude", "CALLER", "Known callers to leave out: ARNs of identities or roles, addresses or CIDR ranges, VPC endpoints, accounts, services, kinds of callers (Athena, Lambda:NAME). Wildcards are fine.");
        var buckets = Many("--bucket", "NAME", "Only these buckets.");
        var prefix = new Option<string?>("--key-prefix") { HelpName = "PREFIX", Description = "Only keys that begin with this." };
        var access = new Option<S3AccessKind[]>("--access") { HelpName = "Read|Write|Delete|List", Description = "Only this kind of access.", AllowMultipleArgumentsPerToken = true };
        var callers = new Option<S3CallerKind[]>("--caller") { HelpName = "KIND", Description = "Only callers of this kind: VpcEndpoint, PublicAddress, Console, CloudShell, Athena, Lambda, Service, CrossAccount, Anonymous, Unknown.", AllowMultipleArgumentsPerToken = true };
        var bytes = new Option<long>("--minimum-bytes") { HelpName = "N", Description = "Only accesses that transferred at least so many bytes, one way or the other." };
        var output = RowFormats.Output();
        var raw = RowFormats.Raw();
        var command = new Command("access", "Show who read or wrote which objects, from where and how much, by CloudTrail data events and S3 access logs.");
        input.AddTo(command);
        command.Add([summary, exclude, buckets, prefix, access, callers, bytes, output, raw]);

        command.SetStoppableAction((result, cancel) =>
        {
            var filter = new AccessFilter
            {
                After = input.After(result),
                Before = input.Before(result),
                BucketNames = result.GetValue(buckets) ?? [],
                KeyPrefix = RequestText.OrNull(result.GetValue(prefix)),
                Access = result.GetValue(access) ?? [],
                Callers = result.GetValue(callers) ?? [],
                MinimumBytes = result.GetValue(bytes),
                Exclude = ReadCallers(result.GetValue(exclude) ?? []),
            };
            var (summarize, style) = (result.GetValue(summary), new RowStyle(result.GetValue(output), result.GetValue(raw)));
            return LogRun.RunAsync(input, result, run => Run(run, filter, summarize, style, result.InvocationConfiguration, cancel), cancel);
        });
        return command;
    }

    private static int Run(LogRun run, AccessFilter filter, bool summarize, RowStyle style, InvocationConfiguration streams, CancellationToken cancel)
    {
        var scan = new AccessScan(filter, run.Tally);
        var groups = summarize ? new AccessSummarizer() : null;
        var rows = new RowWriter<S3ObjectAccess>(style, streams.Output.AsScreen(), AccessColumns);
        var count = 0L;
        run.Read(
            found => scan.Run(found, run.Report.Update, cancel),
            access =>
            {
                count++;
                if (groups is not null)
                {
                    groups.Add(access);
                    return;
                }

                run.Report.Clear();
                rows.Add(access);
            },
            cancel);
        if (groups is null)
        {
            rows.Finish();
        }
        else
        {
            var sums = new RowWriter<S3ObjectAccessSummary>(style, streams.Output.AsScreen(), SummaryColumns);
            foreach (var group in groups.Finish())
            {
                sums.Add(group);
            }

            sums.Finish();
        }

        var notes = style.Format == RowFormat.Table ? streams.Output.AsScreen() : streams.Error.AsScreen();
        foreach (var finding in scan.Findings)
        {
            notes.WriteLine($"{finding.Severity} {finding.Id} {finding.Title}: {finding.Evidence}");
            notes.WriteLine($"  Remedy: {finding.Remedy}");
        }

        notes.WriteLine(run.Summary($"{count} accesses, {scan.LeftOutCount} left out,"));
        run.Conclusion.Add(Outcomes.Of(scan.Findings));
        return run.Finish();
    }

    private static KnownCallers ReadCallers(string[] callers)
    {
        try
        {
            return new(callers);
        }
        catch (ArgumentException exception)
        {
            throw new UserException(exception.Message);
        }
    }

    private static Option<string[]> Many(string name, string helpName, string description)
        => new(name) { HelpName = helpName, Description = description, AllowMultipleArgumentsPerToken = true };
}
