namespace LogDelivery.Logs.Failures;

/// <summary>The last success of each delivery: bucket, source, account and Region. May be used from several threads.</summary>
internal sealed class DeliverySuccesses
{
    private readonly Dictionary<Delivered, DateTime> last = [];

    internal void Add(DeliveryAttempt attempt)
        => Add(new(attempt.BucketName, attempt.Source?.Id, attempt.Principal, attempt.AccountId, attempt.KeyRegion), attempt.Time);

    internal void Merge(DeliverySuccesses file)
    {
        lock (last)
        {
            foreach (var (delivered, time) in file.last)
            {
                Add(delivered, time);
            }
        }
    }

    /// <summary>The last success of the delivery that a failure is of.</summary>
    internal DateTime? After(DeliveryFailure failure, DateTime lastFailure)
    {
        DateTime? latest = null;
        lock (last)
        {
            foreach (var (delivered, time) in last)
            {
                if (time > lastFailure && delivered.IsOf(failure) && !(time <= latest))
                {
                    latest = time;
                }
            }
        }

        return latest;
    }

    private void Add(Delivered delivered, DateTime time)
    {
        if (!last.TryGetValue(delivered, out var known) || known < time)
        {
            last[delivered] = time;
        }
    }

    private readonly record struct Delivered(string? Bucket, string? Source, string Principal, string? AccountId, string? Region)
    {
        // A call on the bucket has no key to tell the source, the account and the Region by.
        public bool IsOf(DeliveryFailure failure)
            => Bucket == failure.BucketName
                && (failure.Source is null ? Principal == failure.Principal : Source == failure.Source)
                && (failure.AccountId is null || AccountId is null || AccountId == failure.AccountId)
                && (failure.Key is null || Region is null || Region == failure.Region);
    }
}
