using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>Advances simulated time; the sources deliver every five minutes.</summary>
internal sealed class DeliveryClock
{
    /// <summary>31 days: each five minutes of them are gone through, and every file that is delivered stays in memory.</summary>
    public const int MaxMinutes = 31 * 24 * 60;

    private static readonly long TickSeconds = (long)TimeSpan.FromMinutes(5).TotalSeconds;

    private readonly SandboxState state;
    private readonly EvidenceRecorder evidence;
    private readonly DeliveryWriter writer;
    private readonly TrailDelivery trails;
    private readonly FlowLogDelivery flowLogs;
    private readonly CatalogDelivery others;
    private readonly AlarmEvaluation alarms;
    private readonly SubscriptionDelivery subscriptions;
    private readonly FirehoseDelivery streams;

    public DeliveryClock(SandboxState state)
    {
        this.state = state;
        evidence = new EvidenceRecorder(state);
        writer = new DeliveryWriter(state, evidence);
        trails = new TrailDelivery(state, writer);
        flowLogs = new FlowLogDelivery(state, writer);
        others = new CatalogDelivery(state, writer);
        alarms = new AlarmEvaluation(state);
        subscriptions = new SubscriptionDelivery(state);
        streams = new FirehoseDelivery(state, writer);
    }

    public void Advance(TimeSpan duration)
    {
        var end = state.Now + duration;
        var next = DateTimeOffset.FromUnixTimeSeconds(((state.Now.ToUnixTimeSeconds() / TickSeconds) + 1) * TickSeconds);
        for (; next <= end; next = next.AddSeconds(TickSeconds))
        {
            state.Now = next;
            Tick();
        }

        // Firehose writes by its own interval, which may be shorter than a tick.
        state.Now = end;
        streams.Run();
    }

    private void Tick()
    {
        foreach (var account in state.Accounts.ToArray())
        {
            foreach (var trail in account.Trails.Values.ToArray())
            {
                trails.Tick(trail);
            }

            foreach (var log in account.FlowLogs.Values.ToArray())
            {
                flowLogs.Tick(log);
            }
        }

        foreach (var delivery in state.Deliveries)
        {
            others.Tick(delivery);
        }

        evidence.Flush(writer);
        subscriptions.Run();
        streams.Run();
        alarms.Run();
    }
}
