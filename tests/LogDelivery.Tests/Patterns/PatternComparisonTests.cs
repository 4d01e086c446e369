using LogDelivery.Patterns;
using Xunit;

namespace LogDelivery.Tests.Patterns;

/// <summary>Patterns that say the same in other words are the same; others have an event between them.</summary>
public sealed class PatternComparisonTests
{
    [Theory]
    [InlineData("{ $.a = \"x\" && $.b = 1 }", "{($.b=1)&&($.a=x)}")]
    [InlineData("{ $.a = x || ($.a = x && $.b = y) }", "{ $.a = x }")]
    [InlineData("{ ($.a = x || $.b = y) && $.c = z }", "{ ($.a = x && $.c = z) || ($.b = y && $.c = z) }")]
    [InlineData("{ $.a > 5 || $.a <= 5 }", "{ $.a >= 5 || $.a < 5 }")]
    [InlineData("{ $.a = 1 && $.a = 2 }", "{ $.b = \"x\" && $.b IS NULL }")]
    [InlineData("{ $.a >= 10 }", "{ $.a > 10 || $.a = 1e1 && $.a < 11 }")]
    [InlineData("{ $.a = *b* }", "{ $.a = %b% }")]
    [InlineData("{ $.a = %^ab% }", "{ $.a = ab* }")]
    [InlineData("{ $.a = %^(% }", null)]
    [InlineData("{ $.a.b = x }", "{ $.a.b = x && $.a != y || $.a.b = x }")]
    [InlineData("{ $.a.b = x && $.a = y }", "{ $.c IS TRUE && $.c IS FALSE }")]
    [InlineData("{ $.a[1] = x && $.a[0] NOT EXISTS }", "{ $.c IS TRUE && $.c IS FALSE }")]
    [InlineData("{ $.['a'] NOT EXISTS }", "{ $.a NOT EXISTS }")]
    [InlineData("{ $.a[*] = x }", "{$.a[*]=\"x\"}")]
    [InlineData("ERROR WARN", "WARN ERROR")]
    [InlineData("ERROR ?WARN", "\"ERROR\"")]
    [InlineData("ERRORS", "ERROR ERRORS \" \"")]
    [InlineData("?ERROR ?ERRORS", "ERROR")]
    [InlineData("%a+b%", "ab")]
    [InlineData("", "\"\"")]
    [InlineData("-ERROR ERRORS", "x -x")]
    [InlineData("[a, b = x, c]", "[q,w=\"x\",e]")]
    [InlineData("[a, b = 1 || b = 2, c]", "[a, b = 2 || b = 1 && b < 5, c]")]
    [InlineData("[..., a]", "[..., b, ...]", false)]
    [InlineData("[a, ..., b]", "[x, y, ...]")]
    [InlineData("[a]", "[..., a]")]
    public void SaysThatTheyAreTheSame(string one, string? other, bool valid = true)
    {
        if (other is null || !valid)
        {
            Assert.Throws<FilterPatternException>(() => (FilterPattern.Parse(one), FilterPattern.Parse(other ?? one)));
            return;
        }

        Assert.Equal(PatternRelation.Equivalent, Compare(one, other).Relation);
        Assert.Equal(PatternRelation.Equivalent, Compare(other, one).Relation);
    }

    [Theory]
    [InlineData("{ $.a = x }", "{ $.a = y }")]
    [InlineData("{ $.a != x }", "{ $.a != x || $.a NOT EXISTS }")]
    [InlineData("{ $.a = 1 }", "{ $.a = 1.0 }")]
    [InlineData("{ $.a = 404 }", "{ $.a = \"404\" }")]
    [InlineData("{ $.a = true }", "{ $.a IS TRUE }")]
    [InlineData("{ $.a > 5 }", "{ $.a >= 5 }")]
    [InlineData("{ $.a > 5 }", "{ $.a > 5.0000000000000000000000001 }")]
    [InlineData("{ $.a = \"AccessDenied*\" }", "{ $.a = \"AccessDenied\" }")]
    [InlineData("{ $.a = *ab }", "{ $.a = %ab$% }")]
    [InlineData("{ $.a.b NOT EXISTS }", "{ $.a NOT EXISTS }")]
    [InlineData("{ $.a[*] = x }", "{ $.a[*] = y }")]
    [InlineData("{ $.a[*] != x }", "{ $.a[0] != x }")]
    [InlineData("{ $.errorCode = AccessDenied }", "AccessDenied")]
    [InlineData("{ $.a = 1 || $.b = 2 && $.c = 3 }", "{ ($.a = 1 || $.b = 2) && $.c = 3 }")]
    [InlineData("ERROR", "error")]
    [InlineData("ERROR", "\"ERROR \"")]
    [InlineData("?a ?b", "a b")]
    [InlineData("server ?ERROR", "server ERROR")]
    [InlineData("%^a%", "a")]
    [InlineData("", "{ $.a = 1 }")]
    [InlineData("", "[]", false)]
    [InlineData("[a]", "[a, b]")]
    [InlineData("[a = x, b]", "[a = x, ...]")]
    [InlineData("[a, b = x]", "[a, b = x, ...]")]
    [InlineData("[a > 5, b]", "[a >= 5, b]")]
    [InlineData("[..., a = x]", "[a = x, ...]")]
    public void GivesAnEventThatOnlyOneSelects(string one, string other, bool different = true)
    {
        var comparison = Compare(one, other);
        if (!different)
        {
            Assert.NotEqual(PatternRelation.Different, comparison.Relation);
            return;
        }

        Assert.Equal(PatternRelation.Different, comparison.Relation);
        Assert.Equal(comparison.IsMatchedByReference, FilterPattern.Parse(one).Matches(comparison.Witness!));
        Assert.Equal(!comparison.IsMatchedByReference, FilterPattern.Parse(other).Matches(comparison.Witness!));
    }

    [Fact]
    public void GivesUpWithoutAnAnswerWhenTheEffortIsSmall()
        => Assert.Equal(PatternRelation.Unknown, PatternComparison.Compare(FilterPattern.Parse("{ $.a = x }"), FilterPattern.Parse("{ $.a = y }"), effort: 1).Relation);

    [Fact]
    public void IsRightAboutRandomPatterns()
    {
        var told = 0;
        var count = LongForm.IsOn ? 20_000 : 300;
        for (var seed = 0; seed < count; seed++)
        {
            var random = new RandomPatternModel(seed);
            var model = random.Pattern();
            var one = FilterPattern.Parse(model.Write(random.Random));
            if (!FilterPattern.TryParse(random.Random.Next(3) == 0 ? random.Pattern().Write(random.Random) : random.Mutate(one.Text), out var other, out _))
            {
                continue;
            }

            var comparison = PatternComparison.Compare(one, other, effort: 200_000);
            told += comparison.Relation == PatternRelation.Unknown ? 0 : 1;
            if (comparison.Relation == PatternRelation.Different)
            {
                Assert.True(one.Matches(comparison.Witness!) != other.Matches(comparison.Witness!), $"seed {seed}: {one} and {other} on {comparison.Witness}");
            }

            for (var i = 0; i < 50 && comparison.Relation == PatternRelation.Equivalent; i++)
            {
                var message = random.Event(model);
                Assert.True(one.Matches(message) == other.Matches(message), $"seed {seed}: {one} and {other} on {message}");
            }
        }

        Assert.True(told > count / 3, $"only {told} were told");
    }

    private static PatternComparison Compare(string one, string other) => PatternComparison.Compare(FilterPattern.Parse(one), FilterPattern.Parse(other));
}
