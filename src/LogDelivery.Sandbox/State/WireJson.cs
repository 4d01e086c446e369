using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogDelivery.Sandbox.State;

/// <summary>How the sandbox writes JSON: as AWS does, which escapes nothing that JSON lets stand.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
