using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LogDelivery.Policies;

namespace LogDelivery.Tests.Policies;

/// <summary>
/// The grammar of policies once more, written for the tests on the in-box JSON reader and regular expressions, so that
/// the parser has something to be compared with. IAM user guide: reference_policies_grammar.
/// </summary>
internal static partial class GrammarCheck
{
    // The parser reads no deeper; nor does AWS need to.
    private const int MaxDepth = 32;

    /// <summary>What the grammar has against a document, or null.</summary>
    public static string? Problem(byte[] utf8, PolicyKind kind)
    {
        var limit = kind switch
        {
            PolicyKind.Bucket => 20 * 1024,
            PolicyKind.Key => 32 * 1024,
            _ => int.MaxValue,
        };
        if (utf8.Length > limit)
        {
            return "too large";
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            ReadAll(document.RootElement);
            return Duplicate(document.RootElement) ?? Document(document.RootElement, kind);
        }
        catch (JsonException)
        {
            return "no JSON";
        }
        catch (InvalidOperationException)
        {
            return "no Unicode";
        }
    }

    private static string? Document(JsonElement root, PolicyKind kind)
    {
        if (Names(root, "Version", "Id", "Statement") is { } problem)
        {
            return problem;
        }

        if (root.TryGetProperty("Version", out var version) && !(IsText(version) && version.GetString() is "2008-10-17" or "2012-10-17"))
        {
            return "Version";
        }

        if (root.TryGetProperty("Id", out var id) && !IsText(id))
        {
            return "Id";
        }

        // Variables are part of the language only since 2012.
        var variables = version.ValueKind == JsonValueKind.String && version.GetString() == "2012-10-17";
        return !root.TryGetProperty("Statement", out var statement) ? "no Statement"
            : statement.ValueKind == JsonValueKind.Array ? First(statement.EnumerateArray().Select(s => Statement(s, kind, variables)))
            : Statement(statement, kind, variables);
    }

    private static string? Statement(JsonElement statement, PolicyKind kind, bool variables)
        => Names(statement, "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition")
            ?? (statement.TryGetProperty("Sid", out var sid) && !IsText(sid) ? "Sid" : null)
            ?? (statement.TryGetProperty("Effect", out var effect) && IsText(effect) && effect.GetString() is "Allow" or "Deny" ? null : "Effect")
            ?? OneOf(statement, "Principal", true, e => Principal(e, kind))
            ?? OneOf(statement, "Action", true, e => Texts(e, t => Action(t, kind)))
            ?? OneOf(statement, "Resource", kind != PolicyKind.Any, e => Texts(e, t => Resource(t, kind)))
            ?? (statement.TryGetProperty("Condition", out var condition) ? Condition(condition, variables) : null);

    private static string? OneOf(JsonElement statement, string name, bool required, Func<JsonElement, string?> check)
        => (statement.TryGetProperty(name, out var plain), statement.TryGetProperty($"Not{name}", out var not)) switch
        {
            (true, true) => $"{name} and Not{name}",
            (true, false) => check(plain),
            (false, true) => check(not),
            _ => required ? $"no {name}" : null,
        };

    private static string? Principal(JsonElement principal, PolicyKind kind)
        => IsText(principal)
            ? principal.GetString() == "*" ? null : "Principal text"
            : Names(principal, "AWS", "Service", "Federated", "CanonicalUser")
                ?? First(principal.EnumerateObject().Select(p => Texts(p.Value, t => t.Length > 0 && (p.Name != "AWS" || AwsPrincipal(t, kind)))));

    // S3 and KMS take no wildcard in a principal, but the one that means everybody.
    private static bool AwsPrincipal(string text, PolicyKind kind)
        => AwsPrincipal().IsMatch(text) && (kind == PolicyKind.Any || text == "*" || !text.AsSpan().ContainsAny('*', '?'));

    private static bool Action(string text, PolicyKind kind)
        => text == "*" || (ActionName().IsMatch(text) && kind switch
        {
            PolicyKind.Bucket => text.StartsWith("s3:", StringComparison.OrdinalIgnoreCase),
            PolicyKind.Key => text.StartsWith("kms:", StringComparison.OrdinalIgnoreCase),
            _ => true,
        });

    private static bool Resource(string text, PolicyKind kind)
        => kind == PolicyKind.Bucket ? BucketResource().IsMatch(text) : text.Length > 0;

    private static string? Condition(JsonElement block, bool variables)
    {
        if (block.ValueKind != JsonValueKind.Object)
        {
            return "Condition";
        }

        foreach (var op in block.EnumerateObject())
        {
            var match = Operator().Match(op.Name);
            if (!match.Success || op.Value.ValueKind != JsonValueKind.Object)
            {
                return $"operator {op.Name}";
            }

            foreach (var key in op.Value.EnumerateObject())
            {
                var values = key.Value.ValueKind == JsonValueKind.Array ? key.Value.EnumerateArray().ToArray() : [key.Value];
                if (!key.Name.Contains(':', StringComparison.Ordinal) || !values.All(v => ConditionValue(v, match, variables)))
                {
                    return $"condition {op.Name} {key.Name}";
                }
            }
        }

        return null;
    }

