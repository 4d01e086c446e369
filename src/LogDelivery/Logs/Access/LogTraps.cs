using System.Globalization;
using LogDelivery.Findings;

namespace LogDelivery.Logs.Access;

/// <summary>The findings about trails that only the requests in a log show.</summary>
internal static class LogTraps
{
    private const string CloudTrail = "cloudtrail.amazonaws.com";

    /// <summary>What a request shows.</summary>
    public static IReadOnlyList<Finding> Of(S3Request request, S3AccessKind kind)
    {
        if (kind != S3AccessKind.Write || request.ServiceName != CloudTrail || request is not { BucketName: { } bucket, Key: { } key })
        {
            return [];
        }

        var findings = new List<Finding>();
        var folder = key.IndexOf("AWSLogs/", StringComparison.Ordinal);
        if (folder >= 1 && key[folder - 1] == '/' && (folder == 1 || key[folder - 2] == '/'))
        {
            findings.Add(DoubleSlash(bucket, key[..(folder + "AWSLogs/".Length)]));
        }

        // An access log is not a trail: that it has deliveries in it is what it is for.
        if (request.Evidence == DeliveryEvidence.CloudTrail && folder >= 0 && request.ErrorCode is null)
        {
            findings.Add(OwnBucket(bucket, request.Evidence));
        }

        return findings;
    }

    private static readonly FindingKind DoubleSlashKind = new("LD0090", "The prefix of a trail ends in a slash", FindingSeverity.Warning, AwsPages.CloudTrailKeys);

    private static Finding DoubleSlash(string bucketName, string beginning) => DoubleSlashKind.Report(
        $"CloudTrail writes to {bucketName} below {beginning}: it puts a slash of its own behind the prefix, so that one of the two names a folder without a name.",
        string.Create(CultureInfo.InvariantCulture, $"Give the trail its prefix without the slash (cloudtrail:UpdateTrail), after the bucket policy lets it write there: keys then begin with {beginning.Replace("//AWSLogs", "/AWSLogs", StringComparison.Ordinal).TrimStart('/')}. Whoever looks for the old files keeps the double slash."));

    private static readonly FindingKind OwnBucketKind = new("LD0091", "A trail records the deliveries into a log bucket", FindingSeverity.Warning, AwsPages.CloudTrailDataEvents);

    private static Finding OwnBucket(string bucketName, DeliveryEvidence evidence) => OwnBucketKind.Report(
        $"A {evidence} data event says that CloudTrail delivered a log file into {bucketName}. Where that is the trail's own bucket, every file that it delivers is an event in the next one, without end; and each event is paid for.",
        $"Leave the bucket out of the trail's data events: an advanced event selector with resources.ARN NotStartsWith arn:aws:s3:::{bucketName}/ (cloudtrail:PutEventSelectors), or name the buckets that are to be watched in place of all.");
}
