using System.Reflection;
using LogDelivery.Logs.Destinations;
using LogDelivery.Sources;
using LogDelivery.Sources.Catalog;
using LogDelivery.Tests.Diagnosis;
using LogDelivery.Tests.Logs.Destinations;
using Xunit;

namespace LogDelivery.Tests.Sources;

/// <summary>
/// A log source is an entry in Sources/Catalog, a line of SourceCatalog, a sample of the call that sets its destination, and a
/// row of the page of these calls. A step that was left out fails here, with a sentence that names it.
/// </summary>
public sealed class CompleteSourceTests
{
    private const string Page = "docs/concepts/destinations.md";

    // The calls that set its destination are those of VendedLogsV2; which of both a delivery is, its delivery source tells.
    private static readonly string[] SetByCallsOfOthers = ["CloudFrontV2"];

    public static TheoryData<string> AllIds => Sample.AllIds;

    [Fact]
    public void Every_entry_is_listed_once()
    {
        var entries = typeof(CloudFrontLegacy).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(CloudFrontLegacy).Namespace)
            .Select(t => (t.Name, Source: t.GetField("Source", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(null) as DeliverySource))
            .Where(e => e.Source is not null)
            .ToArray();
        MissingSteps.Report([
            .. entries.Where(e => SourceCatalog.All.Count(s => s == e.Source) != 1).Select(e => $"{e.Name} has to be listed once: add {e.Name}.Source to src/LogDelivery/Sources/SourceCatalog.cs, beside the sources that it is related to."),
            .. entries.Where(e => e.Name != e.Source!.Id).Select(e => $"The class {e.Name} in Sources/Catalog has the source {e.Source!.Id}: both have the same name."),
        ]);
    }

    [Fact]
    public void Every_reader_of_a_call_is_declared()
        => MissingSteps.Report(DestinationCalls.Readers
            .Where(r => !SourceCatalog.All.Any(s => s.ManagementCalls.Members is null && s.ManagementCalls.Service == r.Service && s.ManagementCalls.All.Contains(r.Name)))
            .Select(r => $"{r.Service}:{r.Name} has a reader in Logs/Destinations/Calls, but no entry of the catalog declares it in ManagementCalls without Members."));

    [Theory]
    [MemberData(nameof(AllIds))]
    public void An_entry_is_complete(string id)
    {
        var source = Sample.Source(id);
        MissingSteps.Report([.. CallsOf(source), .. SampleOf(source), .. RowOf(source)]);
    }

    private static IEnumerable<string> CallsOf(DeliverySource source)
    {
        var calls = source.ManagementCalls;
        if (calls.Service.Length == 0 || !calls.All.Any())
        {
            yield return $"{source.Id} declares no ManagementCalls: name the calls that set and end its destination in src/LogDelivery/Sources/Catalog/{source.Id}.cs.";
        }

        if (calls.Members is null)
        {
            foreach (var name in calls.All.Where(n => !DestinationCalls.Readers.Any(r => r.Service == calls.Service && r.Name == n)))
            {
                yield return $"{calls.Service}:{name} of {source.Id} is read by nothing: declare Members in the entry, or write a reader in src/LogDelivery/Logs/Destinations/Calls.";
            }
        }

        foreach (var name in calls.All.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            yield return $"{source.Id} declares {calls.Service}:{name} twice.";
        }
    }

    private static IEnumerable<string> SampleOf(DeliverySource source)
        => SetByCallsOfOthers.Contains(source.Id) || DestinationCallTests.Pointings.Any(p => p.Data.Item4 == source.Id) ? []
            : [$"{source.Id} has no sample of a call that sets its destination: add one to Pointings in tests/LogDelivery.Tests/Logs/Destinations/DestinationCallTests.cs."];

    private static IEnumerable<string> RowOf(DeliverySource source)
    {
        var row = File.ReadAllLines(Path.Combine(Repository.ConceptPages, "destinations.md"))
            .Where(l => l.StartsWith('|') && l.Contains($"`{source.Id}`", StringComparison.Ordinal)).ToArray();
        if (row.Length != 1)
        {
            yield return $"{Page} has {row.Length} rows for `{source.Id}` in place of one: write the calls that set it, those that end it, which were seen, and the time of the first object.";
            yield break;
        }

        foreach (var call in source.ManagementCalls.All.Select(n => $"`{source.ManagementCalls.Service}:{n}`").Where(c => !row[0].Contains(c, StringComparison.Ordinal)))
        {
            yield return $"{Page} lacks {call} in the row of `{source.Id}`.";
        }

        var time = Show(source.FirstObjectWithin);
        if (!row[0].EndsWith($"| {time} |", StringComparison.Ordinal))
        {
            yield return $"{Page} has another time of the first object in the row of `{source.Id}` than the entry, which has '{time}'.";
        }
    }

    private static string Show(TimeSpan? time) => time switch
    {
        null => "not told",
        { TotalMinutes: < 60 } => $"{time.Value.TotalMinutes} minutes",
        { TotalHours: <= 24 } => $"{time.Value.TotalHours} hours",
        _ => $"{time.Value.TotalDays} days",
    };
}
