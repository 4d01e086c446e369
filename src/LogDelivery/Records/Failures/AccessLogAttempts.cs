using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Records;

/// <summary>Makes attempts of requests in access logs.</summary>
internal static class AccessLogAttempts
{
    private const string Service = "svc:";

    /// <summary>
    /// Who asked, straight from the line: the fields up to there are written by S3 alone, so no client can change what they
    /// mean.
    /// </summary>
    /// <returns>Empty when the line has no such form.</returns>
    public static ReadOnlySpan<byte> RequesterOf(ReadOnlySpan<byte> line)
    {
        // Owner, bucket, time in two parts, address.
        for (var token = 0; token < 5; token++)
        {
            var blank = line.IndexOf((byte)' ');
            if (blank < 0)
            {
                return [];
            }

            line = line[(blank + 1)..];
        }

        var end = line.IndexOf((byte)' ');
        return end < 0 ? [] : line[..end];
    }

    /// <summary>Whether a requester may be one that delivers.</summary>
    public static bool MayBeDelivery(ReadOnlySpan<byte> requester)
        => requester.StartsWith("svc:"u8) || (requester is [>= (byte)'0' and <= (byte)'9', ..] or [(byte)'a', (byte)'r', (byte)'n', ..] or { Length: 64 });

    public static DeliveryAttempt? From(AccessLogRecord record, bool isAmbiguous)
    {
        if (record.Requester is not { } requester || record.Operation is not { } operation)
        {
            return null;
        }

        var candidates = Candidates(requester);
        var principal = requester.StartsWith(Service, StringComparison.Ordinal) ? requester[Service.Length..] : requester;
        return new(candidates, candidates.Count > 0 && AccountOf(requester) is { } account ? account : principal, S3Operation.ActionOfRequest(operation, record.Key is not null), record.Key)
        {
            Time = record.Time.UtcDateTime,
            BucketName = record.BucketName,
            Region = record.HostHeader is { } host ? RegionOf(host) : null,
            ErrorCode = record.ErrorCode,
            HttpStatus = record.HttpStatus,
            RequestId = record.RequestId,
            IsAmbiguous = isAmbiguous,
            Evidence = DeliveryEvidence.AccessLog,
        };
    }

    private static IReadOnlyList<DeliverySource> Candidates(string requester)
        => requester.StartsWith(Service, StringComparison.Ordinal) ? DeliveryPrincipals.OfService(requester[Service.Length..])
            : AccountOf(requester) is { } account ? DeliveryPrincipals.OfAccount(account)
            : DeliveryPrincipals.OfCanonicalUser(requester);

    private static string? AccountOf(string requester)
        => Arn.TryParse(requester, out var arn) ? arn.AccountId : Arn.IsAccountId(requester) ? requester : null;

    // BUCKET.s3.REGION.amazonaws.com, s3.REGION.amazonaws.com, s3.dualstack.REGION..., s3-REGION...
    private static string? RegionOf(string host)
        => host.Split('.').Select(p => p.StartsWith("s3-", StringComparison.Ordinal) ? p[3..] : p).FirstOrDefault(p => p.Length is > 8 and < 20 && Regions.IsWellFormed(p));
}
