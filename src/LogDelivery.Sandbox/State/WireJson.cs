using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogDelivery.Sandbox.State;

/// <summary>JSON options for responses: like AWS, they escape only what JSON requires.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
