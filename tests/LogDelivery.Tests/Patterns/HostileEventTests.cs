using System.Text;
using System.Text.Json;
using LogDelivery.Json;
using LogDelivery.Patterns;
using Xunit;

namespace LogDelivery.Tests.Patterns;

/// <summary>No event stops the evaluation or makes it run away. One that took time by the square would not end within the test run.</summary>
public sealed class HostileEventTests
{
    private const int Large = 1 << 20;

    [Fact]
    public void Depth()
    {
        var pattern = FilterPattern.Parse("{ $.a NOT EXISTS }");
        Assert.True(pattern.Matches($"{{\"b\":{new string('[', Large)}{new string(']', Large)}}}"));
        Assert.False(pattern.Matches($"{{\"b\":{new string('[', Large)}}}"));
        Assert.True(pattern.Matches(string.Concat(Enumerable.Repeat("{\"b\":", 100_000)) + "{}" + new string('}', 100_000)));
        Assert.False(pattern.Matches(new string('{', Large)));
        Assert.False(pattern.Explain($"{{\"b\":{new string('[', Large)}}}").Matches);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("[")]
    [InlineData("\"[")]
    [InlineData("[\"")]
    [InlineData("a\" ")]
    [InlineData(" ")]
    [InlineData("\\")]
    [InlineData("*")]
    [InlineData("ab")]
    public void ManyOfOneKind(string piece)
    {
        var message = string.Concat(Enumerable.Repeat(piece, Large / piece.Length));
        foreach (var text in (string[])["[a, b = *c, ..., d = \"x*y*z\"]", "[..., a = %^a*a*a*a*b$%]", "%a*a*a*a*a*c%", "%(a|b)*c%", "%[ab]*[ab]*[ab]*c|ab*ab*ab*d$%", "{ $.* = \"*a*b*c\" }", "zz -yy"])
        {
            if (FilterPattern.TryParse(text, out var pattern, out _))
            {
                Assert.False(pattern.Matches(message) && text != "zz -yy" && pattern.Kind == FilterPatternKind.Json);
                Assert.False(pattern.Matches($"{{\"a\":{JsonSerializer.Serialize(message)}"));
            }
        }
    }

    [Fact]
    public void ManyMembersOfOneName()
    {
        var message = "{" + string.Concat(Enumerable.Repeat("\"a\":1,", 100_000)) + "\"a\":2}";
        Assert.True(FilterPattern.Parse("{ $.a = 2 }").Matches(message));
        Assert.False(FilterPattern.Parse("{ $.a = 1 }").Matches(message));
        Assert.True(FilterPattern.Parse("{ $.* = 1 }").Matches(message));
    }

    [Theory]
    [InlineData("""{"a":{"b":1},"a":{"c":1}}""", "{ $.a.b NOT EXISTS }", true)]
    [InlineData("""{"a":{"b":1},"a":5}""", "{ $.a.b = 1 }", false)]
    [InlineData("""{"l":[{"x":1,"x":2},{"x":3}]}""", "{ $.l[*].x = 1 }", false)]
    [InlineData("""{"l":[{"x":1},{"x":2,"x":3}]}""", "{ $.l[*].x = 1 }", true)]
    [InlineData("""{"\u0061":1}""", "{ $.a = 1 }", true)]
    [InlineData("""{"a":"\ud83d\udd25"}""", "{ $.a = \"🔥\" }", true)]
    [InlineData("""{"a":"\ud83d"}""", "{ $.a = \"*\" }", true)]
    [InlineData("""{"a":"x\ty"}""", "{ $.a = %x\\sy% }", true)]
    [InlineData("{\"a\":\"x\ty\"}", "{ $.a = * }", false)]
    [InlineData("""{"a":01}""", "{ $.a = * }", false)]
    [InlineData("""{"a":1.}""", "{ $.a = * }", false)]
    [InlineData("""{"a":NaN}""", "{ $.b NOT EXISTS }", false)]
    [InlineData("""{"a":1,}""", "{ $.a = 1 }", false)]
    [InlineData("""{'a':1}""", "{ $.a = 1 }", false)]
    [InlineData("""{"a":1}{"a":1}""", "{ $.a = 1 }", false)]
    [InlineData("[{\"a\":1}]", "{ $.a NOT EXISTS }", false)]
    [InlineData("\uFEFF{\"a\":1}", "{ $.a = 1 }", false)]
    [InlineData(" \r\n{\"a\":1}\n", "{ $.a = 1 }", true)]
    [InlineData("""{"a":100000000000000000000000000000000000001}""", "{ $.a > 100000000000000000000000000000000000000 }", true)]
    [InlineData("""{"a":1e999999999999999999999}""", "{ $.a > 1e999999999 }", true)]
    [InlineData("""{"a":-0.0}""", "{ $.a = 0 }", true)]
    public void OddJson(string message, string pattern, bool matches) => Assert.Equal(matches, FilterPattern.Parse(pattern).Matches(message));

    [Fact]
    public void BrokenLettersAreShownAsReplaced()
    {
        var pattern = FilterPattern.Parse("{ $.b = 1 }");
        byte[] invalid = [.. "{\"a\":\"x"u8, 0xc3, .. "\",\"b\":\""u8, 0x80, .. "\"}"u8];
        Assert.Equal("x\ufffd", EventSelector.Parse("$.a").Read(invalid, pattern));
        Assert.Contains("\ufffd", pattern.Explain(invalid).FirstFailure!.Reason, StringComparison.Ordinal);
        var halves = """{"\ud83d":1,"b\udcc4":2,"a":"\ud83d\ud83d\udcc4 \\ud83d"}"""u8;
        Assert.Equal("\ufffd\ud83d\udcc4 \\ud83d", EventSelector.Parse("$.a").Read(halves, pattern));
        Assert.Null(EventSelector.Parse("$.b").Read(halves, pattern));
        Assert.False(pattern.Explain(halves).Matches);
    }

    [Fact]
    public void TakesForJsonWhatSystemTextJsonTakes()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new RandomPatternModel(seed);
            var bytes = Encoding.UTF8.GetBytes(random.Mutate(random.Event(new JsonModel(new ConditionModel(["a"], "IS NULL", null)))));
            Assert.True(IsJson(bytes) == JsonScanner.IsJson(bytes), $"seed {seed}: {Encoding.UTF8.GetString(bytes)}");
        }
    }

    private static bool IsJson(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        try
        {
            while (reader.Read())
            {
            }

            return bytes.Length > 0 && reader.BytesConsumed == bytes.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
