namespace LogDelivery.Trails;

/// <summary>
/// A queue of work that adds more work. Items closest to a result are taken first, so that results come early and little
/// waits in memory. It ends when the queue is empty and no worker can add more.
/// </summary>
internal sealed class WorkQueue<T>(int stages) : IDisposable
{
    private readonly object gate = new();
    private readonly Queue<T>[] queues = [.. Enumerable.Range(0, stages).Select(_ => new Queue<T>())];
    private readonly SemaphoreSlim available = new(0);
    private int unfinished;

    /// <summary>Adds work; the highest stage is taken first.</summary>
    public void Add(int stage, T work)
    {
        lock (gate)
        {
            unfinished++;
            queues[stage].Enqueue(work);
        }

        available.Release();
    }

    /// <summary>Takes the next work item; returns false when there will be no more.</summary>
    public async Task<(bool Taken, T Work)> TakeAsync(CancellationToken cancellationToken)
    {
        await available.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            for (var stage = queues.Length - 1; stage >= 0; stage--)
            {
                if (queues[stage].TryDequeue(out var work))
                {
                    return (true, work);
                }
            }
        }

        // The end is passed on from one to the next.
        available.Release();
        return (false, default!);
    }

    public void Dispose() => available.Dispose();

    /// <summary>Marks work that was taken as done, after the work that it adds was added.</summary>
    public void Done()
    {
        lock (gate)
        {
            if (--unfinished > 0)
            {
                return;
            }
        }

        available.Release();
    }
}
