using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LogDelivery.Text;

namespace LogDelivery.Cli;

/// <summary>
/// One JSON object per line, with property names as PowerShell has them. Where a shell would decode it by a code page of
/// Windows it is ASCII, which means the same in all of them.
/// </summary>
internal static class JsonLine
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly bool IsForCodePage = OperatingSystem.IsWindows() && Console.IsOutputRedirected;

    /// <summary>The object as a line that a screen shows, and a program reads exactly.</summary>
    public static ShownText From(object row) => new(From(row, IsForCodePage));

    public static string From(object row, bool isAscii)
    {
        var json = VisibleText.OfJson(JsonSerializer.Serialize(row, Options));

        // What is not ASCII stands within strings only, where an escape means the same.
        return !isAscii || Ascii.IsValid(json)
            ? json
            : string.Concat(json.Select(c => char.IsAscii(c) ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")));
    }
}
