using System.Management.Automation;
using System.Text.Json;

namespace LogDelivery.Commands;

/// <summary>JSON as objects with properties, as <c>ConvertFrom-Json</c> makes them; times stay the texts that they are.</summary>
internal static class JsonObjects
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>Reads an object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="typeName">What it is called, for views.</param>
    public static PSObject Read(string json, string typeName)
    {
        using var document = JsonDocument.Parse(json, Options);
        var result = ObjectOf(document.RootElement);
        result.TypeNames.Insert(0, typeName);
        return result;
    }

    private static PSObject ObjectOf(JsonElement element)
    {
        var result = new PSObject();
        foreach (var member in element.EnumerateObject())
        {
            // Where names differ by case alone, the first one stands: properties cannot tell them apart.
            if (member.Name.Length > 0 && result.Properties[member.Name] is null)
            {
                result.Properties.Add(new PSNoteProperty(member.Name, ValueOf(member.Value)), preValidated: true);
            }
        }

        return result;
    }

    private static object? ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ObjectOf(element),
        JsonValueKind.Array => element.EnumerateArray().Select(ValueOf).ToArray(),
        JsonValueKind.String => Logs.Events.LogEventText.OfString(element),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
