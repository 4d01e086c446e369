using System.Net;

namespace LogDelivery.Sandbox.Http;

/// <summary>Parses queries and forms.</summary>
internal static class QueryText
{
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string text, bool plusIsSpace)
    {
        if (text.Length == 0)
        {
            return [];
        }

        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? string.Empty : part[(equals + 1)..];
            parameters.Add(new(Decode(name, plusIsSpace), Decode(value, plusIsSpace)));
        }

        return parameters;
    }

    private static string Decode(string text, bool plusIsSpace)
        => plusIsSpace ? WebUtility.UrlDecode(text) : text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
}
