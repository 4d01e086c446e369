using System.IO.Enumeration;
using LogDelivery.Policies;

namespace LogDelivery.Logs.Access;

/// <summary>
/// Callers to leave out. Each entry is one of these: an ARN of an identity or of the role of a session, an address or a
/// range of them, a VPC endpoint, an account, a service, a kind of caller (<c>Athena</c>), or a kind and a name
/// (<c>Lambda:report</c>). In all but addresses <c>*</c> and <c>?</c> are wildcards. The user agent does not identify a
/// caller.
/// </summary>
internal sealed class KnownCallers
{
    private readonly List<IpRange> ranges = [];
    private readonly List<string> patterns = [];
    private readonly List<(S3CallerKind Kind, string Name)> kinds = [];

    /// <summary>Parses the callers to leave out.</summary>
    /// <param name="callers">The callers.</param>
    /// <exception cref="ArgumentException">An entry is empty or an invalid address range.</exception>
    public KnownCallers(IEnumerable<string> callers)
    {
        ArgumentNullException.ThrowIfNull(callers);
        foreach (var caller in callers.Select(c => c.Trim()))
        {
            Add(caller);
        }
    }

    internal bool IsEmpty => ranges.Count == 0 && patterns.Count == 0 && kinds.Count == 0;

    internal bool Contain(S3Request request, CallerClass caller)
        => kinds.Any(k => k.Kind == caller.Kind && (k.Name == "*" || (caller.Name is { } name && Fits(k.Name, name))))
            || (ranges.Count > 0 && IpRange.TryParse(request.SourceAddress ?? string.Empty, out var address) && ranges.Any(r => r.Contains(address)))
            || patterns.Any(p => Names(request).Any(n => Fits(p, n)));

    private static IEnumerable<string> Names(S3Request request)
        => new[] { request.Arn, request.RoleArn, request.AccountId, request.VpcEndpointId, request.ServiceName }.OfType<string>();

    private static bool Fits(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), text, ignoreCase: true);

    private void Add(string caller)
    {
        if (caller.Length == 0)
        {
            throw new ArgumentException("A caller to leave out is empty.");
        }

        var colon = caller.IndexOf(':', StringComparison.Ordinal);
        if (Enum.TryParse<S3CallerKind>(colon < 0 ? caller : caller[..colon], ignoreCase: true, out var kind) && !char.IsAsciiDigit(caller[0]))
        {
            kinds.Add((kind, colon < 0 ? "*" : caller[(colon + 1)..]));
        }
        else if (IpRange.TryParse(caller, out var range))
        {
            ranges.Add(range);
        }
        else if (caller.Contains('/', StringComparison.Ordinal) && !caller.StartsWith("arn:", StringComparison.Ordinal) && !caller.Contains('*', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{caller}' is neither an ARN nor a range of addresses such as 192.0.2.0/24.");
        }
        else
        {
            patterns.Add(caller);
        }
    }
}
