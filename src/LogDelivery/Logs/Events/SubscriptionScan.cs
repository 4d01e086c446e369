using System.Threading.Channels;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Events;

/// <summary>Converts one event.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="entry">The event, valid during the call.</param>
/// <param name="content">The file that it is from, where damage is noted.</param>
/// <param name="offset">The byte offset of the event, or of its envelope, in the text of the file.</param>
/// <returns>The result; <see langword="null"/> leaves the event out.</returns>
internal delegate T? SubscriptionSelector<T>(in SubscriptionEntry entry, LogContent content, long offset)
    where T : class;

/// <summary>Returns the events of files in order, while another thread reads ahead within bounds.</summary>
/// <typeparam name="T">The type of the results.</typeparam>
/// <param name="expansion">Reads the files.</param>
/// <param name="select">Makes something of each event.</param>
internal sealed class SubscriptionScan<T>(SubscriptionExpansion expansion, SubscriptionSelector<T> select)
    where T : class
{
    private const int Ahead = 1024;

    /// <summary>Reads the files.</summary>
    /// <param name="sources">The files and objects; taken as they are needed.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="OperationCanceledException">Reading was stopped.</exception>
    public IEnumerable<T> Run(IEnumerable<LogObject> sources, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = Channel.CreateBounded<T>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => Read(sources, new Sink(queue.Writer, select, stop.Token), stop.Token), CancellationToken.None);
        try
        {
            while (Wait(queue.Reader))
            {
                while (queue.Reader.TryRead(out var item))
                {
                    yield return item;
                }
            }
        }
        finally
        {
            stop.Cancel();
        }

        reading.GetAwaiter().GetResult();

        void Read(IEnumerable<LogObject> all, Sink sink, CancellationToken cancel)
        {
            try
            {
                foreach (var source in all)
                {
                    expansion.Read(source, sink, cancel);
                }
            }
            finally
            {
                queue.Writer.TryComplete();
            }
        }

        static bool Wait(ChannelReader<T> reader) => reader.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private sealed class Sink(ChannelWriter<T> queue, SubscriptionSelector<T> select, CancellationToken cancellationToken) : ISubscriptionSink
    {
        public void Take(in SubscriptionEntry entry, LogContent content, long offset)
        {
            if (select(entry, content, offset) is { } item && !queue.TryWrite(item))
            {
                queue.WriteAsync(item, cancellationToken).AsTask().GetAwaiter().GetResult();
            }
        }
    }
}