    private static bool ConditionValue(JsonElement value, Match op, bool variables)
    {
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
        {
            return false;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        bool Is(string group) => op.Groups[group].Success;
        return Is("text")
            || (Is("number") && Number().IsMatch(text) && double.IsFinite(double.Parse(text, CultureInfo.InvariantCulture)))
            || (Is("date") && Date(text))
            || (Is("bool") && (text.ToUpperInvariant() is "TRUE" or "FALSE" || (variables && text.StartsWith("${", StringComparison.Ordinal))))
            || (Is("null") && text.ToUpperInvariant() is "TRUE" or "FALSE")
            || (Is("binary") && Base64().IsMatch(text))
            || (Is("ip") && Address(text));
    }

    private static bool Date(string text)
        => (IsoDate().IsMatch(text) && DateTimeOffset.TryParse(
                text.Length == 4 ? $"{text}-01" : text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out _))
            // Seconds since 1970, from the year 1 to the year 9999.
            || (Seconds().IsMatch(text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= -62135596800 and <= 253402300799);

    private static bool Address(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || !(V4().IsMatch(parts[0]) || V6().IsMatch(parts[0])) || !IPAddress.TryParse(parts[0], out var address))
        {
            return false;
        }

        var bits = address.GetAddressBytes().Length * 8;
        return parts.Length == 1 || (parts[1].Length > 0 && parts[1].All(char.IsAsciiDigit) && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var prefix) && prefix <= bits);
    }

    private static string? Names(JsonElement element, params string[] known)
        => element.ValueKind != JsonValueKind.Object ? $"no object: {element.ValueKind}"
            : element.EnumerateObject().Where(p => !known.Contains(p.Name)).Select(p => $"unknown element {p.Name}").FirstOrDefault();

    private static string? Texts(JsonElement element, Func<string, bool> check)
        => (element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().ToArray() : [element])
            .Where(e => !IsText(e) || !check(e.GetString()!)).Select(e => $"text {e.GetRawText()}").FirstOrDefault();

    private static string? First(IEnumerable<string?> problems) => problems.FirstOrDefault(p => p is not null);

    private static bool IsText(JsonElement element) => element.ValueKind == JsonValueKind.String;

    // To ask for a name or text that is no Unicode is an InvalidOperationException.
    private static void ReadAll(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    ReadAll(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadAll(item);
                }

                break;
        }
    }

    private static string? Duplicate(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().GroupBy(p => p.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"twice {g.Key}").FirstOrDefault()
            ?? First(element.EnumerateObject().Select(p => Duplicate(p.Value))),
        JsonValueKind.Array => First(element.EnumerateArray().Select(Duplicate)),
        _ => null,
    };

    [GeneratedRegex(@"^(\*|[0-9]{12}|A[A-Z0-9]{15,}|arn:[^:]+:[^:]+:[^:]*:[^:]*:.*)\z", RegexOptions.Singleline)]
    private static partial Regex AwsPrincipal();

    [GeneratedRegex(@"^[A-Za-z0-9-]+:[A-Za-z0-9*?_-]+\z")]
    private static partial Regex ActionName();

    // Six parts of the service S3 or of any; or fewer, where a wildcard may stand for the rest.
    [GeneratedRegex(@"^(\*|\$\{.*|arn:[^:]*:(s3|[^:]*[*?][^:]*):[^:]*:[^:]*:.*|(?=.*[*?$])arn(:[^:]*){1,4})\z", RegexOptions.Singleline)]
    private static partial Regex BucketResource();

    [GeneratedRegex(
        @"^((ForAllValues|ForAnyValue):)?(?:(?<text>String(Not)?Equals(IgnoreCase)?|String(Not)?Like|Arn(Not)?(Equals|Like))|(?<number>Numeric(Equals|NotEquals|(Less|Greater)Than(Equals)?))|(?<date>Date(Equals|NotEquals|(Less|Greater)Than(Equals)?))|(?<bool>Bool)|(?<binary>BinaryEquals)|(?<ip>(Not)?IpAddress))(IfExists)?\z|^(?<null>Null)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Operator();

    [GeneratedRegex(@"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{0,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?\z")]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)\z")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\z")]
    private static partial Regex Base64();

    [GeneratedRegex(@"^(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}\z")]
    private static partial Regex V4();

    [GeneratedRegex(@"^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\z")]
    private static partial Regex V6();
}
