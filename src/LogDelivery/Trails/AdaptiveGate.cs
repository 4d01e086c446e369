namespace LogDelivery.Trails;

/// <summary>
/// Limits the number of concurrent calls: throttling halves it, and every round without throttling raises it by one.
/// </summary>
internal sealed class AdaptiveGate
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private readonly object gate = new();
    private readonly Queue<TaskCompletionSource> waiting = new();
    private readonly int max;
    private readonly TimeProvider clock;
    private int active;
    private int successes;
    private long lastThrottled;

    public AdaptiveGate(int max, TimeProvider clock)
    {
        this.max = max;
        this.clock = clock;
        Limit = max;
    }

    /// <summary>The number of calls that may be in progress at present.</summary>
    public int Limit { get; private set; }

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (gate)
        {
            if (active < Limit)
            {
                active++;
                return;
            }

            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(turn);
        }

        using (cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken)))
        {
            await turn.Task.ConfigureAwait(false);
        }
    }

    public void Exit(bool throttled)
    {
        lock (gate)
        {
            active--;
            if (throttled)
            {
                Narrow();
            }
            else if (++successes >= Limit)
            {
                successes = 0;
                Limit = Math.Min(max, Limit + 1);
            }

            while (active < Limit && waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                {
                    active++;
                }
            }
        }
    }

    // What was under way together is throttled together; that is one sign and not many.
    private void Narrow()
    {
        successes = 0;
        if (lastThrottled != 0 && clock.GetElapsedTime(lastThrottled) < Settling)
        {
            return;
        }

        lastThrottled = clock.GetTimestamp();
        Limit = Math.Max(1, Limit / 2);
    }
}
