using System.Text.Json;

namespace LogDelivery.Benchmarks.Aws;

/// <summary>A scenario of many trails of four Regions; of each ten, the last ones write to a bucket that refuses them.</summary>
internal static class ManyTrails
{
    public static readonly string[] Regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"];

    private const string Account = "111122223333";
    private const string Good = "amzn-s3-demo-bucket";
    private const string Bad = "amzn-s3-demo-refusing";

    public static bool IsRefused(string trail, int refusedOfTen) => (trail[^1] - '0') >= 10 - refusedOfTen;

    public static string Scenario(int trails, int refusedOfTen) => JsonSerializer.Serialize(new
    {
        minutesAgo = 15,
        regions = Regions,
        buckets = new object[]
        {
            new { name = Good, policy = Policy("Allow") },
            new { name = Bad, policy = Policy("Deny") },
        },
        trails = Enumerable.Range(0, trails).Select(i =>
        {
            var name = $"trail-{i:D4}";
            return new { name, bucket = IsRefused(name, refusedOfTen) ? Bad : Good, multiRegion = true };
        }),
        steps = new[] { new { advance = 10 } },
    });

    private static object Policy(string effect)
    {
        var bucket = effect == "Allow" ? Good : Bad;
        var principal = new { Service = "cloudtrail.amazonaws.com" };
        return new
        {
            Version = "2012-10-17",
            Statement = new object[]
            {
                new { Sid = "AclCheck", Effect = "Allow", Principal = principal, Action = "s3:GetBucketAcl", Resource = $"arn:aws:s3:::{bucket}" },
                new { Sid = "Write", Effect = effect, Principal = principal, Action = "s3:PutObject", Resource = $"arn:aws:s3:::{bucket}/AWSLogs/{Account}/*" },
            },
        };
    }
}
