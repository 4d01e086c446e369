using System.Text;
using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.CloudTrail;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Logs.Failures;

/// <summary>Makes attempts of requests in access logs.</summary>
internal static class AccessLogAttempts
{
    private const string Service = "svc:";

    /// <summary>Whether a requester is one that may deliver: a service, or an account or canonical user of AWS's own.</summary>
    public static bool MayBeDelivery(ReadOnlySpan<byte> requester)
        => requester.StartsWith("svc:"u8)
            || (AccountOf(requester) is { IsEmpty: false } account ? DeliveryPrincipals.HasAccount(account) : Candidates(Encoding.UTF8.GetString(requester)).Count > 0);

    /// <summary>The attempt of a line that can be read in one way. Only the fields that it is made of are copied.</summary>
    public static DeliveryAttempt? From(in AccessLogLine line) => From(
        new AccessLogRecord
        {
            BucketName = line.GetText(AccessLogField.Bucket),
            Time = line.Time,
            Requester = line.GetText(AccessLogField.Requester),
            RequestId = line.GetText(AccessLogField.RequestId),
            Operation = line.GetText(AccessLogField.Operation),
            Key = line.Key,
            HttpStatus = line.HttpStatus,
            ErrorCode = line.GetText(AccessLogField.ErrorCode),
            HostHeader = line.GetText(AccessLogField.HostHeader),
        },
        isAmbiguous: false);

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

    // Of nearly every line this is asked, so it makes no text of an ARN.
    private static ReadOnlySpan<byte> AccountOf(ReadOnlySpan<byte> requester)
    {
        const int AccountPart = 4;
        if (!requester.StartsWith("arn:"u8))
        {
            return [];
        }

        for (var part = 0; part < AccountPart; part++)
        {
            var colon = requester.IndexOf((byte)':');
            if (colon < 0)
            {
                return [];
            }

            requester = requester[(colon + 1)..];
        }

        var end = requester.IndexOf((byte)':');
        return end < 0 ? [] : requester[..end];
    }

    private static string? AccountOf(string requester)
        => Arn.TryParse(requester, out var arn) ? arn.AccountId : Arn.IsAccountId(requester) ? requester : null;
}
