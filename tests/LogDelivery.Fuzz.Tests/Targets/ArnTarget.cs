using LogDelivery.Logs.Access;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>ARNs and what else names somebody or something: an ARN, a bucket, a prefix, a known caller.</summary>
internal sealed class ArnTarget : IFuzzTarget
{
    public string Name => "Arn";

    public int Share => 40;

    public IEnumerable<byte[]> Seeds =>
    [
        Parts.Join("arn:aws:cloudtrail:us-east-1:111122223333:trail/main", "amzn-s3-demo-bucket", "prefix", "10.0.0.0/8"),
        Parts.Join("arn:aws:sts::111122223333:assumed-role/writer/run-1", "arn:aws:s3:::amzn-s3-demo-bucket", "p/${x}/*", "Lambda:report"),
        Parts.Join("arn:aws-cn:ec2:cn-north-1:111122223333:vpc-flow-log/fl-0123456789abcdef0", "amzn-s3-demo-bucket", "/", "arn:aws:iam::*:role/A?"),
        Parts.Join("arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/a/50dc6c495c0c9188", "b", string.Empty, "2001:db8::/32"),
    ];

    public bool IsDocumented(Exception exception) => exception is InvalidDeliveryException;

    public void Run(byte[] input, Screen screen)
    {
        var parts = Parts.SplitText(input, 4);
        if (Arn.TryParse(parts[0], out var arn))
        {
            if (arn.ToString() != parts[0])
            {
                throw new InvalidOperationException($"{arn} was {parts[0]}.");
            }

            screen.Show(arn.AssumedRoleName);
        }

        _ = IpRange.TryParse(parts[3], out _);
        _ = PolicyDate.TryParse(parts[3], out _);
        _ = Regions.IsWellFormed(parts[3]);
        try
        {
            _ = new KnownCallers([parts[3]]);
        }
        catch (ArgumentException exception)
        {
            screen.Show(exception.Message);
        }

        try
        {
            Select(parts, screen);
        }
        catch (InvalidDeliveryException exception)
        {
            screen.Show(exception.Message);
        }
    }

    private static void Select(string[] parts, Screen screen)
    {
        var selection = new DeliverySelection
        {
            Sources = ["CloudTrail", "VpcFlowLogs", "AlbAccessLogs"],
            SourceArns = parts[0].Length == 0 ? [] : [parts[0]],
            Accounts = ["111122223333"],
            Region = "us-east-1",
            BucketName = parts[1],
            KeyPrefix = parts[2],
        };
        foreach (var delivery in selection.ToDeliveries())
        {
            screen.Show(delivery.ToString());
            screen.Show(delivery.Source.GetRequiredCalls(delivery).Select(c => c.Request));
        }
    }
}
