using LogDelivery.Patterns;
using Xunit;

namespace LogDelivery.Tests.Patterns;

/// <summary>What CloudWatch Logs refuses is refused, at the column where it stops being a pattern.</summary>
public sealed class RefusedPatternTests
{
    [Theory]
    [InlineData("Status: timeout", 7)]
    [InlineData("a,b", 2)]
    [InlineData("user@example.com", 5)]
    [InlineData("\"event\": \"x\"", 8)]
    [InlineData("ERROR (reason", 7)]
    [InlineData("ERROR [x]", 7)]
    [InlineData("ERROR 4*", 8)]
    [InlineData("ERROR -", 8)]
    [InlineData("ERROR ? x", 8)]
    [InlineData("\"no end", 1)]
    [InlineData("ERROR \"no end\\\"", 7)]
    [InlineData("-\" \"", 2)]
    [InlineData("500%", 4)]
    [InlineData("café", 4)]
    public void Text(string pattern, int column) => Refuse(pattern, column);

    [Theory]
    [InlineData("%something!%", 11)]
    [InlineData("%(a|b)%", 2)]
    [InlineData(@"%\(a\)%", 2)]
    [InlineData("%no end", 1)]
    [InlineData("%%", 1)]
    [InlineData("%é%", 2)]
    [InlineData("%[a%", 2)]
    [InlineData("%[]%", 2)]
    [InlineData("%[z-a]%", 3)]
    [InlineData("%*a%", 2)]
    [InlineData("%a**%", 4)]
    [InlineData("%a{2}{3}%", 6)]
    [InlineData("%a{3,2}%", 3)]
    [InlineData("%a{3,%", 3)]
    [InlineData("%a{x}%", 3)]
    [InlineData("%a{}%", 3)]
    [InlineData("%a{,}%", 3)]
    [InlineData("%^*a%", 2)]
    [InlineData(@"%\b%", 2)]
    [InlineData(@"%\p%", 2)]
    [InlineData(@"%\x4%", 2)]
    [InlineData(@"%\xE9%", 2)]
    [InlineData("%a\tb%", 3)]
    [InlineData("%a{2000}b%", 1)]
    [InlineData("%a{99999999999}%", 3)]
    public void RegularExpressions(string pattern, int column) => Refuse(pattern, column);

