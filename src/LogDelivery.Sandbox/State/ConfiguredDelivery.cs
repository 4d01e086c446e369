namespace LogDelivery.Sandbox.State;

/// <summary>A delivery of some other source, configured over the sandbox's own interface.</summary>
internal sealed class ConfiguredDelivery(string name, DeliveryRoute route, TimeSpan interval)
{
    public string Name { get; } = name;

    public DeliveryRoute Route { get; } = route;

    public TimeSpan Interval { get; } = interval;

    public DeliveryQueue LogFiles { get; } = new();
}
