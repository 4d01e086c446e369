using System.Globalization;
using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Alarms;

/// <summary>The trails that write into a log group, and which data events they record.</summary>
internal sealed class LogGroupFeed
{
    private readonly string logGroupName;
    private readonly List<FeedingTrail> trails;

    private LogGroupFeed(string logGroupName, List<FeedingTrail> trails, string? unreadable)
    {
        this.logGroupName = logGroupName;
        this.trails = trails;
        Unreadable = unreadable;
    }

    /// <summary>Why nothing is known of the trails; <see langword="null"/> when they could be read.</summary>
    public string? Unreadable { get; }

    /// <summary>The trails.</summary>
    public IReadOnlyList<FeedingTrail> Trails => trails;

    /// <summary>Asks which trails write into a log group.</summary>
    public static async Task<LogGroupFeed> ReadAsync(IAlarmGateways gateways, string logGroupName, CancellationToken cancellationToken)
    {
        IReadOnlyList<TrailConfiguration> all;
        try
        {
            all = await gateways.Trails.ListAsync(gateways.Region, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsCallException exception) when (exception.Kind == AwsErrorKind.AccessDenied)
        {
            return new(logGroupName, [], exception.Message);
        }

        var trails = new List<FeedingTrail>();
        foreach (var trail in all.Where(t => IsFed(t, logGroupName, gateways.Region)))
        {
            var selection = await gateways.DataEvents.GetAsync(trail.TrailArn, cancellationToken).ConfigureAwait(false);
            var status = await Readable.AskAsync<TrailStatus>(async () => await gateways.Trails.GetStatusAsync(gateways.Region, trail.TrailArn, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            trails.Add(new(trail, selection, status));
        }

        return new(logGroupName, trails, null);
    }

    /// <summary>What keeps the events from coming.</summary>
    /// <param name="calls">The data events that are needed.</param>
    /// <param name="bucketName">The bucket that they are about; <see langword="null"/> for any.</param>
    /// <param name="partition">The partition of the Region.</param>
    /// <param name="accountId">The account.</param>
    public IEnumerable<Finding> Inspect(WatchedCalls calls, string? bucketName, string partition, string accountId)
    {
        // Whoever else writes there cannot be known: EventBridge's log groups have a name of their own.
        if (Unreadable is not null || (trails.Count == 0 && logGroupName.StartsWith("/aws/events/", StringComparison.Ordinal)))
        {
            yield break;
        }

        var working = trails.Where(t => t.Trouble is null).ToArray();
        if (working.Length == 0)
        {
            yield return AlarmFindings.NotFed(logGroupName, [.. trails.Select(t => t.Trouble!)]);
            yield break;
        }

        if (calls == WatchedCalls.None || working.Any(t => t.Selection.IsUnreadable))
        {
            yield break;
        }

        var missing = NeededCalls(calls, bucketName, partition, accountId).Where(c => !working.Any(t => t.Records(c))).Select(c => c.EventName).ToArray();
        if (missing.Length > 0)
        {
            yield return AlarmFindings.NotRecorded(bucketName ?? "any bucket", string.Join(" and ", missing), string.Join(", ", working.Select(t => t.Trail.Name)));
        }
    }

    /// <summary>Whether all of the data events are recorded by trails that work.</summary>
    public bool Records(WatchedCalls calls, string bucketName, string partition, string accountId)
        => NeededCalls(calls, bucketName, partition, accountId).All(c => trails.Any(t => t.Trouble is null && t.Records(c)));

    /// <summary>The calls whose data events an alarm needs.</summary>
    // Log objects lie below AWSLogs/ as a rule, so a selector for that folder is one for them.
    public static IEnumerable<ObjectCall> NeededCalls(WatchedCalls calls, string? bucketName, string partition, string accountId)
    {
        var arn = $"arn:{partition}:s3:::{bucketName ?? "*"}/AWSLogs/{accountId}/sample";
        if (calls is WatchedCalls.Writes or WatchedCalls.All)
        {
            yield return new("PutObject", arn, false);
        }

        if (calls is WatchedCalls.Reads or WatchedCalls.All)
        {
            yield return new("GetObject", arn, true);
        }
    }

    private static bool IsFed(TrailConfiguration trail, string logGroupName, string region)
        => Arn.TryParse(trail.LogGroupArn, out var arn)
        && arn.Region == region
        && arn.Resource.StartsWith("log-group:", StringComparison.Ordinal)
        && arn.Resource["log-group:".Length..].TrimEnd('*').TrimEnd(':') == logGroupName;
}

/// <summary>A trail that writes into the log group.</summary>
internal sealed record FeedingTrail(TrailConfiguration Trail, Readable<EventSelection> Selection, Readable<TrailStatus> Status)
{
    /// <summary>Why nothing comes from it; <see langword="null"/> when something does or it may not be read.</summary>
    public string? Trouble => Status.Value switch
    {
        { IsLogging: false } => $"The trail {Trail.Name} is stopped.",
        { LatestCloudWatchLogsDeliveryError: { Length: > 0 } error } status when status.LatestCloudWatchLogsDeliveryTime is null
            => $"The trail {Trail.Name} cannot write into the log group: {error}.",
        { LatestCloudWatchLogsDeliveryError: { Length: > 0 } error } status
            => string.Create(CultureInfo.InvariantCulture, $"The trail {Trail.Name} could not write into the log group since {status.LatestCloudWatchLogsDeliveryTime:u}: {error}."),
        _ => null,
    };

    /// <summary>Whether it records a call; any call on an object where the call names none.</summary>
    public bool Records(ObjectCall call) => Selection.Value is { } selection && (call.ObjectArn.Contains(":::*/", StringComparison.Ordinal)
        ? selection.RecordsSome(call)
        : selection.Records(call));
}
