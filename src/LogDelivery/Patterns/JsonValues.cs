using System.Text.Json;
using LogDelivery.Json;

namespace LogDelivery.Patterns;

/// <summary>The values that a selector finds in a JSON event, for people to read. Matching itself makes no tree of the event.</summary>
internal static class JsonValues
{
    private const int LongestShown = 100;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>Parses an event.</summary>
    /// <returns>The document, or null when the event is not one JSON object, with the reason.</returns>
    public static JsonDocument? TryParse(ReadOnlySpan<byte> json, out string reason)
    {
        try
        {
            var document = JsonDocument.Parse(JsonEscapes.Mend(json), Options);
            if (document.RootElement.ValueKind == System.Text.Json.JsonValueKind.Object)
            {
                reason = "";
                return document;
            }

            reason = $"The event is JSON, but not an object: it is {Describe(document.RootElement)}.";
            document.Dispose();
        }
        catch (JsonException exception)
        {
            reason = $"The event is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.";
        }

        return null;
    }

    public static IEnumerable<JsonElement> Find(JsonElement root, Selector selector)
    {
        IEnumerable<JsonElement> found = [root];
        foreach (var step in selector.Steps)
        {
            found = found.SelectMany(element => Follow(element, step));
        }

        return found;
    }

    /// <summary>A value in words, cut when it is long.</summary>
    public static string Describe(JsonElement element)
    {
        var text = element.ValueKind switch
        {
            System.Text.Json.JsonValueKind.Object => "an object",
            System.Text.Json.JsonValueKind.Array => "an array",
            _ => element.GetRawText(),
        };
        return text.Length > LongestShown ? text[..LongestShown] + "..." : text;
    }

    private static IEnumerable<JsonElement> Follow(JsonElement element, SelectorStep step)
    {
        switch (element.ValueKind, step.Kind)
        {
            case (System.Text.Json.JsonValueKind.Object, SelectorStepKind.Key):
                return element.TryGetProperty(step.Key, out var value) ? [value] : [];
            case (System.Text.Json.JsonValueKind.Object, SelectorStepKind.AnyProperty):
                return element.EnumerateObject().Select(property => property.Value);
            case (System.Text.Json.JsonValueKind.Array, SelectorStepKind.Index):
                return step.Index < element.GetArrayLength() ? [element[step.Index]] : [];
            case (System.Text.Json.JsonValueKind.Array, SelectorStepKind.AnyElement):
                return element.EnumerateArray();
            default:
                return [];
        }
    }
}
