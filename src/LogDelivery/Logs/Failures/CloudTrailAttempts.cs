using LogDelivery.Logs.CloudTrail;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Logs.Failures;

/// <summary>Makes attempts of CloudTrail events.</summary>
internal static class CloudTrailAttempts
{
    private const string S3 = "s3.amazonaws.com";
    private const string Kms = "kms.amazonaws.com";

    /// <summary>The attempt of an event; <see langword="null"/> when it is no call of S3 or KMS that has to do with a bucket.</summary>
    public static DeliveryAttempt? From(CloudTrailEvent record)
    {
        if (record.Time is not { } time || record.EventName is not { } name || record.EventSource is not (S3 or Kms))
        {
            return null;
        }

        var isKms = record.EventSource == Kms;
        var (bucket, key) = isKms ? Place(record.EncryptedArn) : PlaceOf(record);
        if (bucket is null)
        {
            return null;
        }

        var candidates = Candidates(record);
        return new(candidates, PrincipalOf(record, candidates), isKms ? $"kms:{name}" : S3Operation.ActionOfEvent(name), key)
        {
            Time = time,
            BucketName = bucket,
            Region = record.Region,
            TrailAccountId = record.RecipientAccountId,
            ErrorCode = string.IsNullOrEmpty(record.ErrorCode) ? null : record.ErrorCode,
            ErrorMessage = record.ErrorMessage,
            RequestId = record.RequestId,
            SendsAcl = record.HasParameters && !isKms ? record.Acl is not null : null,
            Acl = record.Acl,
            SourceArn = record.SourceArn,
            RoleArn = record.RoleArn,
            Evidence = DeliveryEvidence.CloudTrail,
        };
    }

    // A service names itself as the one who invoked; older events name it as the source of the request only.
    private static IReadOnlyList<DeliverySource> Candidates(CloudTrailEvent record)
    {
        if (DeliveryPrincipals.OfService(record.InvokedBy) is { Count: > 0 } byInvoker && MayBe(record, byInvoker))
        {
            return byInvoker;
        }

        return record.IdentityType switch
        {
            "AWSService" => DeliveryPrincipals.OfService(record.InvokedBy ?? record.SourceAddress),
            "AWSAccount" => DeliveryPrincipals.OfAccount(record.IdentityAccountId) is { Count: > 0 } byAccount ? byAccount : DeliveryPrincipals.OfCanonicalUser(record.IdentityPrincipalId),
            _ => DeliveryPrincipals.OfAccount(record.IdentityAccountId),
        };
    }

    // Services also act for people, with the people's own rights: that is no delivery. With a role they deliver where the
    // catalog says so: Data Firehose, AWS Config.
    private static bool MayBe(CloudTrailEvent record, IReadOnlyList<DeliverySource> sources)
        => record.IdentityType is null or "AWSService"
            || (record.IdentityType is "AssumedRole" or "Role" && sources.Any(s => s.Family == DeliveryFamily.CustomerRole || s.TriesRoleFirst));

    private static string PrincipalOf(CloudTrailEvent record, IReadOnlyList<DeliverySource> candidates)
        => candidates.Count == 0 ? record.IdentityArn ?? record.InvokedBy ?? record.IdentityPrincipalId ?? record.IdentityAccountId ?? record.SourceAddress ?? string.Empty
            : DeliveryPrincipals.OfService(record.InvokedBy) is { Count: > 0 } ? record.InvokedBy!
            : record.IdentityType == "AWSService" ? record.SourceAddress!
            : record.IdentityAccountId ?? record.IdentityPrincipalId ?? string.Empty;

    private static (string? Bucket, string? Key) PlaceOf(CloudTrailEvent record)
    {
        if (record is { BucketName: not null, Key: not null })
        {
            return (record.BucketName, record.Key);
        }

        var (bucket, key) = Place(record.ResourceArn);
        return (record.BucketName ?? bucket, record.Key ?? (record.BucketName is null || record.BucketName == bucket ? key : null));
    }

    private static (string? Bucket, string? Key) Place(string? arn)
    {
        if (!Arn.TryParse(arn, out var parts) || parts.Service != "s3" || parts.Resource.Length == 0)
        {
            return (null, null);
        }

        var slash = parts.Resource.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (parts.Resource, null) : (parts.Resource[..slash], parts.Resource[(slash + 1)..]);
    }
}
