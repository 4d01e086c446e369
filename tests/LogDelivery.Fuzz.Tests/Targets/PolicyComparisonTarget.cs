using LogDelivery.Comparison;
using LogDelivery.Policies;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Two policies, compared with a small budget.</summary>
internal sealed class PolicyComparisonTarget : IFuzzTarget
{
    private const int MaxCells = 300;

    public string Name => "PolicyComparison";

    public int Share => 15;

    public IEnumerable<byte[]> Seeds
        => PolicySeeds.Bucket.Zip(PolicySeeds.Bucket.Skip(1), (a, b) => Parts.Join(a, b))
            .Append(Parts.Join(PolicySeeds.Bucket[0], PolicySeeds.Bucket[0]))
            .Append(Parts.Join(PolicySeeds.Key[0], PolicySeeds.Key[0]))
            .Append(Parts.Join(PolicySeeds.Role[1], PolicySeeds.Role[1]));

    public void Run(byte[] input, Screen screen)
    {
        var parts = Parts.Split(input, 2);
        // Larger ones no bucket has, and the texts of one long value are gone through in time by its square.
        if (Array.Exists(parts, p => p.Length > PolicyDocument.MaxBucketPolicyBytes))
        {
            return;
        }

        var documents = parts.Select(p => new PolicyParser(p, PolicyKind.Any).Parse()).OfType<PolicyDocument>().ToArray();
        for (var i = 0; i < documents.Length; i++)
        {
            var comparison = PolicyComparison.Compare(documents[i], documents[^1], maxCells: MaxCells);
            screen.Show(comparison.Differences);
        }
    }
}
