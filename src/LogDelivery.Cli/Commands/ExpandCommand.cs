using System.CommandLine;
using System.Globalization;
using LogDelivery.Records;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery expand</c>: what a CloudWatch Logs subscription left in files, back into log events.</summary>
internal static class ExpandCommand
{
    public static Command Create()
    {
        var paths = LogInput.Paths();
        var cloudTrail = new Option<bool>("--as-cloudtrail") { Description = "Print the CloudTrail record that each event carries, one a line." };
        var control = new Option<bool>("--control-messages") { Description = "Also give the messages by which CloudWatch Logs tests that a destination is there." };
        var output = CommonOptions.Output();
        var command = new Command("expand", "Make log events again of the objects that a CloudWatch Logs subscription left, through Firehose, Kinesis or Lambda.") { paths, cloudTrail, control, output };
        command.SetAction((result, cancel) =>
        {
            using var target = new LineStream(result.InvocationConfiguration.Output);
            var format = result.GetValue(cloudTrail) ? ExpandFormat.CloudTrail : result.GetValue(output) == OutputFormat.Json ? ExpandFormat.Json : ExpandFormat.Text;
            return Task.FromResult(Run(result.GetRequiredValue(paths), format, result.GetValue(control), target, result.InvocationConfiguration.Error, cancel));
        });
        return command;
    }

    private static int Run(string[] paths, ExpandFormat format, bool includeControl, Stream target, TextWriter error, CancellationToken cancel)
    {
        var tally = new ReadTally();
        var report = new ReadReport(tally, error);
        var expansion = new SubscriptionExpansion(tally) { IncludeControlMessages = includeControl };
        using var trail = new CloudTrailWriter(target);
        using var json = new SubscriptionJsonWriter(target);
        using var text = new SubscriptionTextWriter(target);
        ISubscriptionSink sink = format switch
        {
            ExpandFormat.CloudTrail => trail,
            ExpandFormat.Json => json,
            _ => text,
        };
        foreach (var source in LogInput.Find(paths, tally))
        {
            expansion.Read(source, sink, cancel);
            report.Update();
        }

        report.Update();
        report.Clear();
        if (tally.FilesFound == 0 && tally.Damages.Count == 0)
        {
            error.WriteLine("No file was found.");
            return ExitCode.Unknown;
        }

        Say(error, expansion.ControlMessages, "control message was left out", "control messages were left out");
        Say(error, trail.Others, "event is no CloudTrail record and was left out", "events are no CloudTrail records and were left out");
        Say(error, tally.Damages.Count, "problem while reading; events may be missing", "problems while reading; events may be missing");
        return tally.Damages.Count > 0 ? ExitCode.Unknown : ExitCode.Ok;
    }

    private static void Say(TextWriter error, long count, string one, string many)
    {
        if (count > 0)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}."));
        }
    }

    private enum ExpandFormat
    {
        Text,
        Json,
        CloudTrail,
    }
}