    [Theory]
    [InlineData("{", 2)]
    [InlineData("{}", 2)]
    [InlineData("{ }", 3)]
    [InlineData("{ $.a = 1", 10)]
    [InlineData("{ $.a = 1 } x", 13)]
    [InlineData("{ $.a = 1 }}", 12)]
    [InlineData("{ a = 1 }", 3)]
    [InlineData("{ .a = 1 }", 3)]
    [InlineData("{ $ = 1 }", 4)]
    [InlineData("{ $a = 1 }", 4)]
    [InlineData("{ $. = 1 }", 5)]
    [InlineData("{ $.a. = 1 }", 7)]
    [InlineData("{ $..a = 1 }", 5)]
    [InlineData("{ $.a }", 7)]
    [InlineData("{ $.a = }", 9)]
    [InlineData("{ $.a 1 }", 7)]
    [InlineData("{ $.a == 1 }", 7)]
    [InlineData("{ $.a => 1 }", 7)]
    [InlineData("{ $.a <> 1 }", 7)]
    [InlineData("{ $.a ! 1 }", 7)]
    [InlineData("{ $.a = 1 && }", 14)]
    [InlineData("{ $.a = 1 || }", 14)]
    [InlineData("{ && $.a = 1 }", 3)]
    [InlineData("{ $.a = 1 & $.b = 1 }", 11)]
    [InlineData("{ $.a = 1 | $.b = 1 }", 11)]
    [InlineData("{ $.a = 1 AND $.b = 1 }", 11)]
    [InlineData("{ $.a = 1, $.b = 2 }", 10)]
    [InlineData("{ ($.a = 1 }", 12)]
    [InlineData("{ $.a = 1) }", 10)]
    [InlineData("{ () }", 4)]
    [InlineData("{ !($.a = 1) }", 3)]
    [InlineData("{ $.a EXISTS }", 7)]
    [InlineData("{ $.a IS NOT NULL }", 10)]
    [InlineData("{ $.a IS MAYBE }", 10)]
    [InlineData("{ $.a IS }", 10)]
    [InlineData("{ $.a is null }", 7)]
    [InlineData("{ $.a NOT }", 11)]
    [InlineData("{ $.a NOT NULL }", 11)]
    [InlineData("{ $.a > \"1\" }", 9)]
    [InlineData("{ $.a >= abc }", 10)]
    [InlineData("{ $.a > %1% }", 9)]
    [InlineData("{ $.a < 1* }", 9)]
    [InlineData("{ $.a < .5 }", 9)]
    [InlineData("{ $.a < 5. }", 9)]
    [InlineData("{ $.a < 1e }", 9)]
    [InlineData("{ $.a = \"no end }", 9)]
    [InlineData("{ $.a = 'x' }", 9)]
    [InlineData("{ $.a = a:b }", 10)]
    [InlineData("{ $.a = a/b }", 10)]
    [InlineData("{ $.a = a+b }", 10)]
    [InlineData("{ $.a = $.b }", 9)]
    [InlineData("{ $.a = é }", 9)]
    [InlineData("{ $.\"detail-type\" = 1 }", 5)]
    [InlineData("{ $.@timestamp = 1 }", 5)]
    [InlineData("{ $.a/b = 1 }", 6)]
    [InlineData("{ $[0] = 1 }", 4)]
    [InlineData("{ $.[0] = 1 }", 5)]
    [InlineData("{ $[*] = 1 }", 4)]
    [InlineData("{ $.a[x] = 1 }", 7)]
    [InlineData("{ $.a[-1] = 1 }", 7)]
    [InlineData("{ $.a[] = 1 }", 7)]
    [InlineData("{ $.a[0 = 1 }", 8)]
    [InlineData("{ $.x[99999999999999999999] = 1 }", 7)]
    [InlineData("{ $.['a = 1 }", 6)]
    [InlineData("{ $.*.b.* = 1 }", 3)]
    [InlineData("{ $.a[*].b[*] = 1 }", 3)]
    [InlineData("{ $.a[*] = 1 && $.* = 2 && $.b[*] = 3 && $.c[*] = 4 }", 42)]
    [InlineData("{ $.a = %x% && $.b = %y% && $.c = %z% }", 29)]
    [InlineData("{ $.a = 1 // note\n }", 11)]
    public void Json(string pattern, int column) => Refuse(pattern, column);

    [Theory]
    [InlineData("[", 2)]
    [InlineData("[a, b", 6)]
    [InlineData("[a, b] c", 8)]
    [InlineData("[a b]", 4)]
    [InlineData("[a = ]", 6)]
    [InlineData("[a = 1 ||]", 10)]
    [InlineData("[= 1]", 2)]
    [InlineData("[1a]", 2)]
    [InlineData("[a, ..., b, ...]", 13)]
    [InlineData("[a, b, a = 1]", 8)]
    [InlineData("[a, b = x || c = y]", 14)]
    [InlineData("[status_code = 4* && bytes > 1000]", 22)]
    [InlineData("[(a = 1)]", 2)]
    [InlineData("[a > x]", 6)]
    [InlineData("[a > \"1\"]", 6)]
    [InlineData("[a = x:y]", 7)]
    [InlineData("[a = \"x]", 6)]
    [InlineData("[a=%x%, b=%y%, c=%z%]", 16)]
    [InlineData("[w1=*Pipeline*][w2=*Failed*]", 16)]
    public void Delimited(string pattern, int column) => Refuse(pattern, column);

    [Fact]
    public void TooLong()
    {
        Assert.True(FilterPattern.Parse(new string('a', PatternLimits.Length)).Matches(new string('a', PatternLimits.Length)));
        Refuse(new string('a', PatternLimits.Length + 1), PatternLimits.Length + 1);
        // A character beyond the basic plane is one character.
        Assert.NotNull(FilterPattern.Parse($"\"{string.Concat(Enumerable.Repeat("🔥", PatternLimits.Length - 2))}\""));
    }

    [Fact]
    public void TheMessageNamesColumnAndWhatWasExpected()
    {
        Assert.False(FilterPattern.TryParse("{ $.a = a:b }", out _, out var error));
        Assert.StartsWith("Invalid filter pattern at column 10: ':' stands in a value without quotes", error.Message, StringComparison.Ordinal);
        Assert.Equal("{ $.a = a:b }", error.Pattern);
    }

    private static void Refuse(string pattern, int column)
    {
        var error = Assert.Throws<FilterPatternException>(() => FilterPattern.Parse(pattern));
        Assert.Equal(column, error.Column);
    }
}
