using System.Text;
using System.Text.Json;
using LogDelivery.Logs.Events;
using LogDelivery.Logs.Files;

namespace LogDelivery.Tests.Records.Subscriptions;

/// <summary>What one file was expanded to.</summary>
internal sealed class Expanded : ISubscriptionSink
{
    private readonly ReadTally tally = new();

    private Expanded()
    {
    }

    public List<LogSubscriptionEvent> Events { get; } = [];

    public IReadOnlyList<ReadDamage> Damages => tally.Damages;

    public long ControlMessages { get; private set; }

    public static Expanded Of(byte[] file, bool includeControl = false)
    {
        var result = new Expanded();
        var expansion = new SubscriptionExpansion(result.tally) { IncludeControlMessages = includeControl };
        expansion.Read(new MemoryObject(file), result);
        result.ControlMessages = expansion.ControlMessages;
        return result;
    }

    /// <summary>The events as the writer of lines gives them, read back.</summary>
    public static List<LogSubscriptionEvent> OfLines(byte[] file)
    {
        using var target = new MemoryStream();
        using (var writer = new SubscriptionJsonWriter(target))
        {
            new SubscriptionExpansion(new ReadTally()).Read(new MemoryObject(file), writer);
        }

        return [.. Lines(target).Select(l => JsonSerializer.Deserialize<LogSubscriptionEvent>(l)!)];
    }

    /// <summary>The lines of CloudTrail records, and how many events are none.</summary>
    public static (string[] Lines, long Others, IReadOnlyList<ReadDamage> Damages) CloudTrailOf(byte[] file)
    {
        var tally = new ReadTally();
        using var target = new MemoryStream();
        using var writer = new CloudTrailWriter(target);
        new SubscriptionExpansion(tally).Read(new MemoryObject(file), writer);
        writer.Dispose();
        return ([.. Lines(target)], writer.Others, tally.Damages);
    }

    public void Take(in SubscriptionEntry entry, LogContent content, long offset) => Events.Add(entry.ToEvent());

    private static string[] Lines(MemoryStream target) => Encoding.UTF8.GetString(target.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
