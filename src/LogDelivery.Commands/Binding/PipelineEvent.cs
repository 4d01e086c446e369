using System.Collections;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogDelivery.Commands;

/// <summary>The text of an event that comes as an object: a string, something with a <c>Message</c>, or a record that is written as JSON.</summary>
internal static class PipelineEvent
{
    private const int MostNested = 100;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string TextOf(PSObject item) => item.BaseObject switch
    {
        string text => text,
        LogEvent entry => entry.Message,
        _ when Unwrap(item.Properties["Message"]?.Value) is string message => message,
        _ => ToJson(item),
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string ToJson(PSObject item)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, item, 0);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        var item = value as PSObject;
        var inner = item?.BaseObject ?? value;
        if (depth > MostNested)
        {
            writer.WriteStringValue(inner?.ToString());
            return;
        }

        switch (inner)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case string or char or Guid or Uri or Enum or Version:
                writer.WriteStringValue(inner.ToString());
                break;
            case DateTime time:
                writer.WriteStringValue(time);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or System.Numerics.BigInteger:
                writer.WriteRawValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{inner}"), skipInputValidation: inner is not (float or double));
                break;
            case IDictionary members:
                writer.WriteStartObject();
                foreach (DictionaryEntry member in members)
                {
                    writer.WritePropertyName(member.Key.ToString() ?? string.Empty);
                    Write(writer, member.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var one in items)
                {
                    Write(writer, one, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject();
                foreach (var property in (item ?? PSObject.AsPSObject(inner)).Properties.Where(property => property.IsGettable))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
        }
    }
}
