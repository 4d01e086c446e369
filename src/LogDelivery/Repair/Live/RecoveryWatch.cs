using System.Globalization;
using System.Text.RegularExpressions;
using LogDelivery.Gateways;
using LogDelivery.Sources;
using LogDelivery.Sources.Catalog;
using LogDelivery.Trails;

namespace LogDelivery.Repair;

/// <summary>
/// Waits for the next delivery. For a trail the status is polled from CloudTrail; for other sources the newest object in
/// the bucket. Times of AWS are compared only with times of AWS.
/// </summary>
internal sealed partial class RecoveryWatch
{
    private readonly IAwsGateways aws;
    private readonly IBucketGateway buckets;
    private readonly TimeProvider clock;
    private readonly List<WaitingDelivery> waiting;

    private RecoveryWatch(IAwsGateways aws, IBucketGateway buckets, TimeProvider clock, List<WaitingDelivery> waiting)
    {
        this.aws = aws;
        this.buckets = buckets;
        this.clock = clock;
        this.waiting = waiting;
    }

    /// <summary>Records the deliveries made so far.</summary>
    public static async Task<RecoveryWatch> StartAsync(IAwsGateways aws, LiveRepairPlan plan, TimeProvider clock, CancellationToken cancellationToken)
    {
        var watch = new RecoveryWatch(aws, aws.Buckets.OwnedBy(plan.ExpectedOwner), clock, [.. plan.Deliveries.Except(plan.LeftOut).Select(d => new WaitingDelivery(d))]);
        foreach (var item in watch.waiting)
        {
            item.Before = await watch.LatestAsync(item, cancellationToken).ConfigureAwait(false);
        }

        return watch;
    }

    /// <summary>Waits until each delivery has been made, or until the timeout.</summary>
    public async Task<RecoveryWatchResult> WaitAsync(TimeSpan timeout, TimeSpan interval, CancellationToken cancellationToken)
    {
        var deadline = clock.GetUtcNow() + timeout;
        while (true)
        {
            foreach (var item in waiting.Where(w => w.Came is null))
            {
                var latest = await LatestAsync(item, cancellationToken).ConfigureAwait(false);
                item.Came = latest > (item.Before ?? DateTime.MinValue) && item.Problem is null ? latest : null;
            }

            var rest = deadline - clock.GetUtcNow();
            if (waiting.TrueForAll(w => w.Came is not null) || rest <= TimeSpan.Zero)
            {
                return new(waiting.TrueForAll(w => w.Came is not null), string.Join(' ', waiting.Select(w => w.ToString())));
            }

            await Task.Delay(interval < rest ? interval : rest, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DateTime?> LatestAsync(WaitingDelivery item, CancellationToken cancellationToken)
    {
        try
        {
            return item.Delivery is { SourceArn: { } trail } && item.Delivery.Source == CloudTrail.Source && !trail.Contains('*', StringComparison.Ordinal)
                ? await OfTrailAsync(item, trail, cancellationToken).ConfigureAwait(false)
                : await OfObjectsAsync(item, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsCallException exception)
        {
            item.Problem = exception.Message;
            return null;
        }
    }

    private async Task<DateTime?> OfTrailAsync(WaitingDelivery item, string trailArn, CancellationToken cancellationToken)
    {
        var status = await aws.Trails.GetStatusAsync(item.Delivery.Region, trailArn, cancellationToken).ConfigureAwait(false);
        var error = TrailVerdict.Says(status.LatestDeliveryError) ? status.LatestDeliveryError : null;
        item.Problem = error is null ? null : $"CloudTrail reports {error}";
        return status.LatestDeliveryTime?.ToUniversalTime();
    }

    private async Task<DateTime?> OfObjectsAsync(WaitingDelivery item, CancellationToken cancellationToken)
    {
        DateTime? latest = null;
        item.Problem = null;
        foreach (var prefix in Prefixes(item.Delivery, clock.GetUtcNow()))
        {
            var newest = await buckets.FindNewestAsync(item.Delivery.BucketName, prefix, cancellationToken).ConfigureAwait(false);
            item.Problem = newest.Error?.Message;
            latest = newest.Value is { } found && (latest is null || found.LastModified > latest) ? found.LastModified : latest;
        }

        return latest;
    }

    /// <summary>
    /// The prefixes to search for new objects: today's folder, if the layout has one, and the prefix of everything that the
    /// source writes.
    /// </summary>
    internal static IEnumerable<string> Prefixes(Delivery delivery, DateTimeOffset now)
    {
        var write = delivery.Source.GetRequiredCalls(delivery).FirstOrDefault(c => c is { Target: PolicyTarget.Bucket, IsOptional: false, Request.Action: "s3:PutObject" });
        if (write is null)
        {
            yield break;
        }

        var isHive = delivery.HiveCompatiblePartitions && delivery.Source.HiveKeyLayout is not null;
        var layout = isHive ? delivery.Source.HiveKeyLayout! : delivery.Source.KeyLayout;
        var format = isHive ? delivery.Source.HiveKeyDateFormat : delivery.Source.KeyDateFormat;
        var key = KeyOf(write.Request.Resource);
        var date = layout.IndexOf("{date}", StringComparison.Ordinal);
        if (format is not null && date >= 0 && !Unknown().IsMatch(layout[..date]))
        {
            // The keys of the catalog are samples of one minute; what stands before that in them is as configured.
            var sample = SampleTime.ToString(format, CultureInfo.InvariantCulture);
            var at = key.IndexOf(sample, StringComparison.Ordinal);
            if (at >= 0)
            {
                var day = format[..(format.LastIndexOf('d') + 1)];
                yield return key[..at] + now.ToString(day.Length == 1 ? $"%{day}" : day, CultureInfo.InvariantCulture);
            }
        }

        yield return KeyOf(write.Grant.Resource).TrimEnd('*');
    }

    private static readonly DateTimeOffset SampleTime = new(2026, 1, 31, 23, 50, 0, TimeSpan.Zero);

    private static string KeyOf(string objectArn) => objectArn[(objectArn.IndexOf('/', StringComparison.Ordinal) + 1)..];

    // Words in capitals are placeholders for names that were not given: VPC-ID, STREAM.
    [GeneratedRegex(@"(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z])")]
    private static partial Regex Unknown();

    private sealed class WaitingDelivery(Delivery delivery)
    {
        public Delivery Delivery => delivery;

        public DateTime? Before { get; set; }

        public DateTime? Came { get; set; }

        public string? Problem { get; set; }

        public override string ToString()
            => Came is { } time ? string.Create(CultureInfo.InvariantCulture, $"{Delivery.Source.Id} of {Delivery.AccountId} delivered at {time:yyyy-MM-dd HH:mm:ss}Z.")
                : Problem is { } problem ? $"{Delivery.Source.Id} of {Delivery.AccountId} has not delivered: {problem.TrimEnd('.')}."
                : $"{Delivery.Source.Id} of {Delivery.AccountId} has not delivered yet.";
    }
}

/// <summary>The result of waiting for deliveries.</summary>
/// <param name="HasDelivered">Whether each delivery was made.</param>
/// <param name="Description">The times of the deliveries, or what was observed instead.</param>
internal sealed record RecoveryWatchResult(bool HasDelivered, string Description);
