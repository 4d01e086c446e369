using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LogDelivery.Policies;

namespace LogDelivery.Commands;

/// <summary>Makes requests of what a shell has: texts, hashtables, dates, Booleans.</summary>
internal static class RequestBuilder
{
    /// <summary>The principal that a text names: <c>*</c>, an account id, an ARN, a service, a canonical user.</summary>
    /// <exception cref="ArgumentException">The text names none.</exception>
    public static RequestPrincipal Principal(string text, PrincipalType? type) => type switch
    {
        PrincipalType.Anonymous => RequestPrincipal.Anonymous,
        PrincipalType.Aws => RequestPrincipal.Aws(text),
        PrincipalType.Service => RequestPrincipal.Service(text),
        PrincipalType.Federated => RequestPrincipal.Federated(text),
        PrincipalType.CanonicalUser => RequestPrincipal.CanonicalUser(text),
        _ when text == "*" => RequestPrincipal.Anonymous,
        _ when text.Contains(":saml-provider/", StringComparison.Ordinal) || text.Contains(":oidc-provider/", StringComparison.Ordinal) => RequestPrincipal.Federated(text),
        _ when text.StartsWith("arn:", StringComparison.Ordinal) || Arn.IsAccountId(text) => RequestPrincipal.Aws(text),
        _ when text.EndsWith(".amazonaws.com", StringComparison.Ordinal) || text.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal) => RequestPrincipal.Service(text),
        _ when text.Length == 64 && text.All(char.IsAsciiHexDigit) => RequestPrincipal.CanonicalUser(text),
        _ => throw new ArgumentException($"'{text}' is no principal: give '*', an account id, an ARN, a service principal such as cloudtrail.amazonaws.com, or PrincipalType as well."),
    };

    /// <summary>The context of a hashtable. A key without a value is absent, as are all that are not named.</summary>
    /// <exception cref="ArgumentException">A key is named twice.</exception>
    public static RequestContext Context(IDictionary context, IEnumerable<string> unknownKeys)
    {
        var entries = context.Cast<DictionaryEntry>()
            .Select(e => KeyValuePair.Create(Text(e.Key), Value(e.Value)))
            .Concat(unknownKeys.Select(k => KeyValuePair.Create(k, ContextValue.Unknown)));
        return new RequestContext(entries);
    }

    private static ContextValue Value(object? value) => Unwrap(value) switch
    {
        null => ContextValue.Absent,
        ContextValue known => known,
        string text => ContextValue.Of(text),
        IEnumerable values => ContextValue.Of([.. values.Cast<object?>().Select(Text)]),
        var other => ContextValue.Of(Text(other)),
    };

    private static string Text(object? value) => Unwrap(value) switch
    {
        null => string.Empty,
        bool truth => truth ? "true" : "false",
        DateTime time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
