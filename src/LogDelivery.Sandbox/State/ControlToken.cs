using System.Security.Cryptography;
using System.Text;

namespace LogDelivery.Sandbox.State;

/// <summary>
/// What a caller must know to control the sandbox. Every user of the machine can reach the loopback address; only who started
/// the sandbox has the token.
/// </summary>
internal static class ControlToken
{
    public const string Header = "X-Sandbox-Token";

    private const int Bytes = 16;

    /// <summary>A new token: 32 hexadecimal digits.</summary>
    public static string Create() => RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true);

    /// <summary>Whether a request has the token. The comparison takes the same time wherever the two differ.</summary>
    public static bool Matches(string token, string? sent)
        => sent is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(sent));
}
