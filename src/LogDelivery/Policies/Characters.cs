using System.Buffers;

namespace LogDelivery.Policies;

/// <summary>The alphabets of the policy language.</summary>
internal static class Characters
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    public static readonly SearchValues<char> ServicePrefix = SearchValues.Create(Letters + Digits + "-");

    public static readonly SearchValues<char> ActionPattern = SearchValues.Create(Letters + Digits + "*?-_");

    public static readonly SearchValues<char> UniqueId = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ" + Digits);

    public static readonly SearchValues<char> Base64 = SearchValues.Create(Letters + Digits + "+/=");

    public static readonly SearchValues<char> IPv6 = SearchValues.Create(Digits + "abcdefABCDEF:.");
}
