using System.Text;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Http;

/// <summary>A request as the services see it: whole body, raw path, decoded query, and whose it is.</summary>
internal sealed class ApiRequest
{
    public required string Method { get; init; }

    /// <summary>The path as it was sent, still encoded; signatures are computed over it.</summary>
    public required string RawPath { get; init; }

    public required string Host { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    public required string Id { get; init; }

    /// <summary>The query's parameters; a name without a value has the empty string.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>The content of the Authorization header; <see langword="null"/> when there is none.</summary>
    public SignatureHeader? Signature { get; init; }

    /// <summary>The Region that the request was signed for, or the sandbox's own.</summary>
    public required string Region { get; init; }

    /// <summary>The identity of the caller.</summary>
    public required RequestCaller Caller { get; init; }

    public string Account => Caller.AccountId;

    public string BodyText => Encoding.UTF8.GetString(Body);

    public bool HasQuery(string name)
    {
        foreach (var (key, _) in Query)
        {
            if (key == name)
            {
                return true;
            }
        }

        return false;
    }

    public string? QueryValue(string name)
    {
        foreach (var (key, value) in Query)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
