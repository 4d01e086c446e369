using System.Text;
using System.Text.Json;

namespace LogDelivery.Sandbox.Control;

/// <summary>
/// Looks through a control document before it is read. Documents within it are read only when they are needed; what is wrong
/// with them would come to light in the middle of something else.
/// </summary>
internal static class ScenarioText
{
    /// <summary>Refuses half a pair of surrogates, and a member that stands twice in one object.</summary>
    /// <exception cref="ScenarioException">The document has one of them.</exception>
    /// <exception cref="JsonException">The document is not JSON.</exception>
    public static void Check(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { CommentHandling = Scenario.Json.ReadCommentHandling, AllowTrailingCommas = Scenario.Json.AllowTrailingCommas });
        var objects = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    objects.Push(new(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    objects.Pop();
                    break;
                case JsonTokenType.PropertyName when TextOf(reader) is var name && !objects.Peek().Add(name):
                    throw new ScenarioException($"The member '{name}' stands twice in one object, at byte {reader.TokenStartIndex}.");
                case JsonTokenType.String when reader.ValueIsEscaped:
                    _ = TextOf(reader);
                    break;
            }
        }
    }

    private static string TextOf(Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new ScenarioException($"The text at byte {reader.TokenStartIndex} has half a pair of surrogates.", exception);
        }
    }
}
