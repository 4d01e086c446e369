using LogDelivery.Logs.CloudTrail;
using LogDelivery.Logs.Destinations;
using LogDelivery.Logs.Files;
using LogDelivery.Sources;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Keys of objects, S3 URLs, host names and times.</summary>
internal sealed class PlaceTarget : IFuzzTarget
{
    private static readonly LogKeyRange Range = new(DateTimeOffset.UnixEpoch.AddYears(55), DateTimeOffset.UnixEpoch.AddYears(56));

    public string Name => "Place";

    public int Share => 60;

    public IEnumerable<byte[]> Seeds => new[]
    {
        "AWSLogs/111122223333/CloudTrail/us-east-1/2026/01/31/111122223333_CloudTrail_us-east-1_20260131T2350Z_abcdef12.json.gz",
        "prefix/AWSLogs/o-exampleorgid/111122223333/CloudTrail-Digest/us-east-1/2026/01/31/x",
        "p/AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=us-east-1/year=2026/month=02/day=28/hour=23/x.gz",
        "AWSLogs/111122223333/Config/us-east-1/2026/1/1/ConfigHistory/x.json.gz",
        "logs2026-04-01-08-42-43-0123456789ABCDEF",
        "111122223333/us-east-1/amzn-s3-demo-source/2026/04/01/2026-04-01-08-42-43-0123456789ABCDEF",
        "dist/E1.2026-04-01-08.abcdef12.gz",
        "s3://amzn-s3-demo-bucket/prefix/2026/",
        "arn:aws:s3:::amzn-s3-demo-bucket/prefix/",
        "amzn-s3-demo-bucket.s3.us-east-1.amazonaws.com",
        "2026-01-31T23:59:59.999Z",
    }.Select(System.Text.Encoding.UTF8.GetBytes);

    public void Run(byte[] input, Screen screen)
    {
        foreach (var text in new[] { Parts.Text(input), Parts.Utf16(input) })
        {
            var key = DeliveredKey.Parse(text);
            screen.Show($"{key.Prefix} {key.AccountId} {key.OrganizationId} {key.Region} {key.Folder} {key.SourceBucket} {key.FileName}");
            _ = LogKeyDate.Find(text);
            if (!Range.Admits(text, out var resumeAfter) && string.CompareOrdinal(resumeAfter, text) < 0)
            {
                throw new InvalidOperationException($"A listing that goes on after '{resumeAfter}' comes to '{text}' again.");
            }

            if (S3Url.TryParse(text, out var url))
            {
                screen.Show(url.ToString());
            }

            screen.Show(S3Place.Of(text).BucketName);
            screen.Show(S3Place.OfHost(text).BucketName);
            screen.Show(S3Hosts.RegionOf(text));
            _ = IsoTime.TryParse(text, out _);
        }
    }
}
