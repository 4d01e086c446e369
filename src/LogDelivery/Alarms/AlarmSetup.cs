using LogDelivery.Gateways;

namespace LogDelivery.Alarms;

/// <summary>Carries out a plan.</summary>
internal static class AlarmSetup
{
    /// <summary>
    /// Does what a plan says, in its order. When a step fails, the rest is not tried; what is done stays, is told by the
    /// outcome, and is left alone when the same is asked for again.
    /// </summary>
    /// <param name="plan">The plan, without obstacles.</param>
    /// <param name="gateways">AWS.</param>
    /// <param name="progress">Told of each step before it is tried.</param>
    /// <param name="cancellationToken">Stops after the step that is under way.</param>
    public static Task<AlarmOutcome> ApplyAsync(AlarmPlan plan, IAlarmGateways gateways, Action<AlarmStep>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(gateways);
        return plan.Obstacles.Count > 0
            ? throw new InvalidOperationException($"The plan has obstacles: {string.Join(' ', plan.Obstacles)}")
            : AlarmOutcome.RunAsync(plan.Steps, gateways, progress, cancellationToken);
    }
}
