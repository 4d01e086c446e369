using System.Globalization;

namespace LogDelivery.Sandbox.State;

/// <summary>A CloudWatch alarm.</summary>
internal sealed class Alarm(string name, string account, string region, IReadOnlyList<KeyValuePair<string, string>> parameters)
{
    public string Name { get; } = name;

    public string Region { get; } = region;

    public string Arn { get; } = $"arn:{SandboxState.PartitionOf(region)}:cloudwatch:{region}:{account}:alarm:{name}";

    /// <summary>The parameters of the PutMetricAlarm call.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; set; } = parameters;

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public string State { get; set; } = "INSUFFICIENT_DATA";

    public string StateReason { get; set; } = "Unchecked: Initial alarm creation";

    public DateTimeOffset StateUpdated { get; set; }

    public string? Text(string name) => Parameters.FirstOrDefault(p => p.Key == name).Value;

    public double? Number(string name)
        => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The items of a list, such as <c>AlarmActions</c>.</summary>
    public IEnumerable<string> List(string name)
        => Parameters.Where(p => p.Key.StartsWith($"{name}.member.", StringComparison.Ordinal)).Select(p => p.Value);
}
