using LogDelivery.Findings;
using LogDelivery.Text;


namespace LogDelivery;

/// <summary>
/// The health of one trail's deliveries in one Region, with its cause. Every property can be set, so that scripts and their
/// tests can make such objects of their own.
/// </summary>
public sealed record TrailDeliveryHealth
{
    /// <summary>The trail's ARN.</summary>
    public string TrailArn { get; init; } = string.Empty;

    /// <summary>The trail's name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The state of the deliveries.</summary>
    public string State
    {
        get => StateValue.ToString();
        init => StateValue = EnumWord.Parse<TrailDeliveryState>(value);
    }

    internal TrailDeliveryState StateValue { get; init; }

    /// <summary>The Region that was checked.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>The Region that the trail was created in.</summary>
    public string HomeRegion { get; init; } = string.Empty;

    /// <summary>The account that owns the trail.</summary>
    public string AccountId { get; init; } = string.Empty;

    /// <summary>The destination bucket.</summary>
    public string BucketName { get; init; } = string.Empty;

    /// <summary>The key prefix, if any.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The KMS key of the log files, if any.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>Whether the trail records; <see langword="null"/> when that may not be read.</summary>
    public bool? IsLogging { get; init; }

    /// <summary>The time when logging was last started, in UTC; creating a trail again resets it.</summary>
    public DateTime? LoggingSince { get; init; }

    /// <summary>Whether the trail writes for a whole organization.</summary>
    public bool IsOrganizationTrail { get; init; }

    /// <summary>The log files in the bucket.</summary>
    public DeliveryLeg S3 { get; init; } = new();

    /// <summary>The hourly digests in the bucket, which come even when nothing happened.</summary>
    public DeliveryLeg Digest { get; init; } = new();

    /// <summary>The messages to the topic.</summary>
    public DeliveryLeg Notification { get; init; } = new();

    /// <summary>The events in the log group.</summary>
    public DeliveryLeg CloudWatchLogs { get; init; } = new();

    /// <summary>The time since the last log file or digest was delivered; <see langword="null"/> when none was.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>
    /// The time until which CloudTrail retries files that it could not deliver, in UTC; <see langword="null"/> when there
    /// are none.
    /// </summary>
    public DateTime? RetryDeadline { get; init; }

    /// <summary>The files held back during the failure, and how many have been delivered since; <see langword="null"/> unless a recovery was waited for.</summary>
    public TrailBacklog? Backlog { get; init; }

    /// <summary>The findings that stop or endanger the deliveries, worst first. Empty for a healthy trail unless details were requested.</summary>
    public Finding[] Cause { get; init; } = [];

    /// <summary>The ids of <see cref="Cause"/> on one line, for spreadsheets and filters.</summary>
    public string CauseId => FindingText.Ids(Cause);

    /// <summary>Titles and evidence of <see cref="Cause"/> on one line.</summary>
    public string CauseText => FindingText.Texts(Cause);

    /// <summary>What to do about <see cref="Cause"/>, on one line.</summary>
    public string Remedy => FindingText.Remedies(Cause);

    /// <summary>The calls that the trail makes, with the verdict of the policies on each.</summary>
    public PolicyTestRow[] Rows { get; init; } = [];

    /// <summary>The IAM actions that the caller lacks for a complete result.</summary>
    public string[] MissingPermissions { get; init; } = [];

    /// <summary>A summary in one or two sentences.</summary>
    public string Explanation { get; init; } = string.Empty;

    /// <summary>The time of the check, in UTC.</summary>
    public DateTime CheckedAt { get; init; }

    /// <summary>The name, the Region and the state.</summary>
    public override string ToString() => VisibleText.Of($"{Name} in {Region}: {State}");
}
