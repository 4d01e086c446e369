using LogDelivery.Gateways;

namespace LogDelivery.Alarms;

/// <summary>What became of the steps of a plan.</summary>
/// <param name="Steps">The steps, each with its state.</param>
/// <param name="Error">What failed; <see langword="null"/> when everything is done.</param>
internal sealed record AlarmOutcome(IReadOnlyList<AlarmStep> Steps, AwsCallException? Error)
{
    /// <summary>Whether everything is done.</summary>
    public bool Succeeded => Error is null;

    /// <summary>
    /// What was done, what failed and what was not reached, for people. The same can be asked for again: what is done
    /// already is left alone then.
    /// </summary>
    public string Report
    {
        get
        {
            var done = Steps.Where(s => s.State == AlarmStepState.Done).ToArray();
            var parts = new List<string> { done.Length == 0 ? "Nothing was changed." : $"Done: {List(done)}." };
            if (Error is not null)
            {
                parts.Add($"Failed: {List(Steps.Where(s => s.State == AlarmStepState.Failed))}: {Error.Message}");
                var rest = Steps.Where(s => s.State == AlarmStepState.NotReached).ToArray();
                if (rest.Length > 0)
                {
                    parts.Add($"Not reached: {List(rest)}.");
                }

                parts.Add("It is safe to repeat: what is done is left alone.");
            }

            return string.Join(' ', parts);
        }
    }

    /// <summary>Carries out steps in their order, until one fails.</summary>
    internal static async Task<AlarmOutcome> RunAsync(IReadOnlyList<AlarmStep> steps, IAlarmGateways gateways, Action<AlarmStep>? progress, CancellationToken cancellationToken)
    {
        var results = new List<AlarmStep>();
        AwsCallException? error = null;
        foreach (var step in steps)
        {
            if (!step.IsChange || error is not null)
            {
                results.Add(step with { State = step.IsChange ? AlarmStepState.NotReached : AlarmStepState.Planned });
                continue;
            }

            progress?.Invoke(step);
            try
            {
                await step.Work!(gateways, cancellationToken).ConfigureAwait(false);
                results.Add(step with { State = AlarmStepState.Done });
            }
            catch (AwsCallException exception)
            {
                error = exception;
                results.Add(step with { State = AlarmStepState.Failed });
            }
        }

        return new(results, error);
    }

    private static string List(IEnumerable<AlarmStep> steps) => string.Join(", ", steps.Select(s => $"{s.Part} {s.Name}"));
}
