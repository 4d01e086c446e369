using System.Globalization;
using System.Text.RegularExpressions;

namespace LogDelivery.Alarms;

/// <summary>Reads back from a pattern what a preset was made for.</summary>
internal static partial class PresetLimits
{
    public static PresetValues ReadFrom(string pattern, PresetValues values)
    {
        var limit = Limit().Match(pattern);
        return values with
        {
            LargerThan = limit.Success && long.TryParse(limit.Groups["bytes"].ValueSpan, CultureInfo.InvariantCulture, out var bytes) ? bytes : values.LargerThan,
            VpcEndpointIds = [.. Endpoint().Matches(pattern).Select(m => m.Groups["id"].Value)],
        };
    }

    [GeneratedRegex("""bytesTransferredOut\s*>\s*(?<bytes>[0-9]+)""")]
    private static partial Regex Limit();

    [GeneratedRegex("""vpcEndpointId\s*!=\s*"(?<id>vpce-[0-9A-Za-z]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Endpoint();
}
