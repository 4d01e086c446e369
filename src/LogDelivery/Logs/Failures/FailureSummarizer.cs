namespace LogDelivery.Logs.Failures;

/// <summary>Groups failures by bucket, source and error. Not for several threads at once.</summary>
/// <param name="successes">The successes of the same logs.</param>
internal sealed class FailureSummarizer(DeliverySuccesses successes)
{
    private readonly Dictionary<(string? Bucket, string? Source, string? Principal, string Error, DeliveryFailureKind Kind), Group> groups = [];

    // An attempt that is in both kinds of log is one.
    private readonly HashSet<(DeliveryEvidence Evidence, int Hash, int OtherHash)> seen = [];

    /// <summary>Adds a failure.</summary>
    /// <param name="failure">The failure.</param>
    public void Add(DeliveryFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var key = (failure.BucketName, failure.Source, failure.Source is null ? failure.Principal : null, failure.ErrorCode, failure.KindValue);
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = new());
        }

        group.Add(failure, isNew: !IsInOtherLog(failure));
    }

    /// <summary>The groups, those with the most recent failure first.</summary>
    public IReadOnlyList<DeliveryFailureSummary> Finish()
        => [.. groups.Values.Select(g => g.Finish(successes)).OrderByDescending(s => s.LastTime).ThenBy(s => s.BucketName, StringComparer.Ordinal)];

    private bool IsInOtherLog(DeliveryFailure failure)
    {
        if (failure.RequestId is not { } id)
        {
            return false;
        }

        var hash = HashCode.Combine(id, failure.BucketName, failure.Key);
        var otherHash = HashCode.Combine(failure.Key, id, 1);
        var other = failure.EvidenceValue == DeliveryEvidence.CloudTrail ? DeliveryEvidence.AccessLog : DeliveryEvidence.CloudTrail;
        seen.Add((failure.EvidenceValue, hash, otherHash));
        return seen.Remove((other, hash, otherHash));
    }

    private sealed class Group
    {
        private readonly Dictionary<(string? AccountId, string? Region), DeliveryFailure> lastOfDelivery = [];
        private DeliveryFailure? last;
        private long attempts;
        private DateTime first = DateTime.MaxValue;

        public void Add(DeliveryFailure failure, bool isNew)
        {
            attempts += isNew ? 1 : 0;
            first = failure.Time < first ? failure.Time : first;
            last = last is null || failure.Time >= last.Time ? failure : last;
            var delivery = (failure.AccountId, failure.Region);
            if (!lastOfDelivery.TryGetValue(delivery, out var known) || failure.Time >= known.Time)
            {
                lastOfDelivery[delivery] = failure;
            }
        }

        public DeliveryFailureSummary Finish(DeliverySuccesses successes)
        {
            var recovered = lastOfDelivery.Values.Select(f => successes.After(f, f.Time)).ToArray();
            return new()
            {
                BucketName = last!.BucketName,
                Source = last.Source,
                Principal = last.Principal,
                ErrorCode = last.ErrorCode,
                Kind = last.Kind,
                Attempts = attempts,
                FirstTime = first,
                LastTime = last.Time,
                RecoveryValue = Array.TrueForAll(recovered, t => t is not null) ? DeliveryRecovery.Recovered
                    : Array.TrueForAll(recovered, t => t is null) ? DeliveryRecovery.StillFailing
                    : DeliveryRecovery.PartlyRecovered,
                LastSuccessTime = recovered.Max(),
                AccountIds = [.. lastOfDelivery.Keys.Select(k => k.AccountId).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
                Regions = [.. lastOfDelivery.Keys.Select(k => k.Region).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
                LastFailure = last,
            };
        }
    }
}
