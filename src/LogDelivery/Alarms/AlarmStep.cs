using LogDelivery.Gateways;

namespace LogDelivery.Alarms;

/// <summary>A part of what belongs to an alarm.</summary>
internal enum AlarmPart
{
    /// <summary>The topic that is told.</summary>
    Topic,

    /// <summary>The metric filter of the log group.</summary>
    MetricFilter,

    /// <summary>The alarm itself.</summary>
    Alarm,

    /// <summary>The alarm's tags.</summary>
    Tags,

    /// <summary>The data events of a trail.</summary>
    DataEvents,

    /// <summary>A subscription of the topic.</summary>
    Subscription,
}

/// <summary>What is done with a part.</summary>
internal enum AlarmAction
{
    /// <summary>It is as it has to be.</summary>
    None,

    /// <summary>It is made.</summary>
    Create,

    /// <summary>It is changed.</summary>
    Update,

    /// <summary>It is removed.</summary>
    Delete,

    /// <summary>It stays, though the alarm goes.</summary>
    Keep,
}

/// <summary>How far a step has come.</summary>
internal enum AlarmStepState
{
    /// <summary>There is nothing to do, or nothing was tried yet.</summary>
    Planned,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was not tried, since one before it failed.</summary>
    NotReached,
}

/// <summary>One step.</summary>
/// <param name="Part">What it is about.</param>
/// <param name="Action">What is done with it.</param>
/// <param name="Name">Its name, as its service has it.</param>
/// <param name="Detail">What is made or changed, or why nothing is.</param>
internal sealed record AlarmStep(AlarmPart Part, AlarmAction Action, string Name, string Detail)
{
    /// <summary>How far it has come.</summary>
    public AlarmStepState State { get; init; }

    /// <summary>Whether it writes.</summary>
    public bool IsChange => Action is AlarmAction.Create or AlarmAction.Update or AlarmAction.Delete;

    internal Func<IAlarmGateways, CancellationToken, Task>? Work { get; init; }

    /// <summary>The step in one line.</summary>
    public override string ToString() => $"{(Action == AlarmAction.None ? "Leave" : Action.ToString())} {Words(Part)} {Name}: {Detail}";

    private static string Words(AlarmPart part) => part switch
    {
        AlarmPart.MetricFilter => "metric filter",
        AlarmPart.Tags => "tags of",
        AlarmPart.DataEvents => "data events of trail",
        _ => part.ToString().ToLowerInvariant(),
    };
}
