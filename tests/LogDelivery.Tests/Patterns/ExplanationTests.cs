using LogDelivery.Patterns;
using Xunit;

namespace LogDelivery.Tests.Patterns;

/// <summary>The first part that fails is named, with what the event has instead.</summary>
public sealed class ExplanationTests
{
    [Theory]
    [InlineData("{ $.a = 1 && $.b = 2 && $.c = 3 }", """{"a":1,"b":5,"c":9}""", 14, "$.b = 2", "$.b is 5.")]
    [InlineData("{ $.a = 1 && ($.b = 2 || $.c = 3) }", """{"a":1,"b":5,"c":9}""", 15, "$.b = 2", "$.b is 5.")]
    [InlineData("{ $.v NOT EXISTS }", """{"v":null}""", 3, "$.v NOT EXISTS", "$.v is null.")]
    [InlineData("{ $.a != \"x\" }", "{}", 3, "$.a != \"x\"", "$.a is absent, and != holds only of a string or number that is there.")]
    [InlineData("{ $.a = 1 }", """{"a":[1]}""", 3, "$.a = 1", "$.a is an array, and a comparison holds only of strings and numbers.")]
    [InlineData("{ $.a > 1 }", """{"a":"2"}""", 3, "$.a > 1", "$.a is \"2\", and > holds only of numbers, not of numbers in quotes.")]
    [InlineData("{ $.a = 1 }", "a=1", 1, "{ $.a = 1 }", "The event is not JSON: line 1, byte 1.")]
    [InlineData("{ $.a = 1 }", "[1]", 1, "{ $.a = 1 }", "The event is JSON, but not an object: it is an array.")]
    [InlineData("ERROR WARN -x", "an ERROR", 7, "WARN", "The event does not hold it; letters count as they are written.")]
    [InlineData("ERROR -\"b c\"", "ERROR a b c", 7, "-\"b c\"", "The event holds it.")]
    [InlineData("?A ?B", "c", 1, "?A", "The event does not hold it; letters count as they are written.")]
    [InlineData("%^a%", "b", 1, "%^a%", "Nothing in the event fits it.")]
    [InlineData("[a, b, c]", "one two", 1, "[a, b, c]", "The event has 2 fields, and the pattern needs 3.")]
    [InlineData("[a = x, b = 4*, c]", "x 200 y", 9, "b = \"4*\"", "$b is \"200\".")]
    [InlineData("[a = x]", "x y", 2, "a = \"x\"", "$a is \"x y\", for the last place stands for the rest of the event; the field alone is \"x\".")]
    public void NamesTheFirstFailure(string pattern, string message, int column, string expression, string reason)
    {
        var explanation = FilterPattern.Parse(pattern).Explain(message);
        Assert.False(explanation.Matches);
        Assert.Equal((expression, column, reason), (explanation.FirstFailure!.Expression, explanation.FirstFailure.Column, explanation.FirstFailure.Reason));
    }

    [Fact]
    public void ListsEveryAlternative()
        => Assert.Equal(["$.a = 1", "$.b = 2"], FilterPattern.Parse("{ $.c = 3 && ($.a = 1 || $.b = 2) }").Explain("""{"c":3}""").Failures.Select(failure => failure.Expression));

    [Theory]
    [InlineData("{ $.a != x }", "3: $.a != \"x\" is false where")]
    [InlineData("{ $.a != x || $.a NOT EXISTS }", null)]
    [InlineData("{ $.a = true }", "3: This compares with the text")]
    [InlineData("{ $.a = a*b }", "3: '*' between")]
    [InlineData("{ $.a = a* }", null)]
    [InlineData(" { $.a = 1 }", "1: Blanks stand around")]
    [InlineData("a ?b", "3: ?b has no effect")]
    [InlineData("?a ?b", null)]
    [InlineData("ERROR %[0-9]%", "7: AWS documents")]
    [InlineData("[ERROR]", "1: No field has a condition")]
    [InlineData("[w1 = ERROR]", "2: w1 is the last place")]
    [InlineData("[w1 = ERROR, w2]", null)]
    public void NoticesWhatSurprises(string pattern, string? notice)
    {
        var notices = FilterPattern.Parse(pattern).Notices;
        if (notice is null)
        {
            Assert.Empty(notices);
            return;
        }

        Assert.StartsWith("column " + notice, Assert.Single(notices).ToString(), StringComparison.Ordinal);
    }
}
