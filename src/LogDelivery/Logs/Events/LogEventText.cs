using System.Text;
using System.Text.Json;
using LogDelivery.Json;

namespace LogDelivery.Logs.Events;

/// <summary>The text of an event that is carried as a JSON string.</summary>
internal static class LogEventText
{
    /// <summary>The characters of a JSON string; half a pair of surrogates becomes U+FFFD where other readers fail.</summary>
    /// <param name="element">The string.</param>
    public static string OfString(JsonElement element)
    {
        var raw = Encoding.UTF8.GetBytes(element.GetRawText());
        var buffer = new byte[raw.Length];
        return Encoding.UTF8.GetString(buffer, 0, JsonString.Unescape(raw.AsSpan(1, raw.Length - 2), buffer));
    }
}
