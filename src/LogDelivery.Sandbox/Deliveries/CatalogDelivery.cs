using System.Text.RegularExpressions;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>
/// Delivers the objects of all other sources of the catalog: the sample key of the source with the time of the delivery.
/// </summary>
internal sealed partial class CatalogDelivery(SandboxState state, DeliveryWriter writer)
{
    public void Tick(ConfiguredDelivery delivery)
    {
        if (state.Now.ToUnixTimeSeconds() % (long)delivery.Interval.TotalSeconds != 0)
        {
            return;
        }

        delivery.LogFiles.Add(new(state.Now, []));
        delivery.LogFiles.Deliver(state.Now, file => Deliver(delivery, file));
    }

    private WriteRefusal? Deliver(ConfiguredDelivery delivery, PendingFile file)
    {
        delivery.Route.Refresh(state);
        var key = delivery.Route.FindWrite(null) is { } write
            ? Rename(write.Request.Resource[(write.Request.Resource.IndexOf('/', StringComparison.Ordinal) + 1)..], delivery.Name, file.Time)
            : "none";
        var text = $"{{\"source\":\"{delivery.Route.Template.Source.Id}\",\"time\":\"{GeneratedNames.Iso(file.Time)}\"}}\n";
        return writer.Write(
            delivery.Route,
            null,
            key,
            () => key.EndsWith(".gz", StringComparison.Ordinal) ? Compression.Gzip(text) : System.Text.Encoding.UTF8.GetBytes(text),
            "application/octet-stream");
    }

    /// <summary>Replaces the time in a sample key of the catalog; all samples contain 2026-01-31 23:50 in some format.</summary>
    internal static string Rename(string sample, string seed, DateTimeOffset time)
    {
        var dated = SampleTime().Replace(sample, match => GeneratedNames.Format(time, FormatOf(match)));

        // Two files of one minute, or of a source without a time in its names, must not overwrite each other.
        var fresh = GeneratedNames.Hex($"{seed}/{time.ToUnixTimeSeconds()}", 8);
        return dated.Contains("abcdef12", StringComparison.Ordinal)
            ? dated.Replace("abcdef12", fresh, StringComparison.Ordinal)
            : LastName().Replace(dated, m => $"{m.Groups["stem"].Value}-{fresh}{m.Groups["extension"].Value}", 1);
    }

    private static string FormatOf(Match match)
    {
        var groups = match.Groups;
        return groups["stampSeconds"].Success ? "yyyyMMdd'T'HHmmss'Z'"
            : groups["stamp"].Success ? "yyyyMMdd'T'HHmm'Z'"
            : groups["plain"].Success ? "yyyyMMddHHmm"
            : groups["hive"].Success ? "'year='yyyy'/month='MM'/day='dd"
            : groups["slashesToMinute"].Success ? "yyyy'/'MM'/'dd'/'HH'/'mm"
            : groups["slashesToHour"].Success ? "yyyy'/'MM'/'dd'/'HH"
            : groups["slashes"].Success ? "yyyy'/'MM'/'dd"
            : groups["loose"].Success ? "yyyy'/'M'/'d"
            : groups["dashesToSecond"].Success ? "yyyy-MM-dd-HH-mm-ss"
            : groups["dashesWithTime"].Success ? "yyyy-MM-dd'T'HH':'mm"
            : groups["dashesToHour"].Success ? "yyyy-MM-dd-HH"
            : "yyyy-MM-dd";
    }

    [GeneratedRegex(@"(?<stamp>20260131T235[05](?<stampSeconds>00)?Z)|(?<plain>202601312350)|(?<hive>year=2026/month=01/day=31)|(?<slashesToMinute>2026/01/31/23/50)|(?<slashesToHour>2026/01/31/23(?=/))|(?<slashes>2026/01/31)|(?<loose>2026/1/31)|(?<dashesToSecond>2026-01-31-23-50-00)|(?<dashesWithTime>2026-01-31T23:50)|(?<dashesToHour>2026-01-31-23)|(?<dashes>2026-01-31)")]
    private static partial Regex SampleTime();

    [GeneratedRegex(@"(?<stem>[^/.]+)(?<extension>(\.[^/]*)?)$")]
    private static partial Regex LastName();
}
