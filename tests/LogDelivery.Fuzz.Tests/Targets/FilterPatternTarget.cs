using System.Text;
using LogDelivery.Patterns;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>A filter pattern, another one, a selector, and an event.</summary>
internal sealed class FilterPatternTarget : IFuzzTarget
{
    private const long Effort = 20_000;

    public string Name => "FilterPattern";

    public int Share => 50;

    public IEnumerable<byte[]> Seeds =>
    [
        Parts.Join("{ ($.eventName = \"PutObject\") && ($.errorCode = \"*AccessDenied\" || $.n[0].b >= -1.5e2) && $.x IS NULL }", "{ $.eventName = PutObject }", "$.n[0].b", """{"eventName":"PutObject","errorCode":"AccessDenied","n":[{"b":7}],"x":null}"""),
        Parts.Join("{ $.a.* = %^10\\.0\\.[0-9]{1,3}$% || $.b NOT EXISTS || $['c d'] != 'x' }", "{ $.a = * }", "$.a", """{"a":{"b":"10.0.1"},"c d":"y"}"""),
        Parts.Join("[ip, user!=root, ..., status=4* || status=%5[0-9]{2}%, size>1000]", "[a, b, status=404]", "$status", "127.0.0.1 frank [10/Oct/2000:13:25:34 -0700] \"GET /a HTTP/1.0\" 404 1534"),
        Parts.Join("?ERROR ?\"not found\" -exit WARN %[0-9]+ms%", "ERROR", "$1", "[ERROR 400] BAD REQUEST took 12ms"),
        Parts.Join(string.Empty, "\"\"", "$.[0]", "text"),
    ];

    public void Run(byte[] input, Screen screen)
    {
        var parts = Parts.Split(input, 4);
        var message = parts[3];
        var patterns = new List<FilterPattern>();
        foreach (var text in parts.Take(2).Select(Parts.Text).Append(Parts.Utf16(parts[0])))
        {
            if (!FilterPattern.TryParse(text, out var pattern, out var error))
            {
                screen.Show(error.Message);
                continue;
            }

            patterns.Add(pattern);
            Ask(pattern, message, screen);
        }

        EventSelector? selector = null;
        try
        {
            selector = EventSelector.Parse(Parts.Text(parts[2]));
        }
        catch (FilterPatternException exception)
        {
            screen.Show(exception.Message);
        }

        if (patterns.Count > 0)
        {
            screen.Show(selector?.Read(message, patterns[0]));
            screen.Show(PatternComparison.Compare(patterns[0], patterns[^1], Effort).Witness);
        }
    }

    private static void Ask(FilterPattern pattern, byte[] message, Screen screen)
    {
        var explanation = pattern.Explain(message);
        if (explanation.Matches != pattern.Matches(message))
        {
            throw new InvalidOperationException($"{pattern} is explained as {explanation.Matches}, and is not.");
        }

        screen.Show(explanation.Failures);
        screen.Show(pattern.Notices);
        screen.Show(pattern.Extract(Encoding.UTF8.GetString(message)).Select(p => $"{p.Key}={p.Value}"));
        screen.Show(pattern.ToString());
    }
}
