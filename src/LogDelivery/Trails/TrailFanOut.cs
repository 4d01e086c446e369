using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LogDelivery.Gateways;

namespace LogDelivery.Trails;

/// <summary>
/// Checks many trails in many Regions and accounts at a time. Results are returned as they are found, in no order; an
/// account, a Region or a trail that cannot be checked is a result of its own, and the others continue.
/// </summary>
/// <param name="healthOptions">The options for judging the deliveries; the defaults when <see langword="null"/>.</param>
/// <param name="options">The limits for concurrent calls; the defaults when <see langword="null"/>.</param>
/// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
internal sealed class TrailFanOut(TrailHealthOptions? healthOptions = null, FanOutOptions? options = null, TimeProvider? timeProvider = null)
{
    private readonly FanOutOptions options = options ?? new();
    private readonly TimeProvider clock = timeProvider ?? TimeProvider.System;

    private enum Stage
    {
        Open,
        List,
        Check,
    }

    /// <summary>Checks the trails. To stop early, stop enumerating or cancel; no work continues afterwards.</summary>
    /// <param name="scopes">The accounts and trails to check.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    public async IAsyncEnumerable<TrailResult> RunAsync(
        IEnumerable<TrailScope> scopes, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // Who reads slowly slows the calls down, instead of filling the memory.
        var results = Channel.CreateBounded<TrailResult>(new BoundedChannelOptions(Math.Max(1, options.MaxConcurrency) * 4) { SingleReader = true });
        using var run = new Run(this, results.Writer, stop.Token);
        var all = run.AllAsync(scopes);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return result;
            }

            await all.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One run: its work queue and the state that its accounts share.</summary>
    private sealed class Run(TrailFanOut fanOut, ChannelWriter<TrailResult> results, CancellationToken cancellationToken) : IDisposable
    {
        private readonly WorkQueue<Work> queue = new(Enum.GetValues<Stage>().Length);
        private readonly AdaptiveGate gate = new(Math.Max(1, fanOut.options.MaxConcurrency), fanOut.clock);

        public void Dispose() => queue.Dispose();

        public async Task AllAsync(IEnumerable<TrailScope> scopes)
        {
            Exception? failure = null;
            try
            {
                var any = false;
                foreach (var scope in scopes)
                {
                    any = true;
                    queue.Add((int)Stage.Open, new(new AccountTrails(scope), null, null, a => OpenAsync(a.Account)));
                }

                if (any)
                {
                    await Task.WhenAll(Enumerable.Range(0, Math.Max(1, fanOut.options.MaxConcurrency)).Select(_ => Task.Run(WorkAsync, CancellationToken.None))).ConfigureAwait(false);
                }
            }
            catch (Exception exception)
            {
                failure = exception;
                throw;
            }
            finally
            {
                results.TryComplete(failure);
            }
        }

        private async Task WorkAsync()
        {
            while (true)
            {
                var (taken, work) = await queue.TakeAsync(cancellationToken).ConfigureAwait(false);
                if (!taken)
                {
                    return;
                }

                var error = await TryAsync(work).ConfigureAwait(false);
                if (error is not null)
                {
                    if (work.Trail is null)
                    {
                        work.Account.HasFailed = true;
                    }

                    await SayAsync(work, error).ConfigureAwait(false);
                }

                if (work.Region is not null && work.Trail is null && work.Account.ListedOne())
                {
                    await SayMissingAsync(work.Account).ConfigureAwait(false);
                }

                queue.Done();
            }
        }

        // Throttling says nothing about the trail; the call is retried later, with fewer concurrent calls.
        private async Task<AwsCallException?> TryAsync(Work work)
        {
            for (var attempt = 0; ; attempt++)
            {
                await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
                var throttled = false;
                try
                {
                    await work.Do(work).ConfigureAwait(false);
                    return null;
                }
                catch (AwsCallException exception)
                {
                    throttled = exception.Kind == AwsErrorKind.Throttled;
                    if (!throttled || attempt >= fanOut.options.MaxThrottles)
                    {
                        return exception;
                    }
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    return new(AwsErrorKind.Other, "CheckFailed", exception.Message, exception);
                }
                finally
                {
                    gate.Exit(throttled);
                }

                var delay = fanOut.options.ThrottleDelay * Math.Pow(2, Math.Min(attempt, 5)) * (0.5 + Random.Shared.NextDouble());
                await Task.Delay(delay, fanOut.clock, cancellationToken).ConfigureAwait(false);
            }
        }

        private async Task OpenAsync(AccountTrails account)
        {
            var aws = await account.Scope.Open(cancellationToken).ConfigureAwait(false);
            var regions = account.Scope.Regions.Count > 0
                ? account.Scope.Regions
                : await aws.Account.GetEnabledRegionsAsync(cancellationToken).ConfigureAwait(false);
            account.Aws = aws;
            account.Check = new(aws, fanOut.HealthOptions, fanOut.clock);
            account.Regions = [.. regions.Distinct(StringComparer.Ordinal)];
            foreach (var region in account.Regions)
            {
                queue.Add((int)Stage.List, new(account, region, null, w => ListAsync(w.Account, region)));
            }
        }

        private async Task ListAsync(AccountTrails account, string region)
        {
            var trails = await account.Aws!.Trails.ListAsync(region, cancellationToken).ConfigureAwait(false);
            foreach (var trail in trails.Where(account.IsWanted))
            {
                queue.Add((int)Stage.Check, new(account, region, trail.TrailArn, w => CheckAsync(w, trail)));
            }
        }

        private async Task CheckAsync(Work work, TrailConfiguration trail)
        {
            var health = await work.Account.Check!.CheckAsync(trail, work.Region!, cancellationToken).ConfigureAwait(false);
            var result = new TrailResult { Health = health, Account = work.Account.Scope.Account, Region = work.Region, Trail = trail.TrailArn };
            await results.WriteAsync(result, cancellationToken).ConfigureAwait(false);
        }

        private async Task SayAsync(Work work, AwsCallException error)
            => await results.WriteAsync(
                new() { Error = error, Account = work.Account.Scope.Account, Region = work.Region, Trail = work.Trail }, cancellationToken).ConfigureAwait(false);

        // Only who saw every Region can say that a trail is in none.
        private async Task SayMissingAsync(AccountTrails account)
        {
            foreach (var name in account.HasFailed ? [] : account.NotFound)
            {
                var message = $"There is no trail '{name}' in {string.Join(", ", account.Regions)}. A trail of one Region shows in that Region only.";
                var error = new AwsCallException(AwsErrorKind.NotFound, "TrailNotFound", message) { Operation = "cloudtrail:DescribeTrails" };
                await results.WriteAsync(new() { Error = error, Account = account.Scope.Account, Trail = name }, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private TrailHealthOptions? HealthOptions => healthOptions;

    private sealed record Work(AccountTrails Account, string? Region, string? Trail, Func<Work, Task> Do);

    /// <summary>An account under way.</summary>
    private sealed class AccountTrails(TrailScope scope)
    {
        private readonly HashSet<string> found = new(StringComparer.Ordinal);
        private int listed;

        public TrailScope Scope => scope;

        public IAwsGateways? Aws { get; set; }

        public TrailHealthCheck? Check { get; set; }

        public IReadOnlyList<string> Regions { get; set; } = [];

        // Only ever set: writing back an earlier value could undo what another thread has set meanwhile.
        public bool HasFailed { get; set; }

        public IReadOnlyList<string> NotFound
        {
            get
            {
                lock (found)
                {
                    return [.. scope.Trails.Where(t => !found.Contains(t)).Distinct(StringComparer.Ordinal)];
                }
            }
        }

        public bool ListedOne() => Interlocked.Increment(ref listed) == Regions.Count;

        public bool IsWanted(TrailConfiguration trail)
        {
            if (scope.Trails.Count == 0)
            {
                return true;
            }

            var names = scope.Trails.Where(t => t == trail.TrailArn || t == trail.Name).ToArray();
            lock (found)
            {
                found.UnionWith(names);
            }

            return names.Length > 0;
        }
    }
}
