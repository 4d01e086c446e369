using LogDelivery.Logs.CloudTrail;
using LogDelivery.Sources;

namespace LogDelivery.Logs.Failures;

/// <summary>One request of either kind of log, in the words that both share, and what it means for a delivery.</summary>
internal sealed class DeliveryAttempt
{
    private readonly IReadOnlyList<DeliverySource> candidates;
    private readonly DeliveredKey? key;
    private DeliveryFailureKind? kind;

    public DeliveryAttempt(IReadOnlyList<DeliverySource> candidates, string principal, string action, string? objectKey)
    {
        this.candidates = candidates;
        Principal = principal;
        Action = action;
        key = objectKey is null ? null : DeliveredKey.Parse(objectKey);
        Source = key is not null ? key.SourceAmong(candidates) : candidates.Count == 1 ? candidates[0] : null;
    }

    public string Principal { get; }

    public string Action { get; }

    public DeliverySource? Source { get; }

    public bool IsByDeliverySource => candidates.Count > 0;

    /// <summary>The ids of the sources that may have asked: one, where principal and key tell it.</summary>
    public IEnumerable<string> PossibleSources => Source is { } source ? [source.Id] : candidates.Select(c => c.Id);

    public DateTime Time { get; init; }

    public string? BucketName { get; init; }

    public string? Region { get; init; }

    public string? TrailAccountId { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public int? HttpStatus { get; init; }

    public string? RequestId { get; init; }

    public bool? SendsAcl { get; init; }

    public string? Acl { get; init; }

    public string? SourceArn { get; init; }

    public string? RoleArn { get; init; }

    public bool IsAmbiguous { get; init; }

    public DeliveryEvidence Evidence { get; init; }

    public string? Key => key?.Key;

    public string? AccountId => key?.AccountId ?? TrailAccountId;

    public string? KeyRegion => key?.Region ?? Region;

    public bool IsRefused => ErrorCode is not null || HttpStatus >= 400;

    /// <summary>Whether an object arrived by this request.</summary>
    public bool Delivers => IsByDeliverySource && !IsRefused && Action == S3Operation.PutObject;

    public DeliveryFailureKind Kind => kind ??= !IsByDeliverySource ? DeliveryFailureKind.OtherCaller
        : IsNoise ? DeliveryFailureKind.Noise
        : IsAmbiguous ? DeliveryFailureKind.Ambiguous
        : DeliveryFailureKind.Failure;

    // Logs arrive by writes and by the calls that the catalog says a source needs. What is refused beside these, or answered
    // with an error that is no refusal, keeps nothing from arriving.
    private bool IsNoise => !S3Operation.Writes(Action)
        && !(StopsAccess && (Source is null ? candidates : [Source]).Any(s => NeedsCall(s, Action)));

    private bool StopsAccess => HttpStatus is 403 || ErrorCode is not { } code
        || code.Contains("Denied", StringComparison.Ordinal)
        || code.Contains("Disabled", StringComparison.Ordinal)
        || code.Contains("InvalidState", StringComparison.Ordinal)
        || code is "NoSuchBucket" or "NotFoundException" or "PermanentRedirect";

    public DeliveryFailure ToFailure(string file, long position) => new()
    {
        Time = Time,
        Source = Source?.Id,
        Principal = Principal,
        AccountId = AccountId,
        Region = KeyRegion,
        BucketName = BucketName,
        Key = Key,
        ErrorCode = ErrorCode ?? $"HTTP {HttpStatus}",
        ErrorMessage = ErrorMessage,
        RequestId = RequestId,
        EvidenceValue = Evidence,
        File = file,
        Position = position,
        KindValue = Kind,
        Action = Action,
        SourceArn = SourceArn ?? (key?.SourceBucket is { } bucket && Source?.LogsBucketRequests == true ? $"arn:{PartitionOf(key.Region)}:s3:::{bucket}" : null),
        KeyPrefix = key?.Prefix is { Length: > 0 } prefix ? prefix : null,
        OrganizationId = key?.OrganizationId,
        HiveCompatiblePartitions = key?.IsHiveCompatible == true,
        PartitionedPrefix = key?.SourceBucket is not null,
        RoleArn = Source?.Family == DeliveryFamily.CustomerRole ? RoleArn : null,
        ObservedRequest = IsByDeliverySource ? new(Action, Key, SendsAcl, Acl) : null,
    };

    private static bool NeedsCall(DeliverySource source, string action)
        => source.Grants.Concat(source.KeyGrants).Any(g => !g.IsOptional && g.Calls.Any(c => c.Action == action));

    private static string PartitionOf(string? region) => region is null ? "aws" : Regions.PartitionOf(region);
}
