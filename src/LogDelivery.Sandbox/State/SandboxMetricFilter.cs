using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Patterns;

namespace LogDelivery.Sandbox.State;

/// <summary>A metric filter of a log group.</summary>
internal sealed class SandboxMetricFilter(JsonObject description, FilterPattern pattern)
{
    private readonly JsonObject metric = description["metricTransformations"]![0]!.AsObject();

    /// <summary>The filter as PutMetricFilter received it.</summary>
    public JsonObject Description { get; } = description;

    public string Namespace => (string?)metric["metricNamespace"] ?? string.Empty;

    public string MetricName => (string?)metric["metricName"] ?? string.Empty;

    /// <summary>Measures an event; <see langword="null"/> when the event is not counted.</summary>
    public Measurement? Measure(string message)
    {
        var value = pattern.Matches(message) ? ValueOf(message) : (double?)metric["defaultValue"];
        return value is { } v ? new(Namespace, MetricName, v) : null;
    }

    // The value is a number, or the field of the event that holds it.
    private double? ValueOf(string message)
    {
        var text = (string?)metric["metricValue"] ?? "1";
        if (!text.StartsWith("$.", StringComparison.Ordinal))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        try
        {
            var node = text[2..].Split('.').Aggregate(JsonNode.Parse(message), (n, name) => (n as JsonObject)?[name]);
            return node is JsonValue value && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var found) ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A value of a metric.</summary>
internal sealed class Measurement(string metricNamespace, string metricName, double value)
{
    public string Namespace { get; } = metricNamespace;

    public string MetricName { get; } = metricName;

    public double Value { get; } = value;

    /// <summary>The first evaluation of alarms that saw it.</summary>
    public DateTimeOffset? Time { get; set; }
}
