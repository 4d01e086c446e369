using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Logs.Events;
using LogDelivery.Patterns;
using Xunit;

namespace LogDelivery.Tests.Patterns;

/// <summary>What holds of every pattern and event, tried on random ones; LOGDELIVERY_LONG=1 tries many more.</summary>
public sealed class PatternPropertyTests
{
    [Fact]
    public void MatchingEqualsThePlainestEvaluation()
    {
        var (patterns, events) = LongForm.IsOn ? (100_000, 10) : (3_000, 10);
        var matches = 0;
        for (var seed = 0; seed < patterns; seed++)
        {
            var random = new RandomPatternModel(seed);
            var model = random.Pattern();
            var text = model.Write(random.Random);
            Assert.True(FilterPattern.TryParse(text, out var pattern, out var error), $"seed {seed}: {text}\n{error?.Message}");
            var printed = FilterPattern.Parse(pattern.ToString());
            for (var i = 0; i < events; i++)
            {
                var message = random.Event(model);
                var expected = model.Matches(message);
                matches += expected ? 1 : 0;
                Assert.True(expected == pattern.Matches(message), $"seed {seed}: {text} should {(expected ? "" : "not ")}match {message}");
                Assert.True(expected == printed.Matches(message), $"seed {seed}: {pattern} (printed) should {(expected ? "" : "not ")}match {message}");
                var bytes = Encoding.UTF8.GetBytes(message);
                var entry = new LogEventEntry(bytes, 0, 1, bytes.AsSpan().Contains((byte)'\\'));
                Assert.True(expected == pattern.Matches(entry), $"seed {seed}: {text} by its raw filter should {(expected ? "" : "not ")}match {message}");
                var explanation = pattern.Explain(message);
                Assert.True(expected == explanation.Matches && expected == (explanation.FirstFailure is null), $"seed {seed}: the explanation of {text} on {message}");
            }
        }

        // Neither side of the comparison is idle.
        Assert.InRange(matches, patterns, patterns * events * 3 / 4);
    }

    [Fact]
    public void ParsingWhatWasPrintedPrintsTheSame()
        => Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(LongForm.IsOn ? 100_000 : 2_000), Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var random = new RandomPatternModel(seed);
                var text = random.Pattern().Write(random.Random);
                var printed = FilterPattern.Parse(text).ToString();
                return printed == FilterPattern.Parse(printed).ToString();
            }));

    [Fact]
    public void AnyTextIsAPatternOrRefusedWithAColumnInIt()
        => Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(LongForm.IsOn ? 100_000 : 3_000), Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var random = new RandomPatternModel(seed);
                var text = seed % 2 == 0 ? random.Garbage() : random.Mutate(random.Pattern().Write(random.Random));
                if (FilterPattern.TryParse(text, out var pattern, out var error))
                {
                    var printed = pattern.ToString();
                    Assert.Equal(printed, FilterPattern.Parse(printed).ToString());
                    _ = pattern.Notices;
                    return true;
                }

                return error.Column >= 1 && error.Column <= text.Length + 1;
            }));

    [Fact]
    public void AMillionPairsOfAnyPatternAndEvent()
    {
        var (patterns, events) = LongForm.IsOn ? (100_000, 10) : (2_000, 10);
        for (var seed = 0; seed < patterns; seed++)
        {
            var random = new RandomPatternModel(seed);
            var other = random.Pattern();
            if (FilterPattern.TryParse(random.Mutate(other.Write(random.Random)), out var pattern, out _))
            {
                for (var i = 0; i < events; i++)
                {
                    var message = random.Mutate(random.Event(other));
                    Assert.Equal(pattern.Matches(message), pattern.Explain(message).Matches);
                    _ = pattern.Extract(message);
                }
            }
        }
    }
}
