using LogDelivery.Gateways;

namespace LogDelivery.Repair;

/// <summary>The outcome of a guarded write.</summary>
internal enum WriteEnd
{
    /// <summary>The document was written and read back.</summary>
    Verified,

    /// <summary>The document had been changed by another writer; nothing was written.</summary>
    Changed,

    /// <summary>AWS denied the write, or could not be reached; nothing was written.</summary>
    NotWritten,

    /// <summary>The document was written, and then overwritten by another writer.</summary>
    Overwritten,

    /// <summary>It is unknown whether the document was written.</summary>
    Unconfirmed,
}

/// <summary>The end of a guarded write.</summary>
/// <param name="End">The outcome.</param>
/// <param name="Present">The document as it was read last; <see langword="null"/> for none, or when it was not to be read.</param>
/// <param name="Displaced">
/// The document of somebody else that was seen while ours was on its way, and that ours has replaced; <see langword="null"/>
/// when none was seen.
/// </param>
/// <param name="Error">The error of AWS; <see langword="null"/> when no call failed.</param>
internal sealed record WriteResult(WriteEnd End, string? Present, string? Displaced = null, AwsCallException? Error = null);

/// <summary>The retries and checks of a guarded write.</summary>
internal sealed record WriteCare
{
    /// <summary>The maximum number of attempts of a write that AWS throttles.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>The wait before the second attempt; the wait doubles with every further attempt.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The time within which AWS may still return the old document: policy changes are eventually consistent.</summary>
    public TimeSpan VisibleWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The time after which the document is read once more, to detect a concurrent write.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The number of concurrent reads while the write is in progress.</summary>
    public int Watchers { get; init; } = 2;
}

/// <summary>
/// Replaces a document that others may change concurrently. AWS has no conditional write of policies, so this reads right
/// before the write, during the write, and after it. See docs/concepts/live-repair.md.
/// </summary>
internal sealed class GuardedWrite(IPolicyStore store, WriteCare care, TimeProvider clock)
{
    private const int MaxWatchReads = 50;

    private static readonly TimeSpan LastReads = TimeSpan.FromSeconds(5);

    /// <summary>Replaces the document, unless it is no longer the one that was planned on.</summary>
    /// <param name="before">The document that was planned on; <see langword="null"/> for none.</param>
    /// <param name="after">The new document; <see langword="null"/> to take it away.</param>
    /// <param name="cancellationToken">Stops only before the write; a write that began is completed.</param>
    public async Task<WriteResult> ReplaceAsync(string? before, string? after, CancellationToken cancellationToken)
    {
        AwsCallException? last = null;
        for (var attempt = 1; ; attempt++)
        {
            var (present, problem) = await ReadAsync(attempt == 1 ? cancellationToken : CancellationToken.None).ConfigureAwait(false);
            if (problem is not null)
            {
                return new(last is null ? WriteEnd.NotWritten : WriteEnd.Unconfirmed, null, null, last ?? problem);
            }

            if (!SamePolicy.Is(present, before))
            {
                // An earlier attempt that seemed to fail may have come through.
                return last is not null && SamePolicy.Is(present, after)
                    ? await ConfirmAsync(before, after, null).ConfigureAwait(false)
                    : new(WriteEnd.Changed, present, null, last);
            }

            cancellationToken.ThrowIfCancellationRequested();
            var (error, displaced) = await WriteAsync(before, after).ConfigureAwait(false);
            if (error is null)
            {
                return await ConfirmAsync(before, after, displaced).ConfigureAwait(false);
            }

            last = error;
            if (!MayHaveSucceeded(error) && (error.Kind != AwsErrorKind.Throttled || attempt == care.MaxAttempts))
            {
                return new(WriteEnd.NotWritten, before, null, error);
            }

            await DelayAsync(care.RetryDelay * (1 << (attempt - 1))).ConfigureAwait(false);
            if (attempt == care.MaxAttempts)
            {
                return await TellAsync(before, after, error).ConfigureAwait(false);
            }
        }
    }

    // A call that got no clear answer may have done its work all the same.
    private static bool MayHaveSucceeded(AwsCallException error)
        => error.Kind is AwsErrorKind.Timeout or AwsErrorKind.Unavailable or AwsErrorKind.Other;

