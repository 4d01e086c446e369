namespace LogDelivery.Gateways;

/// <summary>Reads trails and their status from CloudTrail.</summary>
internal interface ITrailGateway
{
    /// <summary>Lists every trail of a Region, including shadow trails of other home Regions and those of the organization.</summary>
    /// <param name="region">The Region to call.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<TrailConfiguration>> ListAsync(string region, CancellationToken cancellationToken);

    /// <summary>Gets the delivery status that CloudTrail reports for a trail in one Region.</summary>
    /// <param name="region">The Region to call; a multi-Region trail has a status in each Region.</param>
    /// <param name="trailArn">The trail's ARN; a bare name finds no trail outside of its home Region.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<TrailStatus> GetStatusAsync(string region, string trailArn, CancellationToken cancellationToken);

    /// <summary>
    /// Finds recent writes of a bucket's policy in CloudTrail's event history. Events usually appear there within about
    /// five minutes. Source: CloudTrail user guide, view-cloudtrail-events.
    /// </summary>
    /// <param name="region">The bucket's Region.</param>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="since">The time of the last state change, in UTC.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<PolicyWriteEvent>> FindPolicyWritesAsync(string region, string bucketName, DateTime since, CancellationToken cancellationToken);
}

/// <summary>A write of a bucket's policy.</summary>
/// <param name="Time">The time of the write, in UTC, to the second.</param>
/// <param name="CallerArn">The ARN of the caller.</param>
/// <param name="Policy">The document; <see langword="null"/> when it was taken away.</param>
internal sealed record PolicyWriteEvent(DateTime Time, string CallerArn, string? Policy);

/// <summary>The configuration of a trail.</summary>
internal sealed record TrailConfiguration
{
    /// <summary>The trail's ARN, with its home Region and the account that owns it.</summary>
    public required string TrailArn { get; init; }

    /// <summary>The trail's name.</summary>
    public required string Name { get; init; }

    /// <summary>The Region that the trail was created in.</summary>
    public string? HomeRegion { get; init; }

    /// <summary>The destination bucket.</summary>
    public string? BucketName { get; init; }

    /// <summary>The key prefix.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The KMS key that the log files are encrypted with, as the trail has it: an ARN as a rule.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>The topic that is notified of deliveries.</summary>
    public string? SnsTopicArn { get; init; }

    /// <summary>The log group that events go to as well.</summary>
    public string? LogGroupArn { get; init; }

    /// <summary>The role that writes to the log group.</summary>
    public string? LogGroupRoleArn { get; init; }

    /// <summary>Whether digests are written every hour.</summary>
    public bool LogFileValidationEnabled { get; init; }

    /// <summary>Whether the trail records every Region.</summary>
    public bool IsMultiRegion { get; init; }

    /// <summary>Whether the trail records every account of the organization.</summary>
    public bool IsOrganizationTrail { get; init; }
}

/// <summary>
/// The status that CloudTrail reports for a trail in one Region. An empty error means no error; AWS and its emulators write
/// it as null, as "" or not at all.
/// </summary>
internal sealed record TrailStatus
{
    /// <summary>Whether events are recorded. It says nothing about whether they are delivered.</summary>
    public bool IsLogging { get; init; }

    /// <summary>The last log file.</summary>
    public DateTime? LatestDeliveryTime { get; init; }

    /// <summary>The error of S3 at the last log file.</summary>
    public string? LatestDeliveryError { get; init; }

    /// <summary>The last digest.</summary>
    public DateTime? LatestDigestDeliveryTime { get; init; }

    /// <summary>The error of S3 at the last digest.</summary>
    public string? LatestDigestDeliveryError { get; init; }

    /// <summary>The last message to the topic.</summary>
    public DateTime? LatestNotificationTime { get; init; }

    /// <summary>The error of SNS at the last message.</summary>
    public string? LatestNotificationError { get; init; }

    /// <summary>The last events in the log group.</summary>
    public DateTime? LatestCloudWatchLogsDeliveryTime { get; init; }

    /// <summary>The error of CloudWatch Logs at the last events.</summary>
    public string? LatestCloudWatchLogsDeliveryError { get; init; }

    /// <summary>The last time that recording was started.</summary>
    public DateTime? StartLoggingTime { get; init; }

    /// <summary>The last time that recording was stopped; it stays after a restart.</summary>
    public DateTime? StopLoggingTime { get; init; }
}
