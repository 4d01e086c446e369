using System.CommandLine;
using LogDelivery.Alarms;
using LogDelivery.Aws;
using LogDelivery.Logs.Files;
using LogDelivery.Patterns;
using LogDelivery.Requests;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery new-alarm</c>: an alarm on what a log group receives, tried on sample failures before it is made.</summary>
internal static class NewAlarmCommand
{
    private static readonly Option<string?> Preset = new("--preset") { HelpName = "PRESET", Description = $"What the alarm is for: {string.Join(", ", AlarmPresets.All)}." };
    private static readonly Option<string?> Pattern = new("--pattern") { HelpName = "PATTERN", Description = "A filter pattern of your own; with a preset it has to decide the preset's sample events alike." };
    private static readonly Option<string> LogGroup = new("--log-group") { Required = true, HelpName = "NAME|ARN", Description = "The log group that receives the events." };
    private static readonly Option<string?> Bucket = new("--bucket") { HelpName = "NAME", Description = "The bucket that is watched; every bucket whose events are recorded when absent." };
    private static readonly Option<string?> Name = new("--name") { HelpName = "NAME", Description = "The alarm's name; one that tells preset and bucket when absent." };
    private static readonly Option<string?> Topic = new("--topic") { HelpName = "NAME|ARN", Description = "The topic to tell: the ARN of one that exists, or a name; one is made when there is none." };
    private static readonly Option<string[]> Emails = new("--email") { HelpName = "ADDRESS", Description = "Addresses to subscribe to the topic; SNS asks them to confirm.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<long?> LargerThan = new("--larger-than") { HelpName = "BYTES", Description = "LargeDownload: how many bytes are not yet too many; 1000 when absent." };
    private static readonly Option<string[]> Endpoints = new("--vpc-endpoint") { HelpName = "vpce-ID", Description = "OutsideVpcEndpoint: the endpoints that may be used; any of them when absent.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Threshold = new("--threshold") { HelpName = "N", Description = "How many events within a period set it off.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Period = new("--period") { HelpName = "SECONDS", Description = "The length of a period: 60 or a multiple.", DefaultValueFactory = _ => 300 };
    private static readonly Option<string[]> Samples = new("--samples") { HelpName = "PATH", Description = "Log files with events that the pattern has to catch.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> AddDataEvents = new("--add-data-events") { Description = "Let the trail that fills the log group record the bucket's data events. They cost money; the plan says how much." };
    private static readonly Option<long?> RequestsPerMonth = new("--requests-per-month") { HelpName = "N", Description = "How many requests for objects the bucket gets in a month, for the estimate." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show the plan and write nothing." };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Carry the plan out without asking." };

    public static Command Create()
    {
        var connection = new AwsConnectionOptions();
        var region = AwsConnectionOptions.Region();
        var output = CommonOptions.Output();
        var command = new Command("new-alarm", "Set an alarm on the events of a log group: metric filter, alarm, topic. The pattern is tried on sample failures first; a second run changes nothing.")
        {
            Preset, Pattern, LogGroup, Bucket, Name, Topic, Emails, LargerThan, Endpoints, Threshold, Period, Samples, AddDataEvents, RequestsPerMonth, DryRun, Yes, region, output,
        };
        command.Add(connection.All);
        command.SetStoppableAction((result, cancel) => RunAsync(result, connection.Read(result, result.GetValue(region)), result.GetValue(output), cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, AwsOptions options, OutputFormat format, CancellationToken cancel)
    {
        if (result.GetValue(DryRun) && result.GetValue(Yes))
        {
            throw new UserException("--dry-run and --yes exclude each other.");
        }

        var (output, error) = (result.InvocationConfiguration.Output.AsScreen(), result.InvocationConfiguration.Error.AsScreen());
        try
        {
            var request = ReadRequest(result, error);
            request.Check();
            using var session = await AwsSession.OpenAsync(options, cancel).ConfigureAwait(false);
            var plan = await AlarmPlanner.PlanAsync(request, session, cancel).ConfigureAwait(false);
            if (format == OutputFormat.Table)
            {
                AlarmPlanReport.Write(plan, output);
            }

            return await FinishAsync(plan, session, result, format, cancel).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidAlarmException or FilterPatternException)
        {
            throw new UserException(exception.Message);
        }
    }

    private static AlarmRequest ReadRequest(ParseResult result, Screen error)
    {
        var preset = RequestReport.Whole(PresetNames.FindAlarm(result.GetValue(Preset))) is [var found] ? found : null;
        var tally = new ReadTally(damage => error.WriteLine(damage.ToString()));
        var samples = SampleFiles.Read((result.GetValue(Samples) ?? []).Select(InputFile.Named), tally);
        if (tally.FilesDamaged > 0)
        {
            throw new UserException("Not all of the sample events could be read, so nothing was tried.");
        }

        return new()
        {
            Preset = preset,
            FilterPattern = result.GetValue(Pattern),
            LogGroupName = result.GetRequiredValue(LogGroup),
            Values = new()
            {
                BucketName = RequestText.OrNull(result.GetValue(Bucket)),
                LargerThan = result.GetValue(LargerThan) ?? new PresetValues().LargerThan,
                VpcEndpointIds = RequestText.OrEmpty(result.GetValue(Endpoints)),
            },
            Name = RequestText.OrNull(result.GetValue(Name)),
            Topic = RequestText.OrNull(result.GetValue(Topic)),
            Emails = RequestText.OrEmpty(result.GetValue(Emails)),
            Threshold = result.GetValue(Threshold),
            Period = TimeSpan.FromSeconds(result.GetValue(Period)),
            Samples = samples,
            AddDataEvents = result.GetValue(AddDataEvents),
            RequestsPerMonth = result.GetValue(RequestsPerMonth),
        };
    }

    private static async Task<int> FinishAsync(AlarmPlan plan, AwsSession session, ParseResult result, OutputFormat format, CancellationToken cancel)
    {
        var (output, error) = (result.InvocationConfiguration.Output.AsScreen(), result.InvocationConfiguration.Error.AsScreen());
        foreach (var obstacle in plan.Obstacles)
        {
            error.WriteLine(obstacle.ToString());
        }

        var isAllowed = plan.Obstacles.Count == 0 && !result.GetValue(DryRun) && (!plan.HasChanges || result.GetValue(Yes) || Asks(output, format));
        var outcome = isAllowed
            ? await AlarmSetup.ApplyAsync(plan, session, format == OutputFormat.Table ? step => output.WriteLine($"{step.Action} {step.Part} {step.Name}...") : null, cancel).ConfigureAwait(false)
            : null;
        if (format == OutputFormat.Json)
        {
            output.WriteLine(AlarmPlanReport.ToJson(plan, outcome));
        }

        if (outcome is null)
        {
            // What nobody confirmed is not done; that has to be asked for in another way.
            return plan.Obstacles.Count > 0 || result.GetValue(DryRun)
                ? ExitCode.Of(Outcomes.Of(plan))
                : throw new UserException("Nothing was written. --yes carries the plan out; --dry-run only shows it.");
        }

        if (!outcome.Succeeded)
        {
            error.WriteLine(outcome.Report);
        }
        else if (format == OutputFormat.Table)
        {
            output.WriteLine(outcome.Report);
        }

        return ExitCode.Of(Outcomes.Of(outcome));
    }

    private static bool Asks(Screen output, OutputFormat format)
    {
        if (format == OutputFormat.Json || Console.IsInputRedirected || !output.IsConsole)
        {
            return false;
        }

        output.Write("Carry this out? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
