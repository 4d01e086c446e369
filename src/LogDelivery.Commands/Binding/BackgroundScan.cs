using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using LogDelivery.Logs.Files;

namespace LogDelivery.Commands;

/// <summary>
/// Reads logs on a thread of its own while the pipeline brings more of them. Files are found on the pipeline thread, where
/// relative paths and drives mean something; objects of S3 are listed while others are read.
/// </summary>
/// <typeparam name="T">What is found in the logs.</typeparam>
[SuppressMessage("Design", "CA1001", Justification = "A stopped pipeline leaves the thread that reads behind, which still uses the queues; they hold memory only.")]
internal sealed class BackgroundScan<T>
{
    private const int MostWaiting = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    private readonly BlockingCollection<IEnumerable<LogObject>> sources = [];
    private readonly BlockingCollection<T> results = new(MostWaiting);
    private readonly CancellationToken stop;
    private readonly Task reading;

    public BackgroundScan(Func<IEnumerable<LogObject>, CancellationToken, IEnumerable<T>> scan, CancellationToken stop)
    {
        this.stop = stop;
        reading = Task.Run(() => Read(scan), CancellationToken.None);
    }

    /// <summary>Whether every result was taken.</summary>
    public bool IsCompleted => results.IsCompleted;

    /// <summary>Adds logs.</summary>
    public void Add(IEnumerable<LogObject> logs) => sources.Add(logs, CancellationToken.None);

    /// <summary>Says that no more logs come.</summary>
    public void CompleteAdding() => sources.CompleteAdding();

    /// <summary>Takes a result that is there, or comes within a time.</summary>
    public bool TryTake(TimeSpan wait, [MaybeNullWhen(false)] out T result) => results.TryTake(out result, (int)wait.TotalMilliseconds, CancellationToken.None);

    /// <summary>Throws what ended the reading, if anything did.</summary>
    public void Rethrow() => reading.GetAwaiter().GetResult();

    private void Read(Func<IEnumerable<LogObject>, CancellationToken, IEnumerable<T>> scan)
    {
        try
        {
            foreach (var result in scan(sources.GetConsumingEnumerable(stop).SelectMany(s => s), stop))
            {
                while (!results.TryAdd(result, Patience))
                {
                    if (stop.IsCancellationRequested)
                    {
                        return;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The pipeline was stopped.
        }
        finally
        {
            results.CompleteAdding();
        }
    }
}
