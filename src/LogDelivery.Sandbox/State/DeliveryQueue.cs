using System.Text.Json.Nodes;

namespace LogDelivery.Sandbox.State;

/// <summary>A file that waits for its delivery.</summary>
/// <param name="Time">The time when it was first due; the name of the file contains it.</param>
/// <param name="Records">The records that it holds beside the usual ones.</param>
internal sealed record PendingFile(DateTimeOffset Time, IReadOnlyList<JsonObject> Records);

/// <summary>The reason why S3, or KMS behind it, denied the write of an object.</summary>
/// <param name="Code">The S3 error code.</param>
/// <param name="Message">The error message.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">The cause in the sandbox's state, for readers.</param>
internal sealed record WriteRefusal(string Code, string Message, int Status, string Reason)
{
    public static WriteRefusal AccessDenied(string reason) => new("AccessDenied", "Access Denied", 403, reason);
}

/// <summary>
/// The pending files of one source, and the results of the last attempts. Files are delivered in order; the first refusal
/// holds the rest back. Files pending for more than 30 days are lost. Source: CloudTrail user guide,
/// cloudtrail-troubleshooting.
/// </summary>
internal sealed class DeliveryQueue
{
    /// <summary>The time for which a delivery is retried.</summary>
    public static readonly TimeSpan RetryLimit = TimeSpan.FromDays(30);

    private readonly Queue<PendingFile> pending = new();

    public int PendingCount => pending.Count;

    public DateTimeOffset? OldestPending => pending.TryPeek(out var file) ? file.Time : null;

    public long Delivered { get; private set; }

    public long Lost { get; private set; }

    public DateTimeOffset? LastSuccess { get; private set; }

    public DateTimeOffset? LastAttempt { get; private set; }

    /// <summary>The failure of the last attempt; <see langword="null"/> after a success.</summary>
    public WriteRefusal? Failure { get; private set; }

    public void Add(PendingFile file) => pending.Enqueue(file);

    /// <summary>Delivers the pending files.</summary>
    /// <param name="now">Simulated time.</param>
    /// <param name="deliver">Delivers one file, or says why it was refused.</param>
    /// <returns>The number of files delivered.</returns>
    public int Deliver(DateTimeOffset now, Func<PendingFile, WriteRefusal?> deliver)
    {
        var delivered = 0;
        while (pending.TryPeek(out var file))
        {
            if (now - file.Time > RetryLimit)
            {
                pending.Dequeue();
                Lost++;
                continue;
            }

            LastAttempt = now;
            Failure = deliver(file);
            if (Failure is not null)
            {
                break;
            }

            pending.Dequeue();
            LastSuccess = now;
            Delivered++;
            delivered++;
        }

        return delivered;
    }
}
