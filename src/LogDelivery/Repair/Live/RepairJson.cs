using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogDelivery.Repair;

/// <summary>How backups and the journal are written: property names as in PowerShell, words for states.</summary>
internal static class RepairJson
{
    public static readonly JsonSerializerOptions Line = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static readonly JsonSerializerOptions Indented = new(Line) { WriteIndented = true };
}
