using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Trails;

/// <summary>
/// Checks the health of trails' deliveries. It caches the policies that it has read, so create a new one for each check.
/// Thread-safe.
/// </summary>
/// <param name="aws">The account to read.</param>
/// <param name="options">The options for judging the deliveries; the defaults when <see langword="null"/>.</param>
/// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
internal sealed class TrailHealthCheck(IAwsGateways aws, TrailHealthOptions? options = null, TimeProvider? timeProvider = null)
{
    private readonly TrailHealthOptions options = options ?? new();
    private readonly TimeProvider clock = timeProvider ?? TimeProvider.System;
    private readonly TrailCause causes = new(aws ?? throw new ArgumentNullException(nameof(aws)));

    /// <summary>Checks one trail in one Region. The cause is determined when the trail is not healthy or when details are requested.</summary>
    /// <param name="trail">The trail.</param>
    /// <param name="region">The Region.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">AWS does not answer. That the status may not be read is an answer.</exception>
    public async Task<TrailDeliveryHealth> CheckAsync(TrailConfiguration trail, string region, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trail);
        ArgumentException.ThrowIfNullOrEmpty(region);
        var now = clock.GetUtcNow();
        var known = Known(trail, region, now.UtcDateTime);
        TrailStatus status;
        try
        {
            status = await aws.Trails.GetStatusAsync(region, trail.TrailArn, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsCallException exception) when (exception.Kind == AwsErrorKind.AccessDenied)
        {
            return known with
            {
                StateValue = TrailDeliveryState.Unknown,
                MissingPermissions = exception.MissingPermission is { } permission ? [permission] : [],
                Explanation = TrailExplanation.OfUnknown(exception),
            };
        }

        var verdict = TrailVerdict.Of(status, trail.LogFileValidationEnabled, now.UtcDateTime, options);
        var health = known with
        {
            StateValue = verdict.State,
            IsLogging = status.IsLogging,
            LoggingSince = status.StartLoggingTime?.ToUniversalTime(),
            S3 = DeliveryLeg.Of(status.LatestDeliveryTime, status.LatestDeliveryError),
            Digest = DeliveryLeg.Of(status.LatestDigestDeliveryTime, status.LatestDigestDeliveryError),
            Notification = DeliveryLeg.Of(status.LatestNotificationTime, status.LatestNotificationError),
            CloudWatchLogs = DeliveryLeg.Of(status.LatestCloudWatchLogsDeliveryTime, status.LatestCloudWatchLogsDeliveryError),
            Lag = verdict.Lag,
            RetryDeadline = verdict.RetryDeadline,
        };
        IReadOnlyList<string> notes = [];
        if (options.Detailed || verdict.State != TrailDeliveryState.Healthy)
        {
            var report = await causes.FindAsync(trail, region, status, options.Detailed, now, cancellationToken).ConfigureAwait(false);
            if (verdict.State == TrailDeliveryState.Stopped)
            {
                report.Findings.Add(HealthFindings.Stopped(status.StopLoggingTime is { } stop ? TrailExplanation.At(stop) : null));
            }

            notes = report.Notes;
            health = health with
            {
                Cause = [.. report.Findings.DistinctBy(f => (f.Id, f.Evidence)).OrderBy(f => f.SeverityValue)],
                Rows = [.. report.Rows],
                MissingPermissions = [.. report.MissingPermissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            };
        }

        return health with { Explanation = TrailExplanation.Of(health, status, options, now.UtcDateTime, notes) };
    }

    private static TrailDeliveryHealth Known(TrailConfiguration trail, string region, DateTime now)
    {
        var hasArn = Arn.TryParse(trail.TrailArn, out var arn);
        return new()
        {
            TrailArn = trail.TrailArn,
            Name = trail.Name,
            Region = region,
            HomeRegion = trail.HomeRegion ?? (hasArn ? arn.Region : string.Empty),
            AccountId = hasArn ? arn.AccountId : string.Empty,
            BucketName = trail.BucketName ?? string.Empty,
            KeyPrefix = trail.KeyPrefix,
            KmsKeyId = trail.KmsKeyId,
            IsOrganizationTrail = trail.IsOrganizationTrail,
            CheckedAt = now,
        };
    }
}
