using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogDelivery.Aws.Clients;

/// <summary>Converts times of JSON services: seconds since 1970 with a fraction, in UTC.</summary>
internal sealed class EpochTimeConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.Number
            ? DateTime.UnixEpoch.AddTicks((long)Math.Round(reader.GetDouble() * 1000) * TimeSpan.TicksPerMillisecond)
            : DateTime.Parse(reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue((value.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
    }
}
