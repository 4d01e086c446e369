
namespace LogDelivery.Alarms;

/// <summary>A plan while it is made: what the parts of the planning find out, gathered.</summary>
internal sealed class PlanDraft
{
    public List<AlarmStep> Steps { get; } = [];

    public List<AlarmObstacle> Obstacles { get; } = [];

    public List<Finding> Findings { get; } = [];

    public List<string> Notes { get; } = [];

    public void Obstruct(string code, string message, string remedy) => Obstacles.Add(new(code, message, remedy));
}
