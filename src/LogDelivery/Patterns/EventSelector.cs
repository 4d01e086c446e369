using System.Globalization;
using System.Text;

namespace LogDelivery.Patterns;

/// <summary>
/// Names a value of an event, as metric values and dimensions do: <c>$.a.b[0]</c> of a JSON event; <c>$name</c> or, by the place from 1,
/// <c>$3</c> of a space-delimited one.
/// </summary>
/// <remarks>Source: CloudWatch Logs user guide, FilterAndPatternSyntaxForMetricFilters.</remarks>
internal sealed class EventSelector
{
    private readonly Selector? json;
    private readonly string name;

    private EventSelector(Selector? json, string name)
    {
        this.json = json;
        this.name = name;
    }

    /// <summary>Parses a selector.</summary>
    /// <param name="text">The selector.</param>
    /// <exception cref="FilterPatternException">The text is not a selector; the message names the column and what was expected.</exception>
    public static EventSelector Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new PatternReader(text);
        if (reader.Current == '$' && reader.Next is not ('.' or '['))
        {
            reader.Position++;
            while (char.IsAsciiLetterOrDigit(reader.Current) || reader.Current is '_' or '-')
            {
                reader.Position++;
            }

            return reader.AtEnd && reader.Position > 1
                ? new(null, text)
                : throw reader.Expected("'$.' and a property, or '$' and the name or number of a field");
        }

        var selector = Selector.Parse(reader);
        return reader.AtEnd ? new(selector, selector.ToString()) : throw reader.Expected("'.', '[' or the end of the selector");
    }

    /// <summary>Reads the value.</summary>
    /// <param name="message">The event's message as UTF-8.</param>
    /// <param name="pattern">The pattern whose names of fields the selector may use.</param>
    /// <returns>
    /// A string's characters, another scalar as the event writes it, an object or array as JSON, of several values the first; null when there is
    /// none, or a JSON null.
    /// </returns>
    public string? Read(ReadOnlySpan<byte> message, FilterPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (json is null)
        {
            return ReadField(message, pattern);
        }

        using var document = JsonValues.TryParse(message, out _);
        return document is not null && JsonValues.Find(document.RootElement, json).ToList() is [var found, ..]
            ? found.ValueKind switch
            {
                System.Text.Json.JsonValueKind.String => Logs.Events.LogEventText.OfString(found),
                System.Text.Json.JsonValueKind.Null => null,
                _ => found.GetRawText(),
            }
            : null;
    }

    /// <summary>The selector as patterns write it.</summary>
    public override string ToString() => name;

    private string? ReadField(ReadOnlySpan<byte> message, FilterPattern pattern)
    {
        if (pattern.Extract(message).TryGetValue(name, out var value))
        {
            return value;
        }

        var parsed = new DelimitedEvent(message);
        return int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1 && place <= parsed.Count
            ? Encoding.UTF8.GetString(parsed.Field(place - 1))
            : null;
    }
}
