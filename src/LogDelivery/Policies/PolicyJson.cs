using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogDelivery.Policies;

/// <summary>The JSON format of policies: no escapes that only HTML needs, and a single value without a list around it.</summary>
internal static class PolicyJson
{
    public static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    public static JsonNode OneOrMany(IReadOnlyList<string> values)
        => values.Count == 1 ? JsonValue.Create(values[0]) : new JsonArray([.. values.Select(v => JsonValue.Create(v))]);
}
