using System.Text;
using System.Text.Json;
using LogDelivery.Logs.Events;
using LogDelivery.Logs.Files;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>What a subscription left in files, made events again, and written in both forms; each line of JSON has to be JSON.</summary>
internal sealed class SubscriptionTarget() : LogTarget("Subscription")
{
    protected override void Read(LogObject source, ReadTally tally, Screen screen)
    {
        var expansion = new SubscriptionExpansion(tally) { IncludeControlMessages = true };
        using var json = new MemoryStream();
        using (var writer = new SubscriptionJsonWriter(json))
        {
            expansion.Read(source, writer);
        }

        var lines = Encoding.UTF8.GetString(json.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
        }

        if (lines.Length != expansion.Count)
        {
            throw new InvalidOperationException($"{expansion.Count} events are {lines.Length} lines.");
        }

        using var text = new MemoryStream();
        using (var writer = new SubscriptionTextWriter(text))
        {
            expansion.Read(source, writer);
        }

        var sink = new ObjectSink(screen);
        expansion.Read(source, sink);
    }

    private sealed class ObjectSink(Screen screen) : ISubscriptionSink
    {
        public void Take(in SubscriptionEntry entry, LogContent content, long offset)
        {
            var made = entry.ToEvent();
            screen.Show(made.Message);
            screen.Show(made.LogGroup);
        }
    }
}
