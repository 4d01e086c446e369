using System.Text.Json;
using LogDelivery.Patterns;
using Xunit;

namespace LogDelivery.Tests.Patterns;

/// <summary>Patterns, events and verdicts from the published pages and from answers of TestMetricFilter.</summary>
public sealed class PublishedCaseTests
{
    public static TheoryData<int, string> Cases()
    {
        var data = new TheoryData<int, string>();
        var lines = Lines();
        for (var i = 0; i < lines.Length; i++)
        {
            if (JsonDocument.Parse(lines[i]).RootElement is var one && one.GetProperty("decided").GetBoolean())
            {
                data.Add(i, one.GetProperty("pattern").GetString()!);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees(int line, string text)
    {
        var one = JsonDocument.Parse(Lines()[line]).RootElement;
        var valid = FilterPattern.TryParse(text, out var pattern, out _);
        Assert.Equal(one.GetProperty("valid").GetBoolean(), valid);
        if (one.GetProperty("event").GetString() is not { } message)
        {
            return;
        }

        Assert.Equal(one.GetProperty("match").GetBoolean(), pattern!.Matches(message));
        Assert.Equal(one.GetProperty("match").GetBoolean(), FilterPattern.Parse(pattern.ToString()).Matches(message));
        if (one.TryGetProperty("extracted", out var extracted))
        {
            Assert.Equal(
                extracted.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()),
                pattern.Extract(message).ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        }
    }

    private static string[] Lines() => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Patterns", "cases.jsonl"));
}
