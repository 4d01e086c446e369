using System.Text.Json.Nodes;
using LogDelivery.Patterns;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>Metric filters of log groups. Source: CloudWatch Logs API reference, PutMetricFilter and TestMetricFilter.</summary>
internal sealed class MetricFilterCalls(SandboxState state, Func<JsonCall, SandboxLogGroup> groupOf, Func<JsonCall, IEnumerable<SandboxLogGroup>> groupsIn)
{
    private const int MaxFilters = 100;
    private const int MaxNameLength = 512;

    /// <summary>The pattern of a call.</summary>
    public static FilterPattern PatternOf(JsonCall call)
        => FilterPattern.TryParse(call.Text("filterPattern") ?? string.Empty, out var pattern, out var error)
            ? pattern
            : throw Invalid($"Invalid filter pattern: {error.Message}");

    public static JsonObject Test(JsonCall call)
    {
        var pattern = PatternOf(call);
        var messages = call.Texts("logEventMessages");
        return messages.Count is 0 or > 50
            ? throw Invalid("logEventMessages holds 1 to 50 messages.")
            : new JsonObject
            {
                ["matches"] = new JsonArray([.. messages.Select((text, i) => (Text: text, Number: i + 1)).Where(m => pattern.Matches(m.Text)).Select(m => new JsonObject
                {
                    ["eventNumber"] = m.Number,
                    ["eventMessage"] = m.Text,
                    ["extractedValues"] = new JsonObject(pattern.Extract(m.Text).Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value))),
                })]),
            };
    }

    public JsonObject? Put(JsonCall call)
    {
        var group = groupOf(call);
        var name = call.Text("filterName");
        if (name is null or { Length: 0 or > MaxNameLength } || name.AsSpan().ContainsAny(':', '*'))
        {
            throw Invalid("filterName has 1 to 512 characters, none of them : or *.");
        }

        if (!call.Has("filterPattern"))
        {
            throw Invalid("filterPattern is missing.");
        }

        if (call.Input["metricTransformations"] is not JsonArray { Count: 1 } transformations
            || transformations[0] is not JsonObject metric
            || !IsName((string?)metric["metricName"])
            || !IsName((string?)metric["metricNamespace"]))
        {
            throw Invalid("metricTransformations holds one item, with the name, namespace and value of the metric.");
        }

        if (group.LogClass != "STANDARD")
        {
            throw Invalid($"Metric filters are not supported for log groups of the class {group.LogClass}.");
        }

        if (group.MetricFilters.Count >= MaxFilters && !group.MetricFilters.ContainsKey(name))
        {
            throw new ApiException("LimitExceededException", "Resource limit exceeded.");
        }

        var description = call.Input.DeepClone().AsObject();
        description["creationTime"] = state.Now.ToUnixTimeMilliseconds();
        group.MetricFilters[name] = new(description, PatternOf(call));
        return null;
    }

    public JsonObject Describe(JsonCall call)
    {
        var groups = call.Has("logGroupName") ? [groupOf(call)] : groupsIn(call);
        var filters = groups.SelectMany(g => g.MetricFilters)
            .Where(f => f.Key.StartsWith(call.Text("filterNamePrefix") ?? string.Empty, StringComparison.Ordinal)
                && (call.Text("metricName") ?? f.Value.MetricName) == f.Value.MetricName
                && (call.Text("metricNamespace") ?? f.Value.Namespace) == f.Value.Namespace);
        return new JsonObject { ["metricFilters"] = new JsonArray([.. filters.Select(f => f.Value.Description.DeepClone())]) };
    }

    public JsonObject? Delete(JsonCall call)
        => groupOf(call).MetricFilters.Remove(call.Text("filterName") ?? string.Empty)
            ? null
            : throw new ApiException("ResourceNotFoundException", "The specified metric filter does not exist.");

    private static bool IsName(string? name) => name is { Length: > 0 and <= 255 } && !name.AsSpan().ContainsAny(':', '*', '$');

    private static ApiException Invalid(string message) => new("InvalidParameterException", message);
}
