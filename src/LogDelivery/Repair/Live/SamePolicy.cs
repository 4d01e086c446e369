using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Policies;

namespace LogDelivery.Repair;

/// <summary>
/// Whether two documents are the same policy. AWS returns the document that was written, but may return a list of one value
/// as the value, an account as its root's ARN, and the members of an object or the values of a list in another order.
/// </summary>
internal static class SamePolicy
{
    /// <summary>Compares two documents; <see langword="null"/> means no document.</summary>
    public static bool Is(string? left, string? right)
        => left == right || (left is not null && right is not null && TryParse(left) is { } a && TryParse(right) is { } b && Canonical(a) == Canonical(b));

    /// <summary>The hash of a document: SHA-256 of its UTF-8 text, as 64 hexadecimal digits; <see langword="null"/> for none.</summary>
    public static string? HashOf(string? text)
        => text is null ? null : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

    /// <summary>Gets a canonical text for all texts of the same value.</summary>
    public static string CanonicalOf(string json) => Canonical(JsonNode.Parse(json));

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The order of statements stays: nothing puts them into another.
    private static string Canonical(JsonNode? node, bool isStatementList = false) => node switch
    {
        JsonObject item => $"{{{string.Join(',', item.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{Text(m.Key)}:{Canonical(m.Value, m.Key == "Statement")}"))}}}",
        JsonArray { Count: 1 } list => Canonical(list[0]),
        JsonArray list when isStatementList => $"[{string.Join(',', list.Select(i => Canonical(i)))}]",
        JsonArray list => $"[{string.Join(',', list.Select(i => Canonical(i)).Order(StringComparer.Ordinal))}]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(AccountOf((string)value!)),
        null => "null",
        _ => node.ToJsonString(),
    };

    private static string AccountOf(string text)
        => Arn.TryParse(text, out var arn) && arn is { Service: "iam", Resource: "root" } ? arn.AccountId : text;

    private static string Text(string text) => JsonSerializer.Serialize(text, PolicyJson.Compact);
}
