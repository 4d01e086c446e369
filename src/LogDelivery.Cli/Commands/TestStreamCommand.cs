using System.CommandLine;
using System.Globalization;
using LogDelivery.Aws;
using LogDelivery.Requests;
using LogDelivery.Streams;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery test-stream</c>: which link of a chain from a log group through Firehose into S3 is broken?</summary>
internal static class TestStreamCommand
{
    public static Command Create()
    {
        var stream = new Option<string?>("--stream") { HelpName = "NAME", Description = "The Firehose stream, by name or ARN; those that the log group sends to when absent." };
        var group = new Option<string?>("--log-group") { HelpName = "G", Description = "The log group; looked for when absent." };
        var connection = new AwsConnectionOptions();
        var region = AwsConnectionOptions.Region();
        var output = CommonOptions.Output();
        var command = new Command("test-stream", "Say which link of the chain from a log group through Firehose into a bucket is broken.")
        {
            stream, group, region, output,
        };
        command.Add(connection.All);
        command.SetStoppableAction(async (result, cancel) =>
        {
            var request = new StreamRequest { Streams = [result.GetValue(stream) ?? string.Empty], LogGroupName = result.GetValue(group), Region = result.GetValue(region) };
            var target = RequestReport.Whole(request.Resolve())[0];
            var report = new StreamReport(result.GetValue(output), result.InvocationConfiguration.Output.AsScreen());
            return await RunAsync(connection.Read(result, target.Region), target, report, cancel).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(AwsOptions options, StreamTarget target, StreamReport report, CancellationToken cancel)
    {
        using var session = await AwsSession.OpenAsync(options, cancel).ConfigureAwait(false);
        foreach (var picture in await new StreamPictureReader(session).ReadAsync(target.QueryIn(session.Region), cancel).ConfigureAwait(false))
        {
            report.Add(StreamTest.Run(picture));
        }

        return report.Finish();
    }

    /// <summary>Prints chains and remembers the worst link.</summary>
    private sealed class StreamReport(OutputFormat format, Screen output)
    {
        private readonly TerminalStyle style = output.Style;
        private readonly Conclusion conclusion = new();
        private int links;

        public void Add(IReadOnlyList<StreamLinkRow> rows)
        {
            links += rows.Count;
            foreach (var row in rows)
            {
                conclusion.Add(Outcomes.Of(row));
            }

            if (format == OutputFormat.Json)
            {
                foreach (var row in rows)
                {
                    output.WriteLine(JsonLine.From(row));
                }

                return;
            }

            Write(rows);
        }

        public int Finish()
        {
            if (format == OutputFormat.Table)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{links} links: {conclusion[Outcome.Wrong]} broken, {conclusion[Outcome.CouldNotTell]} that cannot be told."));
            }

            return ExitCode.Of(conclusion.Outcome);
        }

        private void Write(IReadOnlyList<StreamLinkRow> rows)
        {
            output.WriteLine(style.Heading(rows[0].DeliveryStreamName));
            foreach (var row in rows)
            {
                var state = row.State.ToString();
                var padding = new string(' ', 8 - state.Length);
                output.WriteLine($"{row.Step,3}  {(row.StateValue == StreamLinkState.Working ? style.Good(state) : style.Bad(state))}{padding} {row.Link,-22} {row.Reason}");
                foreach (var finding in row.Findings)
                {
                    output.WriteLine($"     {style.Severity(finding.SeverityValue)} {finding.Id} {finding.Title}{(finding.Evidence == row.Reason ? string.Empty : $": {finding.Evidence}")}");
                    output.WriteLine($"       {style.Dim("Remedy:")} {finding.Remedy}");
                }

                if (row.Observed is { } observed)
                {
                    output.WriteLine($"     {style.Dim("Observed:")} {observed}");
                }
            }

            output.WriteLine();
        }
    }
}
