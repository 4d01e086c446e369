using System.Diagnostics;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Scan;

/// <summary>
/// Processes files on several threads, and returns their results in the order of the files. A file ahead of its turn
/// buffers a bounded number of results, then waits. When stopped, it returns the results found so far.
/// </summary>
/// <param name="work">Reads one file and hands over each result.</param>
internal sealed class OrderedFanOut<T>(Action<LogObject, Action<T>, CancellationToken> work)
{
    private const int MostResults = 512;
    private const int ResultsPerWake = 128;
    private const int FilesAhead = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TimeBetweenWakes = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly object gate = new();
    private readonly object sourceGate = new();
    private readonly Queue<Slot> order = new();
    private int running;
    private bool noMoreSources;
    private long lastWake;
    private Exception? failure;

    public int Workers { get; init; } = 1;

    public Action? OnWait { get; init; }

    public IEnumerable<T> Run(IEnumerable<LogObject> sources, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var files = sources.GetEnumerator();

        // Counted before one of them can be done already and count itself out.
        running = Workers;
        var threads = Enumerable.Range(0, Workers).Select(i => Start(files, stop.Token)).ToArray();
        try
        {
            while (Next(cancellationToken) is { } results)
            {
                foreach (var result in results)
                {
                    yield return result;
                }
            }

            if (cancellationToken.IsCancellationRequested)
            {
                Wait(threads);
                threads = [];
                foreach (var result in Rest())
                {
                    yield return result;
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            stop.Cancel();
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }

            Wait(threads);
        }
    }

    // A thread may hang in a read that nothing ends (a console, a network drive); it is left behind.
    private static void Wait(Thread[] threads)
    {
        var watch = Stopwatch.StartNew();
        foreach (var thread in threads)
        {
            thread.Join(watch.Elapsed < Patience ? Patience - watch.Elapsed : TimeSpan.Zero);
        }
    }

    private Thread Start(IEnumerator<LogObject> files, CancellationToken cancel)
    {
        var thread = new Thread(() => Work(files, cancel)) { IsBackground = true, Name = "LogDelivery reader" };
        thread.Start();
        return thread;
    }

    /// <summary>Takes the results of the files that were not finished.</summary>
    private List<T> Rest()
    {
        lock (gate)
        {
            List<T> rest = [.. order.SelectMany(slot => slot.Results)];
            order.Clear();
            return rest;
        }
    }

    /// <summary>Waits for results; returns none when the work is done or stopped.</summary>
    private List<T>? Next(CancellationToken cancel)
    {
        while (true)
        {
            lock (gate)
            {
                DropFinished();
                if (order.TryPeek(out var first) && first.Results.Count > 0)
                {
                    var results = first.Results;
                    first.Results = [];
                    Monitor.PulseAll(gate);
                    return results;
                }

                if (failure is not null)
                {
                    System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
                }

                if (cancel.IsCancellationRequested || (noMoreSources && order.Count == 0 && running == 0))
                {
                    return null;
                }

                Monitor.Wait(gate, Pause);
            }

            OnWait?.Invoke();
        }
    }

    private void Work(IEnumerator<LogObject> files, CancellationToken cancel)
    {
        try
        {
            while (TakeSlot(files, cancel) is { } slot)
            {
                work(slot.Source, result => Add(slot, result, cancel), cancel);
                Finish(slot);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The reader of the results knows.
        }
        catch (Exception exception)
        {
            lock (gate)
            {
                failure ??= exception;
            }
        }
        finally
        {
            lock (gate)
            {
                running--;
                Monitor.PulseAll(gate);
            }
        }
    }

    private void Finish(Slot slot)
    {
        lock (gate)
        {
            slot.IsDone = true;
            DropFinished();

            // With thousands of tiny files each one would wake the reader of the results, mostly for nothing.
            if (order.Count >= FilesAhead / 2 || Stopwatch.GetElapsedTime(lastWake) > TimeBetweenWakes)
            {
                lastWake = Stopwatch.GetTimestamp();
                Monitor.PulseAll(gate);
            }
        }
    }

    private void DropFinished()
    {
        while (order.TryPeek(out var head) && head is { IsDone: true, Results.Count: 0 })
        {
            order.Dequeue();
            if (order.Count == FilesAhead - 1)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    private Slot? TakeSlot(IEnumerator<LogObject> files, CancellationToken cancel)
    {
        lock (sourceGate)
        {
            if (noMoreSources || cancel.IsCancellationRequested || !files.MoveNext())
            {
                noMoreSources = true;
                return null;
            }

            var slot = new Slot(files.Current);
            lock (gate)
            {
                while (order.Count >= FilesAhead && !cancel.IsCancellationRequested)
                {
                    Monitor.Wait(gate, Pause);
                }

                order.Enqueue(slot);
            }

            return slot;
        }
    }

    private void Add(Slot slot, T result, CancellationToken cancel)
    {
        lock (gate)
        {
            // Who is to stop does so at the next block of the file; what the last one holds is not lost.
            while (slot.Results.Count >= MostResults && !cancel.IsCancellationRequested)
            {
                Monitor.Wait(gate, Pause);
            }

            slot.Results.Add(result);

            // Waking a thread costs more than finding a result; a waiting reader polls after a pause.
            if (slot.Results.Count % ResultsPerWake == 0)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    private sealed class Slot(LogObject source)
    {
        public LogObject Source => source;

        public List<T> Results { get; set; } = [];

        public bool IsDone { get; set; }
    }
}
