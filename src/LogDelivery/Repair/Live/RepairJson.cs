using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogDelivery.Repair;

/// <summary>The JSON format of backups and the journal: property names as in PowerShell, enum values as names.</summary>
internal static class RepairJson
{
    public static readonly JsonSerializerOptions Line = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static readonly JsonSerializerOptions Indented = new(Line) { WriteIndented = true };
}
