using System.Management.Automation;
using LogDelivery.Alarms;
using LogDelivery.Aws;
using LogDelivery.Patterns;
using LogDelivery.Requests;
using LogDelivery.Text;

namespace LogDelivery.Commands;

/// <summary><c>New-LogDeliveryAlarm</c>: an alarm on what a log group receives, tried on sample failures before it is made.</summary>
[Cmdlet(VerbsCommon.New, "LogDeliveryAlarm", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(LogDeliveryAlarm))]
public sealed class NewLogDeliveryAlarmCommand : AlarmCommand
{
    /// <summary>What the alarm is for.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(AlarmPresetCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Preset { get; set; }

    /// <summary>The log group.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("CloudWatchLogsLogGroupArn")]
    [ValidateNotNullOrEmpty]
    public string LogGroupName { get; set; } = string.Empty;

    /// <summary>A pattern of the user's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FilterPattern { get; set; }

    /// <summary>The bucket that is watched.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? BucketName { get; set; }

    /// <summary>The alarm's name.</summary>
    [Parameter]
    [Alias("AlarmName")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The topic to tell.</summary>
    [Parameter]
    [Alias("TopicArn", "TopicName")]
    [ValidateNotNullOrEmpty]
    public string? Topic { get; set; }

    /// <summary>The addresses to subscribe.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Email { get; set; }

    /// <summary>LargeDownload: how many bytes are not yet too many.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long LargerThan { get; set; } = new PresetValues().LargerThan;

    /// <summary>OutsideVpcEndpoint: the endpoints that may be used.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? VpcEndpointId { get; set; }

    /// <summary>How many events within a period set it off.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Threshold { get; set; } = 1;

    /// <summary>The length of a period.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Log files with events that the pattern has to catch.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SamplePath { get; set; }

    /// <summary>Whether the trail is told to record the bucket's data events.</summary>
    [Parameter]
    public SwitchParameter AddDataEvent { get; set; }

    /// <summary>How many requests for objects there are in a month.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? RequestsPerMonth { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (MakeRequest() is not { } request)
        {
            return;
        }

        try
        {
            request.Check();
            InAws(LogGroupName, session => Make(request, session));
        }
        catch (InvalidAlarmException exception)
        {
            Report("InvalidAlarm", ErrorCategory.InvalidArgument, request.LogGroupName, exception.Message, "Give what the message asks for.", exception);
        }
        catch (FilterPatternException exception)
        {
            Report("InvalidFilterPattern", ErrorCategory.InvalidArgument, exception.Pattern, exception.Message, "Correct the pattern at the column that the message names.", exception);
        }
    }

    private AlarmRequest? MakeRequest()
    {
        var preset = PresetNames.FindAlarm(Preset);
        Report(preset.Problems);
        if (preset.IsRefused)
        {
            return null;
        }

        return ReadSamples(SamplePath) is not { } samples
            ? null
            : new AlarmRequest
            {
                Preset = preset.Items is [var found] ? found : null,
                FilterPattern = FilterPattern,
                LogGroupName = LogGroupName,
                Values = new() { BucketName = OrNull(BucketName), LargerThan = LargerThan, VpcEndpointIds = OrEmpty(VpcEndpointId) },
                Name = Name,
                Topic = Topic,
                Emails = OrEmpty(Email),
                Threshold = Threshold,
                Period = Period,
                Samples = samples,
                AddDataEvents = AddDataEvent,
                RequestsPerMonth = RequestsPerMonth,
            };
    }

    private void Make(AlarmRequest request, AwsSession session)
    {
        var plan = Pump.Wait(AlarmPlanner.PlanAsync(request, session, Pump.Token));
        foreach (var note in plan.Notes)
        {
            WriteVerbose(note);
        }

        if (!IsClear(plan.Obstacles, request.LogGroupName))
        {
            return;
        }

        foreach (var finding in plan.Findings)
        {
            WriteWarning($"{finding} {finding.Remedy}");
        }

        var text = AlarmPlanText.Of(plan);
        if (plan.HasChanges && !ShouldProcess(text, ShownText.OfAll(text, "Carry this out?"), "Set up the alarm"))
        {
            return;
        }

        var outcome = Pump.Wait(AlarmSetup.ApplyAsync(plan, session, step => Pump.Post(() => WriteVerbose(step.ToString())), Pump.Token));
        if (IsDone(outcome, plan.AlarmName))
        {
            WriteObject(Pump.Read(new AlarmReader(session, new() { NameMatches = name => name == plan.AlarmName }).ReadAsync(Pump.Token)), enumerateCollection: true);
        }
    }
}
