using System.Text;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Records;

/// <summary>Makes attempts of requests in access logs.</summary>
internal static class AccessLogAttempts
{
    private const string Service = "svc:";

    /// <summary>Whether a requester is one that may deliver: a service, or an account or canonical user of AWS's own.</summary>
    public static bool MayBeDelivery(ReadOnlySpan<byte> requester)
        => requester.StartsWith("svc:"u8) || Candidates(Encoding.UTF8.GetString(requester)).Count > 0;

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
            Region = S3Hosts.RegionOf(record.HostHeader),
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
}
