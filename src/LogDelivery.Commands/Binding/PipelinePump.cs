using System.Collections.Concurrent;
using System.Management.Automation;

namespace LogDelivery.Commands;

/// <summary>
/// Waits on the pipeline thread for work of other threads. Only the pipeline thread may write, so what the others want to be
/// done there is done while it waits.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Action> posts = new();
    private readonly SemaphoreSlim signal = new(0);
    private readonly int pipelineThread = Environment.CurrentManagedThreadId;

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>Ends all waiting. Called by the thread that stops the pipeline.</summary>
    public void Stop() => stop.Cancel();

    /// <summary>Has something done on the pipeline thread some time.</summary>
    public void Post(Action action)
    {
        posts.Enqueue(action);
        signal.Release();
    }

    /// <summary>Has something done on the pipeline thread, and waits for it.</summary>
    public T Invoke<T>(Func<T> action)
    {
        if (Environment.CurrentManagedThreadId == pipelineThread)
        {
            return action();
        }

        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
                throw;
            }
        });
        return done.Task.WaitAsync(Token).GetAwaiter().GetResult();
    }

    /// <summary>Waits for a task.</summary>
    /// <param name="task">The task; it has to heed <see cref="Token"/>.</param>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public T Wait<T>(Task<T> task)
    {
        _ = task.ContinueWith(_ => signal.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            while (!task.IsCompleted)
            {
                signal.Wait(Token);
                DoPosts();
            }

            DoPosts();
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (Token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Waits for some time, unless the pipeline is stopped.</summary>
    public void Delay(TimeSpan time) => Wait(DelayAsync(time));

    /// <summary>Reads what comes, as it comes.</summary>
    public IEnumerable<T> Read<T>(IAsyncEnumerable<T> source)
    {
        var items = source.GetAsyncEnumerator(Token);
        try
        {
            while (Wait(items.MoveNextAsync().AsTask()))
            {
                yield return items.Current;
            }
        }
        finally
        {
            End(items);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Calls that were given up still look at the token and bring messages, which nothing reads; so nothing is disposed of.
        stop.Cancel();
    }

    private static void End<T>(IAsyncEnumerator<T> items)
    {
        try
        {
            items.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(1), CancellationToken.None);
        }
        catch (Exception exception) when (exception is AggregateException or NotSupportedException)
        {
            // A stopped pipeline does not wait for calls that are under way.
        }
    }

    private async Task<bool> DelayAsync(TimeSpan time)
    {
        await Task.Delay(time, Token).ConfigureAwait(false);
        return true;
    }

    /// <summary>Does what others want to have done, without waiting for more.</summary>
    public void DoPosts()
    {
        while (posts.TryDequeue(out var action))
        {
            action();
        }
    }
}
