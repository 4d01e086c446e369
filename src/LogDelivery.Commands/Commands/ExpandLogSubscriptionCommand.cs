using System.Management.Automation;
using LogDelivery.Logs.Events;
using LogDelivery.Logs.Files;

namespace LogDelivery.Commands;

/// <summary><c>Expand-LogSubscription</c>: what a CloudWatch Logs subscription left in files, back into log events.</summary>
[Cmdlet(VerbsData.Expand, "LogSubscription", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(LogSubscriptionEvent), typeof(PSObject))]
public sealed class ExpandLogSubscriptionCommand : LogFilesCommand<object>
{
    private const string RecordType = "LogDelivery.CloudTrailRecord";

    private SubscriptionExpansion? expansion;
    private CloudTrailMessages? records;

    /// <summary>Whether to give the CloudTrail record that each event carries.</summary>
    [Parameter]
    public SwitchParameter AsCloudTrail { get; set; }

    /// <summary>Whether the messages by which CloudWatch Logs tests that a destination is there are given, too.</summary>
    [Parameter]
    public SwitchParameter IncludeControlMessage { get; set; }

    private protected override bool Prepare()
    {
        expansion = new(Tally) { IncludeControlMessages = IncludeControlMessage };
        records = AsCloudTrail ? new() : null;
        return true;
    }

    private protected override IEnumerable<object> Scan(IEnumerable<LogObject> logs, CancellationToken cancellationToken)
        => new SubscriptionScan<object>(expansion!, Convert).Run(logs, cancellationToken);

    private protected override void WriteResult(object result)
    {
        // A record is made into properties here: other threads have no business with objects of the shell.
        WriteObject(result is string json ? JsonObjects.Read(json, RecordType) : result);
    }

    private protected override void Finish()
    {
        if (records is { Others: > 0 } others)
        {
            WriteWarning($"{others.Others} events are no CloudTrail records and were left out.");
        }
    }

    private protected override string Count()
        => $"{expansion!.Count} events in {base.Count()} {expansion.ControlMessages} control messages were left out.";

    private object? Convert(in SubscriptionEntry entry, LogContent content, long offset)
        => records is null ? entry.ToEvent()
            : records.TryRead(entry, content, offset, out var record) ? System.Text.Encoding.UTF8.GetString(record)
            : null;
}
