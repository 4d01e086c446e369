using System.Diagnostics;
using System.Globalization;
using System.Text;
using LogDelivery.Logs.Access;
using LogDelivery.Logs.Events;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;
using Xunit;

namespace LogDelivery.Tests.Records;

/// <summary>Who stops a scan keeps what was found by then, also of files that were not finished or whose turn had not come.</summary>
public sealed class StoppedScanTests
{
    private const int Count = 5_000;

    [Fact]
    public void Signatures_of_a_file_in_the_middle_of_which_nothing_comes_any_more_are_kept()
    {
        using var hanging = new HangingObject(Lines(i => S3Events.Signed("SigV2", e => e["userAgent"] = $"agent {i % 700}").ToJsonString()));
        using var stop = new CancellationTokenSource();
        var summary = new SignatureSummary();
        var scan = new SignatureScan(new() { Versions = ["SigV2"] }, new()) { Workers = 2 };
        var time = Stop(stop, hanging, () => scan.Run([S3Events.File(S3Events.Signed("SigV2")), hanging], null, stop.Token), summary.Add);
        Assert.Equal(Count + 1, summary.Finish().Sum(u => u.Count));
        Assert.Equal(701, summary.Finish().Count);
        Assert.True(time < TimeSpan.FromSeconds(5), time.ToString());
    }

    [Fact]
    public void Failures_behind_a_file_that_gives_nothing_any_more_are_kept()
    {
        using var hanging = new HangingObject(Lines(i => EventText.Compact(i % 10 == 0 ? EventText.Delivery(requestId: i.ToString(CultureInfo.InvariantCulture)) : EventText.Human())));
        using var stop = new CancellationTokenSource();
        var found = new List<DeliveryFailure>();
        var successes = new DeliverySuccesses();
        var scan = new FailureScan(new(), new(), successes) { Workers = 2 };
        Stop(stop, hanging, () => scan.Run([hanging, new MemoryObject(EventText.File([.. Enumerable.Range(0, 400).Select(_ => EventText.Delivery())]), "next")], null, stop.Token), found.Add);
        Assert.Equal(Count / 10, found.Count(f => f.File == "hanging"));
        Assert.Equal(400, found.Count(f => f.File == "next"));
        Assert.True(found.FindIndex(f => f.File == "next") >= Count / 10);
    }

    [Fact]
    public async Task Standard_input_that_gives_nothing_holds_nobody()
    {
        using var hanging = new HangingObject("{\"a\":1}\n");
        using var stop = new CancellationTokenSource();
        var tally = new ReadTally();
        var input = new StandardInputObject(hanging.Open(), stop.Token);
        var reading = Task.Run(() => new SubscriptionExpansion(tally).Read(input, new Nobody(), stop.Token), TestContext.Current.CancellationToken);
        await hanging.IsWaiting;
        Assert.False(reading.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private sealed class Nobody : ISubscriptionSink
    {
        public void Take(in SubscriptionEntry entry, LogContent content, long offset)
        {
        }
    }

    // Bytes are looked at many at a time; what follows the last record lets it be seen.
    private static string Lines(Func<int, string> line)
        => string.Concat(Enumerable.Range(0, Count).Select(i => line(i) + "\n")) + new string('\n', 200);

    /// <summary>Stops once the file gives nothing any more.</summary>
    /// <returns>How long stopping took.</returns>
    private static TimeSpan Stop<T>(CancellationTokenSource stop, HangingObject hanging, Func<IEnumerable<T>> run, Action<T> take)
    {
        var watch = new Stopwatch();
        var stopping = Task.Run(async () =>
        {
            await hanging.IsWaiting;
            await Task.Delay(300);
            watch.Start();
            stop.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var item in run())
            {
                take(item);
            }
        });
        watch.Stop();
        Assert.True(stopping.IsCompleted);
        return watch.Elapsed;
    }

    /// <summary>A file whose end never comes, such as a pipe that somebody holds open.</summary>
    private sealed class HangingObject(string text) : LogObject, IDisposable
    {
        private readonly ManualResetEventSlim end = new();
        private readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override string Name => "hanging";

        public Task IsWaiting => waiting.Task;

        public override Stream Open() => new Pipe(Encoding.UTF8.GetBytes(text), end, waiting);

        public void Dispose() => end.Set();

        private sealed class Pipe(byte[] bytes, ManualResetEventSlim end, TaskCompletionSource waiting) : MemoryStream(bytes, writable: false)
        {
            public override int Read(byte[] buffer, int offset, int count)
            {
                if (base.Read(buffer, offset, count) is > 0 and var read)
                {
                    return read;
                }

                waiting.TrySetResult();
                end.Wait();
                return 0;
            }
        }
    }
}
