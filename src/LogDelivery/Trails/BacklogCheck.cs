using System.Globalization;
using LogDelivery.Gateways;

namespace LogDelivery.Trails;

/// <summary>Checks in the bucket whether the files that a trail held back were delivered.</summary>
/// <param name="aws">The account to read.</param>
internal sealed class BacklogCheck(IAwsGateways aws)
{
    private static readonly TimeSpan Slot = TimeSpan.FromHours(1);

    /// <summary>Checks once. When access is denied, the result names the missing permission.</summary>
    /// <param name="health">The trail, as it is now.</param>
    /// <param name="heldBackSince">The last delivery before the failure.</param>
    /// <param name="recoveredAt">The first delivery after it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">S3 does not answer.</exception>
    public async Task<TrailBacklog> CheckAsync(TrailDeliveryHealth health, DateTime heldBackSince, DateTime recoveredAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(health);
        ArgumentNullException.ThrowIfNull(aws);
        var (from, to) = (heldBackSince.ToUniversalTime(), recoveredAt.ToUniversalTime());
        var known = new TrailBacklog { HeldBackSince = from, RecoveredAt = to };
        if (await FolderOfAsync(health, cancellationToken).ConfigureAwait(false) is not { Value: { } folder })
        {
            return known with { Problem = "the id of the organization, which is a part of the keys, may not be read." };
        }

        var files = 0;
        var covered = new HashSet<int>();
        for (var day = from.Date; day <= to; day = day.AddDays(1))
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"{folder}{day:yyyy'/'MM'/'dd}/");
            var answer = await aws.Buckets.ListAsync(health.BucketName, prefix, cancellationToken).ConfigureAwait(false);
            if (answer.IsUnreadable)
            {
                return known with { Problem = answer.MissingPermission is { } permission ? $"{permission} is missing." : answer.Error!.Message };
            }

            foreach (var time in (answer.Value ?? []).Select(o => TimeOf(o.Key)).OfType<DateTime>().Where(t => t > from && t <= to))
            {
                files++;
                covered.Add((int)((time - from - TimeSpan.FromTicks(1)) / Slot));
            }
        }

        // What is left of an hour at the end may well have no file of its own.
        var slots = Math.Max(1, (int)((to - from) / Slot));
        DateTime[] missing = [.. Enumerable.Range(0, slots).Where(s => !covered.Contains(s)).Select(s => from + (s * Slot))];
        return known with { HasArrived = missing.Length == 0, Files = files, MissingHours = missing };
    }

    /// <summary>The time in the name of a log file; <see langword="null"/> for other objects.</summary>
    internal static DateTime? TimeOf(string key)
    {
        // ACCOUNT_CloudTrail_REGION_20261125T1250Z_UNIQUE.json.gz
        var parts = key[(key.LastIndexOf('/') + 1)..].Split('_');
        return parts.Length >= 5
            && DateTime.TryParseExact(parts[3], "yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    private async Task<Readable<string>> FolderOfAsync(TrailDeliveryHealth health, CancellationToken cancellationToken)
    {
        var prefix = string.IsNullOrEmpty(health.KeyPrefix) ? string.Empty : $"{health.KeyPrefix.TrimEnd('/')}/";
        var rest = $"{health.AccountId}/CloudTrail/{health.Region}/";
        if (!health.IsOrganizationTrail)
        {
            return Readable.Found($"{prefix}AWSLogs/{rest}");
        }

        var organization = await aws.Account.GetOrganizationIdAsync(cancellationToken).ConfigureAwait(false);
        return organization.Select(id => $"{prefix}AWSLogs/{id}/{rest}");
    }
}
