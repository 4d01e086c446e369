using System.CommandLine;
using System.Globalization;
using LogDelivery.Logs.Events;
using LogDelivery.Logs.Files;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery expand</c>: what a CloudWatch Logs subscription left in files, back into log events.</summary>
internal static class ExpandCommand
{
    public static Command Create()
    {
        var input = new LogInput.Options(hasTimes: false);
        var cloudTrail = new Option<bool>("--as-cloudtrail") { Description = "Print the CloudTrail record that each event carries, one a line." };
        var control = new Option<bool>("--control-messages") { Description = "Also give the messages by which CloudWatch Logs tests that a destination is there." };
        var output = CommonOptions.Output();
        var command = new Command("expand", "Make log events again of the objects that a CloudWatch Logs subscription left, through Firehose, Kinesis or Lambda.");
        input.AddTo(command);
        command.Options.Add(cloudTrail);
        command.Options.Add(control);
        command.Options.Add(output);
        command.SetStoppableAction((result, cancel) =>
        {
            var format = result.GetValue(cloudTrail) ? ExpandFormat.CloudTrail : result.GetValue(output) == OutputFormat.Json ? ExpandFormat.Json : ExpandFormat.Text;
            return LogRun.RunAsync(input, result, run => Run(run, format, result.GetValue(control), result.InvocationConfiguration, cancel), cancel);
        });
        return command;
    }

    private static int Run(LogRun run, ExpandFormat format, bool includeControl, InvocationConfiguration streams, CancellationToken cancel)
    {
        using var target = streams.Output.AsScreen().OpenLines(isJson: format != ExpandFormat.Text);
        using var trail = new CloudTrailWriter(target);
        using var json = new SubscriptionJsonWriter(target);
        using var text = new SubscriptionTextWriter(target);
        ISubscriptionSink sink = format switch
        {
            ExpandFormat.CloudTrail => trail,
            ExpandFormat.Json => json,
            _ => text,
        };
        var expansion = new SubscriptionExpansion(run.Tally) { IncludeControlMessages = includeControl };
        run.Read(sources => Each(sources, source => expansion.Read(source, sink, cancel)), _ => run.Report.Update(), cancel);
        Say(streams.Error.AsScreen(), expansion.ControlMessages, "control message was left out", "control messages were left out");
        Say(streams.Error.AsScreen(), trail.Others, "event is no CloudTrail record and was left out", "events are no CloudTrail records and were left out");
        Say(streams.Error.AsScreen(), run.Tally.Damages.Count, "problem while reading; events may be missing", "problems while reading; events may be missing");
        return run.Finish();
    }

    private static IEnumerable<LogObject> Each(IEnumerable<LogObject> sources, Action<LogObject> read)
    {
        foreach (var source in sources)
        {
            read(source);
            yield return source;
        }
    }

    private static void Say(Screen error, long count, string one, string many)
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
