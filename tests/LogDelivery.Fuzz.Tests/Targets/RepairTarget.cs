using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>A repair of a policy that others wrote: what is planned is read again, and its lines are shown to whoever approves it.</summary>
internal sealed class RepairTarget : IFuzzTarget
{
    private static readonly Delivery Delivery = new()
    {
        Source = SourceCatalog.Find("CloudTrail")!,
        BucketName = "trail-logs",
        AccountId = "111122223333",
        Region = "us-east-1",
        SourceArn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/other",
        Time = DateTimeOffset.UnixEpoch.AddYears(56),
    };

    public string Name => "Repair";

    // The proof decides every class of requests.
    public int Share => 10;

    public IEnumerable<byte[]> Seeds => PolicySeeds.Bytes(PolicySeeds.Bucket[..3]);

    public void Run(byte[] input, Screen screen)
    {
        if (new PolicyParser(input, PolicyKind.Bucket).Parse() is not { } document)
        {
            return;
        }

        var plan = PolicyRepair.Plan(document, PolicyTarget.Bucket, [Delivery]);
        screen.Show(plan.Diff);
        screen.Show(plan.Obstacles);
        screen.ShowLines(plan.After?.Text);
    }
}
