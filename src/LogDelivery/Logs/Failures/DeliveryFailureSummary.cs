using System.Text.Json.Serialization;
using LogDelivery.Text;

namespace LogDelivery;

/// <summary>Whether deliveries succeed again.</summary>
public enum DeliveryRecovery
{
    /// <summary>No later success was seen.</summary>
    StillFailing,

    /// <summary>Every delivery of the group succeeded after its last failure.</summary>
    Recovered,

    /// <summary>Some deliveries of the group succeeded later, others did not.</summary>
    PartlyRecovered,
}

/// <summary>
/// The failed attempts of one source to one bucket with one error. An attempt that both a CloudTrail event and an access log
/// tell of counts once. Every property can be set. Times are UTC.
/// </summary>
public sealed record DeliveryFailureSummary
{
    /// <summary>The destination bucket.</summary>
    public string? BucketName { get; init; }

    /// <summary>The id of the delivery source; <see langword="null"/> where it is not known.</summary>
    public string? Source { get; init; }

    /// <summary>Who asked.</summary>
    public string Principal { get; init; } = string.Empty;

    /// <summary>The error code.</summary>
    public string ErrorCode { get; init; } = string.Empty;

    /// <summary>What the refusals mean.</summary>
    public string Kind
    {
        get => KindValue.ToString();
        init => KindValue = EnumWord.Parse<DeliveryFailureKind>(value);
    }

    internal DeliveryFailureKind KindValue { get; init; }

    /// <summary>How many attempts failed.</summary>
    public long Attempts { get; init; }

    /// <summary>The first failure, in UTC.</summary>
    public DateTime FirstTime { get; init; }

    /// <summary>The last failure, in UTC.</summary>
    public DateTime LastTime { get; init; }

    /// <summary>Whether later deliveries succeeded.</summary>
    public string Recovery
    {
        get => RecoveryValue.ToString();
        init => RecoveryValue = EnumWord.Parse<DeliveryRecovery>(value);
    }

    internal DeliveryRecovery RecoveryValue { get; init; }

    /// <summary>The last success that was seen after the last failure of its delivery, in UTC.</summary>
    public DateTime? LastSuccessTime { get; init; }

    /// <summary>The accounts that the deliveries are of.</summary>
    public string[] AccountIds { get; init; } = [];

    /// <summary>The Regions that the deliveries are of.</summary>
    public string[] Regions { get; init; } = [];

    /// <summary>The last failure in full.</summary>
    [JsonIgnore]
    public DeliveryFailure? LastFailure { get; init; }

    /// <summary>The summary in a line.</summary>
    public override string ToString() => VisibleText.Of($"{Source ?? Principal} to {BucketName}: {Attempts} x {ErrorCode}, {Recovery}");
}
