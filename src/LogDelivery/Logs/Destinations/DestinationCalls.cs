using System.Text;
using LogDelivery.Json;
using LogDelivery.Logs.Destinations.Calls;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Destinations;

/// <summary>
/// Every API that is known to set, tell of or end a destination. The names of members are those of AWS's API references; which
/// of them were seen in published events stands beside each service.
/// </summary>
internal static class DestinationCalls
{
    private static readonly Dictionary<(string Service, string Name), DestinationCall> Known = new[]
    {
        TrailCalls.All,
        FlowLogCalls.All,
        LoadBalancerCalls.All,
        BucketCalls.All,
        ConfigCalls.All,
        WebAclCalls.All,
        FirewallCalls.All,
        ResolverCalls.All,
        RedshiftCalls.All,
        VendedLogCalls.All,
        DistributionCalls.All,
        StreamCalls.All,
        AcceleratorCalls.All,
        BrokerCalls.All,
        LatticeCalls.All,
        Ec2Calls.All,
        SecurityCalls.All,
        ModelCalls.All,
        ReportCalls.All,
        MailCalls.All,
        DataSyncCalls.All,
    }.SelectMany(c => c).ToDictionary(c => (c.Service, c.Name));

    private static readonly Dictionary<int, byte[][]> NamesByLength = Known.Keys
        .Select(k => k.Name)
        .Distinct(StringComparer.Ordinal)
        .Select(Encoding.UTF8.GetBytes)
        .GroupBy(n => n.Length)
        .ToDictionary(g => g.Key, g => g.ToArray());

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<DestinationCall> All => Known.Values;

    /// <summary>Whether a record may be such a call: what is turned away is none, what is let by is read.</summary>
    public static bool MayMatter(in LogRecord record)
    {
        var rest = record.Bytes;
        while (rest.IndexOf("ventName\""u8) is >= 0 and var place)
        {
            rest = rest[(place + "ventName\""u8.Length)..];
            var value = rest.TrimStart(" \t\r\n:"u8);
            if (value is [(byte)'"', .. var name] && name.IndexOf((byte)'"') is > 0 and var end && IsName(name[..end]))
            {
                return true;
            }
        }

        return JsonEscapes.AnyThatHides(record);
    }

    /// <summary>What a call does; nothing when it is none of these.</summary>
    public static IEnumerable<DestinationChange> Read(ManagementCall call)
    {
        if (!Known.TryGetValue((call.Logged.Service, call.Name), out var known) || IsNoTry(call.ErrorCode))
        {
            return [];
        }

        var changes = known.Read(call).ToArray();
        return changes.Length == 0 && call.ErrorCode is not null && known.AlwaysSets is { } source && !call.Request.IsObject
            ? [new(DestinationChangeKind.Points, source)]
            : changes;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        if (NamesByLength.TryGetValue(name.Length, out var names))
        {
            foreach (var known in names)
            {
                if (name.SequenceEqual(known))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // With DryRun, EC2 answers with an error where it would have done what was asked, and does nothing.
    private static bool IsNoTry(string? code) => code?.EndsWith("DryRunOperation", StringComparison.Ordinal) == true;
}
