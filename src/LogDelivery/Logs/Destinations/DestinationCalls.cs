using System.Text;
using LogDelivery.Logs.Destinations.Calls;
using LogDelivery.Logs.Shapes;
using LogDelivery.Sources;

namespace LogDelivery.Logs.Destinations;

/// <summary>
/// Every call that is known to set, tell of or end a destination. The entries of the catalog declare them
/// (<see cref="DeliverySource.ManagementCalls"/>); those that only code can read have their readers here. The names of members
/// are those of AWS's API references; which of them were seen in published events stands beside each.
/// </summary>
internal static class DestinationCalls
{
    private static readonly Dictionary<(string Service, string Name), DestinationCall> Coded = new[]
    {
        TrailCalls.All,
        FlowLogCalls.All,
        LoadBalancerCalls.All,
        BucketCalls.All,
        WebAclCalls.All,
        FirewallCalls.All,
        ResolverCalls.All,
        RedshiftCalls.All,
        VendedLogCalls.All,
        DistributionCalls.All,
        StreamCalls.All,
        AcceleratorCalls.All,
        LatticeCalls.All,
        GuardDutyCalls.All,
        ModelCalls.All,
        DataExportCalls.All,
        MailCalls.All,
    }.SelectMany(c => c).ToDictionary(c => (c.Service, c.Name));

    private static readonly Dictionary<(string Service, string Name), DestinationCall> Known = SourceCatalog.All
        .SelectMany(Declared)
        .GroupBy(c => (c.Service, c.Name))
        .ToDictionary(g => g.Key, g => g.FirstOrDefault(c => c.AlwaysSets is not null) ?? g.First());

    private static readonly Dictionary<int, byte[][]> NamesByLength = Known.Keys
        .Select(k => k.Name)
        .Distinct(StringComparer.Ordinal)
        .Select(Encoding.UTF8.GetBytes)
        .GroupBy(n => n.Length)
        .ToDictionary(g => g.Key, g => g.ToArray());

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<DestinationCall> All => Known.Values;

    /// <summary>The calls that have a reader of their own.</summary>
    public static IReadOnlyCollection<DestinationCall> Readers => Coded.Values;

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

        return record.MayHideText;
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

    // Several sources may share a call; its reader tells them apart. A declared call without a reader is left out, and a test
    // reports it.
    private static IEnumerable<DestinationCall> Declared(DeliverySource source)
    {
        var set = source.ManagementCalls;
        if (set.Members is { } members)
        {
            var declared = new DeclaredCalls(source, members);
            return set.All.Select(name => new DestinationCall(set.Service, name, set.Ends.Contains(name) ? declared.ReadEnd : declared.ReadSet)
            {
                AlwaysSets = set.AlwaysSets.Contains(name) ? source.Id : null,
            });
        }

        return set.All
            .Select(name => (Name: name, Reader: Coded.GetValueOrDefault((set.Service, name))))
            .Where(c => c.Reader is not null)
            .Select(c => c.Reader! with { AlwaysSets = set.AlwaysSets.Contains(c.Name) ? source.Id : null });
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
