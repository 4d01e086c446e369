using System.Text.Json;
using LogDelivery.Policies;

namespace LogDelivery.Cli;

/// <summary>
/// A request as one JSON object:
/// <c>{"principal":{"Service":"..."},"action":"...","resource":"...","context":{"key":"value"},"unknown":["key"]}</c>.
/// Keys that are not named are absent; values may be arrays.
/// </summary>
internal static class RequestLine
{
    public static PolicyRequest Parse(string line)
    {
        try
        {
            return Read(line);
        }
        catch (InvalidOperationException exception)
        {
            // JSON allows half a pair of surrogates; its text cannot be had.
            throw new FormatException("a name or a value has half a pair of surrogates", exception);
        }
    }

    private static PolicyRequest Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("a request is a JSON object");
        }

        var keys = new List<KeyValuePair<string, ContextValue>>();
        if (root.TryGetProperty("context", out var context))
        {
            if (context.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("\"context\" is an object of keys and values");
            }

            keys.AddRange(context.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, ContextValue.Of(Texts(p.Value)))));
        }

        if (root.TryGetProperty("unknown", out var unknown))
        {
            keys.AddRange(Texts(unknown).Select(k => KeyValuePair.Create(k, ContextValue.Unknown)));
        }

        return new PolicyRequest(ParsePrincipal(Required(root, "principal")), Text(root, "action"), Text(root, "resource"), new RequestContext(keys));
    }

    private static RequestPrincipal ParsePrincipal(JsonElement principal)
    {
        if (principal.ValueKind == JsonValueKind.String && principal.GetString() == "*")
        {
            return RequestPrincipal.Anonymous;
        }

        if (principal.ValueKind == JsonValueKind.Object && principal.EnumerateObject().ToArray() is [{ Value.ValueKind: JsonValueKind.String } only])
        {
            var id = only.Value.GetString()!;
            switch (only.Name)
            {
                case "AWS" when id == "*":
                    return RequestPrincipal.Anonymous;
                case "AWS":
                    return RequestPrincipal.Aws(id);
                case "Service":
                    return RequestPrincipal.Service(id);
                case "Federated":
                    return RequestPrincipal.Federated(id);
                case "CanonicalUser":
                    return RequestPrincipal.CanonicalUser(id);
            }
        }

        throw new FormatException("\"principal\" is \"*\" or an object with one of AWS, Service, Federated, CanonicalUser");
    }

    private static JsonElement Required(JsonElement root, string name)
        => root.TryGetProperty(name, out var value) ? value : throw new FormatException($"\"{name}\" is missing");

    private static string Text(JsonElement root, string name)
        => Required(root, name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw new FormatException($"\"{name}\" is a string");

    private static string[] Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [value.GetRawText()],
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(Texts)],
        JsonValueKind.Null => [],
        _ => throw new FormatException("a context value is a string or an array of strings"),
    };
}