    /// <summary>Writes while reading concurrently. The first read starts before the write.</summary>
    private async Task<(AwsCallException? Error, string? Displaced)> WriteAsync(string? before, string? after)
    {
        using var done = new CancellationTokenSource();
        var watchers = Enumerable.Range(0, care.Watchers).Select(_ => WatchAsync(before, after, done.Token)).ToArray();
        AwsCallException? error = null;
        try
        {
            await store.WriteAsync(after, CancellationToken.None).ConfigureAwait(false);
        }
        catch (AwsCallException exception)
        {
            error = exception;
        }

        // A read that went out before the write was done may still bring what the write has replaced.
        await done.CancelAsync().ConfigureAwait(false);
        var all = Task.WhenAll(watchers);
        await Task.WhenAny(all, DelayAsync(LastReads)).ConfigureAwait(false);
        return (error, Array.Find(watchers, w => w is { IsCompletedSuccessfully: true, Result: not null })?.Result);
    }

    // What cannot be read here is of no matter: the write is read back in any case.
    private async Task<string?> WatchAsync(string? before, string? after, CancellationToken done)
    {
        string? foreign = null;
        try
        {
            for (var read = 0; read < MaxWatchReads && !done.IsCancellationRequested; read++)
            {
                var answer = await store.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                if (!answer.IsUnreadable && answer.Value is { } text && !SamePolicy.Is(text, before) && !SamePolicy.Is(text, after))
                {
                    foreign = text;
                }
            }
        }
        catch (AwsCallException)
        {
            return foreign;
        }

        return foreign;
    }

    /// <summary>Reads the document back until it is the new one, and a little later once more.</summary>
    private async Task<WriteResult> ConfirmAsync(string? before, string? after, string? displaced)
    {
        var deadline = clock.GetUtcNow() + care.VisibleWithin;

        // The document that ours has replaced may show a little longer; when it stays, its author wrote after us.
        var displacedUntil = clock.GetUtcNow() + care.Settle;
        var pause = TimeSpan.FromMilliseconds(50);
        AwsCallException? last = null;
        var wasSeen = false;
        while (true)
        {
            var (present, problem) = await ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (problem is not null)
            {
                last = problem;
                if (!IsPassing(problem))
                {
                    return new(WriteEnd.Unconfirmed, null, displaced, problem);
                }
            }
            else if (SamePolicy.Is(present, after))
            {
                if (wasSeen)
                {
                    return new(WriteEnd.Verified, present, displaced);
                }

                wasSeen = true;
                await DelayAsync(care.Settle).ConfigureAwait(false);
                continue;
            }
            else if (displaced is not null && SamePolicy.Is(present, displaced))
            {
                if (clock.GetUtcNow() >= displacedUntil)
                {
                    return new(WriteEnd.Overwritten, present);
                }
            }
            else if (!SamePolicy.Is(present, before))
            {
                return new(WriteEnd.Overwritten, present, displaced);
            }

            if (clock.GetUtcNow() >= deadline)
            {
                return new(wasSeen ? WriteEnd.Overwritten : WriteEnd.Unconfirmed, present, displaced, last);
            }

            await DelayAsync(pause).ConfigureAwait(false);
            pause = pause * 1.5 < TimeSpan.FromSeconds(2) ? pause * 1.5 : pause;
        }
    }

    /// <summary>Reads the document after the last attempt without a clear result.</summary>
    private async Task<WriteResult> TellAsync(string? before, string? after, AwsCallException error)
    {
        var (present, problem) = await ReadAsync(CancellationToken.None).ConfigureAwait(false);
        if (problem is not null)
        {
            return new(WriteEnd.Unconfirmed, null, null, error);
        }

        return SamePolicy.Is(present, after) ? await ConfirmAsync(before, after, null).ConfigureAwait(false)
            : SamePolicy.Is(present, before) ? new(WriteEnd.Unconfirmed, present, null, error)
            : new(WriteEnd.Changed, present, null, error);
    }

    private static bool IsPassing(AwsCallException error) => error.Kind is AwsErrorKind.Throttled or AwsErrorKind.Timeout or AwsErrorKind.Unavailable;

    private async Task<(string? Present, AwsCallException? Problem)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
            return (answer.Value, answer.Error);
        }
        catch (AwsCallException exception)
        {
            return (null, exception);
        }
    }

    private Task DelayAsync(TimeSpan time) => Task.Delay(time, clock, CancellationToken.None);
}
