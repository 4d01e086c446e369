using System.CommandLine;
using System.Globalization;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Streams;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery test-stream</c>: which link of a chain from a log group through Firehose into S3 is broken?</summary>
internal static class TestStreamCommand
{
    public static Command Create()
    {
        var stream = new Option<string?>("--stream") { HelpName = "NAME", Description = "The Firehose stream, by name or ARN; those that the log group sends to when absent." };
        var group = new Option<string?>("--log-group") { HelpName = "G", Description = "The log group; looked for when absent." };
        var region = new Option<string?>("--region") { HelpName = "R", Description = "The Region; the default Region when absent." };
        var profile = new Option<string?>("--profile") { HelpName = "P", Description = "A profile of the AWS configuration." };
        var endpoint = new Option<string?>("--endpoint-url") { HelpName = "U", Description = "A URL in place of every service's endpoint, such as a sandbox's." };
        var output = CommonOptions.Output();
        var command = new Command("test-stream", "Say which link of the chain from a log group through Firehose into a bucket is broken.")
        {
            stream, group, region, profile, endpoint, output,
        };
        command.Validators.Add(result =>
        {
            if (string.IsNullOrEmpty(result.GetValue(stream)) && string.IsNullOrEmpty(result.GetValue(group)))
            {
                result.AddError("Give --stream, --log-group, or both.");
            }
        });
        command.SetAction(async (result, cancel) =>
        {
            var name = StreamName.Parse(result.GetValue(stream));
            var options = new AwsOptions
            {
                ProfileName = result.GetValue(profile),
                EndpointUrl = result.GetValue(endpoint),
                Region = result.GetValue(region) ?? name?.Region,
            };
            var report = new StreamReport(result.GetValue(output), result.InvocationConfiguration.Output);
            return await RunAsync(options, name?.Name, result.GetValue(group), report, result.InvocationConfiguration.Error, cancel).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(AwsOptions options, string? stream, string? group, StreamReport report, TextWriter error, CancellationToken cancel)
    {
        try
        {
            using var session = await AwsSession.OpenAsync(options, cancel).ConfigureAwait(false);
            var query = new StreamQuery { Region = session.Region, StreamName = stream, LogGroupName = string.IsNullOrEmpty(group) ? null : group };
            foreach (var picture in await new StreamPictureReader(session).ReadAsync(query, cancel).ConfigureAwait(false))
            {
                report.Add(StreamTest.Run(picture));
            }

            return report.Finish();
        }
        catch (AwsCallException exception)
        {
            error.WriteLine(exception.Message);
            return exception.Kind switch
            {
                AwsErrorKind.Invalid => ExitCode.Usage,
                AwsErrorKind.NotFound => ExitCode.Wrong,
                _ => ExitCode.Unknown,
            };
        }
    }

    /// <summary>Prints chains and remembers the worst link.</summary>
    private sealed class StreamReport(OutputFormat format, TextWriter output)
    {
        private readonly TerminalStyle style = TerminalStyle.For(output);
        private int links;
        private int broken;
        private int unknown;

        public void Add(IReadOnlyList<StreamLinkRow> rows)
        {
            links += rows.Count;
            broken += rows.Count(r => r.State == StreamLinkState.Broken);
            unknown += rows.Count(r => r.State == StreamLinkState.Unknown);
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
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{links} links: {broken} broken, {unknown} that cannot be told."));
            }

            return broken > 0 ? ExitCode.Wrong : unknown > 0 ? ExitCode.Unknown : ExitCode.Ok;
        }

        private void Write(IReadOnlyList<StreamLinkRow> rows)
        {
            output.WriteLine(style.Heading(rows[0].DeliveryStreamName));
            foreach (var row in rows)
            {
                var state = row.State.ToString();
                var padding = new string(' ', 8 - state.Length);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Step,3}  {(row.State == StreamLinkState.Working ? style.Good(state) : style.Bad(state))}{padding} {row.Link,-22} {row.Reason}"));
                foreach (var finding in row.Findings)
                {
                    output.WriteLine($"     {style.Severity(finding.Severity)} {finding.Id} {finding.Title}{(finding.Evidence == row.Reason ? string.Empty : $": {finding.Evidence}")}");
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
