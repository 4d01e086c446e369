using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>The matchers against slow ones that are plainly right.</summary>
public class PatternPropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(20_000);

    private static readonly Arbitrary<string> Patterns = Strings("aAbBäÄ:*?**", 10);
    private static readonly Arbitrary<string> Texts = Strings("aAbBäÄ:", 10);

    [Fact]
    public void A_pattern_matches_as_a_naive_matcher_says()
    {
        var matched = 0;
        Prop.ForAll(Patterns, Texts, (pattern, text) =>
        {
            foreach (var ignoreCase in new[] { false, true })
            {
                var expected = Matches(pattern, text, ignoreCase);
                matched += expected ? 1 : 0;
                var compiled = Pattern.Compile(pattern, wildcards: true, variables: false, ignoreCase);
                Assert.Equal(expected, compiled.IsMatch(text));
                Assert.Equal(expected.ToTruth(), compiled.Match(text, RequestContext.Empty));
            }
        }).Check(Config);
        Assert.True(matched > 500, $"only {matched} pairs matched");
    }

    [Fact]
    public void A_pattern_that_was_made_from_a_text_matches_it()
        => Prop.ForAll(Texts, Arb.From(Gen.Choose(0, int.MaxValue)), (text, seed) =>
        {
            // Some characters become wildcards, and runs of none are put in.
            var random = new Random(seed);
            var pattern = string.Concat(text.Select(c => random.Next(5) switch
            {
                0 => "?",
                1 => "*",
                2 => $"*{c}",
                _ => c.ToString(),
            }));
            Assert.True(Pattern.Compile(pattern, wildcards: true, variables: false).IsMatch(text), pattern);
            Assert.True(Pattern.Compile(pattern.ToUpperInvariant(), wildcards: true, variables: false, ignoreCase: true).IsMatch(text), pattern);
        }).Check(Config);

    [Fact]
    public void Without_wildcards_a_pattern_matches_itself_only()
        => Prop.ForAll(Patterns, Patterns, (pattern, text) =>
        {
            Assert.Equal(pattern == text, Pattern.Compile(pattern, wildcards: false, variables: false).IsMatch(text));
            Assert.Equal(
                string.Equals(pattern, text, StringComparison.OrdinalIgnoreCase),
                Pattern.Compile(pattern, wildcards: false, variables: false, ignoreCase: true).IsMatch(text));
        }).Check(Config);

    [Fact]
    public void A_variables_value_is_taken_as_text()
        => Prop.ForAll(Patterns, Patterns, Texts, (value, rest, text) =>
        {
            var context = new RequestContext([KeyValuePair.Create("aws:username", ContextValue.Of(value))]);
            var pattern = Pattern.Compile($"{rest}${{aws:username, 'x'}}*", wildcards: true, variables: true);

            // Text that begins with the value, at whatever place the rest allows.
            var expected = Enumerable.Range(0, text.Length + 1).Any(i =>
                Matches(rest, text.AsSpan(0, i), false) && text.AsSpan(i).StartsWith(value.Length == 0 ? "x" : value, StringComparison.Ordinal));
            Assert.Equal(expected.ToTruth(), pattern.Match(text, context));
        }).Check(Config);

    [Fact]
    public void An_arn_pattern_matches_part_by_part_as_a_naive_matcher_says()
    {
        var matched = 0;
        var arns = Parts("a*?:", 2);
        Prop.ForAll(arns, Parts("ab:", 2), (pattern, text) =>
        {
            var (patternParts, textParts) = (pattern.Split(':', 6), text.Split(':', 6));
            var expected = pattern.Length > 0 && pattern.All(c => c == '*')
                || (patternParts.Length == 6 && textParts.Length == 6 && patternParts.Zip(textParts).All(p => Matches(p.First, p.Second, false)));
            matched += expected ? 1 : 0;
            Assert.Equal(expected, new ArnPattern(Pattern.Compile(pattern, wildcards: true, variables: false)).IsMatch(text));
        }).Check(Config);
        Assert.True(matched > 20, $"only {matched} pairs matched");
    }

    [Fact]
    public void A_form_is_covered_or_disjoint_exactly_when_all_or_none_of_its_texts_match()
    {
        // Every text up to a length at which three wildcards and a letter have shown all they can.
        var texts = TextsUpTo(7, "abc");
        var answers = new int[3];
        Prop.ForAll(Strings("ab*?", 4), Strings("ab*?", 4), (form, pattern) =>
        {
            var ofForm = texts.Where(t => Matches(form, t, false)).ToArray();
            var matching = ofForm.Count(t => Matches(pattern, t, false));
            var expected = matching == ofForm.Length ? Truth.True : matching == 0 ? Truth.False : Truth.Unknown;
            answers[(int)expected]++;
            Assert.Equal(expected, FormComparison.Compare(Compile(form), Compile(pattern), byPart: false));
        }).Check(Config.WithMaxTest(1000));
        Assert.All(answers, n => Assert.True(n > 20));

        static Pattern Compile(string text) => Pattern.Compile(text, wildcards: true, variables: false);
    }

    [Fact]
    public void A_comparison_that_is_too_hard_claims_nothing()
    {
        // After each character, an "a" may stand at any of the last places or not: the sets to walk through double with it.
        // That no text ends in both letters would be found at the end of all of them only.
        Assert.Equal(Truth.False, Compare("*z", $"*a{new string('?', 4)}x"));
        Assert.Equal(Truth.Unknown, Compare("*z", $"*a{new string('?', 40)}x"));

        static Truth Compare(string form, string pattern) => FormComparison.Compare(
            Pattern.Compile(form, wildcards: true, variables: false), Pattern.Compile(pattern, wildcards: true, variables: false), byPart: false);
    }

    private static List<string> TextsUpTo(int length, string alphabet)
    {
        var texts = new List<string> { "" };
        for (var (start, n) = (0, 0); n < length; n++)
        {
            var end = texts.Count;
            for (var i = start; i < end; i++)
            {
                texts.AddRange(alphabet.Select(c => texts[i] + c));
            }

            start = end;
        }

        return texts;
    }

    private static Arbitrary<string> Strings(string alphabet, int maxLength) => Arb.From(
        from length in Gen.Choose(0, maxLength)
        from characters in Gen.Elements(alphabet.ToCharArray()).ArrayOf(length)
        select new string(characters),
        Shrink);

    // Six parts mostly, seldom fewer or more.
    private static Arbitrary<string> Parts(string alphabet, int maxLength) => Arb.From(
        from count in Gen.Frequency((8, Gen.Constant(6)), (1, Gen.Choose(0, 7)))
        from parts in Strings(alphabet.Replace(":", "", StringComparison.Ordinal), maxLength).Generator.ArrayOf(count)
        select string.Join(':', parts),
        Shrink);

    private static IEnumerable<string> Shrink(string text) => Enumerable.Range(0, text.Length).Select(i => text.Remove(i, 1));

    // By the definition: * is nothing, or a character and again *.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase)
    {
        if (pattern.IsEmpty)
        {
            return text.IsEmpty;
        }

        if (pattern[0] == '*')
        {
            return Matches(pattern[1..], text, ignoreCase) || (!text.IsEmpty && Matches(pattern, text[1..], ignoreCase));
        }

        return !text.IsEmpty
            && (pattern[0] == '?' || pattern[0] == text[0] || (ignoreCase && char.ToUpperInvariant(pattern[0]) == char.ToUpperInvariant(text[0])))
            && Matches(pattern[1..], text[1..], ignoreCase);
    }
}
