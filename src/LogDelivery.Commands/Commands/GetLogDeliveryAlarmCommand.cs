using System.Management.Automation;
using LogDelivery.Alarms;

namespace LogDelivery.Commands;

/// <summary><c>Get-LogDeliveryAlarm</c>: alarms with their state, and whether their patterns would have caught the known failures.</summary>
[Cmdlet(VerbsCommon.Get, "LogDeliveryAlarm")]
[OutputType(typeof(LogDeliveryAlarm))]
public sealed class GetLogDeliveryAlarmCommand : AlarmCommand
{
    /// <summary>The names; wildcards are fine.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AlarmName")]
    [SupportsWildcards]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>A log group: the alarms on it, whoever made them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogGroupName { get; set; }

    /// <summary>The bucket in the sample events.</summary>
    [Parameter]
    public string? BucketName { get; set; }

    /// <summary>Log files with events that the patterns have to catch.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SamplePath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ReadSamples(SamplePath) is not { } samples)
        {
            return;
        }

        var patterns = (Name ?? ["*"]).Select(n => (Text: n, Pattern: WildcardPattern.Get(n, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))).ToArray();
        InAws(Name, session =>
        {
            var query = new AlarmQuery
            {
                NameMatches = name => Array.Exists(patterns, p => p.Pattern.IsMatch(name)),
                LogGroupName = LogGroupName,
                BucketName = OrNull(BucketName),
                Samples = samples,
            };
            var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var alarm in Pump.Read(new AlarmReader(session, query).ReadAsync(Pump.Token)))
            {
                found.Add(alarm.Name);
                WriteObject(alarm);
            }

            foreach (var (text, _) in patterns.Where(p => !WildcardPattern.ContainsWildcardCharacters(p.Text) && !found.Contains(p.Text)))
            {
                Report("AlarmNotFound", ErrorCategory.ObjectNotFound, text, $"There is no alarm {text} of LogDelivery in {session.Region}.", "Without a name, all are listed; with LogGroupName, also those that others made.");
            }
        });
    }
}
