using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LogDelivery.Sandbox.Http;

namespace LogDelivery.Sandbox.Services;

/// <summary>
/// As much of the filter pattern language as tests of deliveries need: terms that must occur, and
/// <c>{ $.a.b = "text" }</c> or <c>!=</c>.
/// </summary>
internal sealed partial class SimplePattern
{
    private readonly string[] terms = [];
    private readonly Match? comparison;

    public SimplePattern(string pattern)
    {
        if (!pattern.TrimStart().StartsWith('{'))
        {
            terms = [.. Term().Matches(pattern).Select(m => m.Groups["quoted"].Success ? m.Groups["quoted"].Value : m.Value)];
            return;
        }

        comparison = Comparison().Match(pattern);
        if (!comparison.Success)
        {
            throw new ApiException("InvalidParameterException", $"The sandbox understands terms and {{ $.member = \"text\" }} only, not: {pattern}");
        }
    }

    public bool Matches(string message)
    {
        if (comparison is null)
        {
            return Array.TrueForAll(terms, t => message.Contains(t, StringComparison.Ordinal));
        }

        try
        {
            var node = comparison.Groups["path"].Value.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(JsonNode.Parse(message), (n, name) => (n as JsonObject)?[name]);
            var isEqual = node is JsonValue && node.ToString() == comparison.Groups["value"].Value;
            return node is not null && isEqual == (comparison.Groups["operator"].Value == "=");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex("""^\s*\{\s*\(?\s*\$(?<path>(\.[A-Za-z0-9_-]+)+)\s*(?<operator>!?=)\s*"?(?<value>[^"]*?)"?\s*\)?\s*\}\s*$""")]
    private static partial Regex Comparison();

    [GeneratedRegex("""
        "(?<quoted>[^"]*)"|\S+
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Term();
}
