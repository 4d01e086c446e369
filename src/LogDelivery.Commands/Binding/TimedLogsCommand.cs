using System.Management.Automation;
using LogDelivery.Logs.Files;
using LogDelivery.Requests;

namespace LogDelivery.Commands;

/// <summary>What cmdlets share that look for what happened in a range of time.</summary>
/// <typeparam name="T">What is found in the logs.</typeparam>
public abstract class TimedLogsCommand<T> : LogFilesCommand<T>
{
    private protected TimedLogsCommand()
    {
    }

    /// <summary>The earliest time; UTC where it has no zone.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>The time before which it happened; UTC where it has no zone.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    private protected DateTime? AfterUtc => RequestTime.ToUtc(After);

    private protected DateTime? BeforeUtc => RequestTime.ToUtc(Before);

    private protected sealed override LogKeyRange KeyRange => new(AfterUtc, BeforeUtc);
}
