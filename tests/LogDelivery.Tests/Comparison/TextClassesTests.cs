using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Comparison;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Comparison;

/// <summary>
/// The product automaton against brute force: every combination of patterns that some short text matches must have a
/// witness, no combination two, and every witness must count.
/// </summary>
public class TextClassesTests
{
    private static readonly string[] ShortTexts = [.. TextsUpTo("abA:z", 5)];
    private static readonly string[] ColonTexts = [.. TextsUpTo("ab:", 8)];

    [Fact]
    public void Every_combination_of_patterns_that_a_short_text_matches_has_one_witness()
        => Prop.ForAll(Cases(Glob("aabbA:**??", 4), ["*", "?*", "a*", "?????", "*b"]), sets =>
            CheckAgainstBruteForce(sets, ShortTexts)).Check(Effort.Tests(150));

    [Fact]
    public void Wildcards_of_an_arn_operator_stay_between_two_colons()
        => Prop.ForAll(Cases(ArnGlob, ["*", "?*", "a*:*"]), sets =>
            CheckAgainstBruteForce(sets, ColonTexts)).Check(Effort.Tests(100));

    [Theory]
    [InlineData(false, "abc")]
    [InlineData(true, "ABC")]
    [InlineData(true, "abc")]
    [InlineData(true, "aBc")]
    public void Another_case_is_a_class_of_its_own_where_one_pattern_ignores_it_and_one_does_not(bool ignoresCaseFirst, string other)
    {
        Matcher exact = new("abc", Ignore: false, IsArn: false);
        Matcher ignoring = new(other, Ignore: true, IsArn: false);
        Matcher[] matchers = ignoresCaseFirst ? [ignoring, exact] : [exact, ignoring];
        var search = new ClassSearch();
        var texts = TextClasses.Find([.. matchers.Select(m => m.Atom!)], TextAtom.Glob("*"), search);
        Assert.True(search.IsComplete);
        Assert.Equal(3, texts.Count);
        Assert.Contains(texts, t => ignoring.IsMatch(t) && !exact.IsMatch(t));
    }

    [Fact]
    public void A_text_that_no_pattern_names_is_found_even_where_the_patterns_name_every_plain_character()
    {
        var search = new ClassSearch();
        var texts = TextClasses.Find([.. "xzqwkj0987654321\u00d8".Select(c => TextAtom.Literal(c.ToString()))], TextAtom.Glob("?"), search);
        Assert.True(search.IsComplete);
        Assert.Equal(18, texts.Count);
    }

    [Fact]
    public void A_walk_that_is_given_up_says_so()
    {
        // One wildcard after another in many patterns: the number of states doubles with each.
        var atoms = Enumerable.Range(0, 20).Select(i => TextAtom.Glob($"*{(char)('a' + i)}???????")).ToArray();
        var search = new ClassSearch();
        TextClasses.Find(atoms, TextAtom.Glob("*"), search);
        Assert.False(search.IsComplete);
    }

    private static void CheckAgainstBruteForce((Matcher[] Matchers, string Universe) @case, string[] allTexts)
    {
        var universe = new Matcher(@case.Universe, Ignore: false, IsArn: false);

        // A pattern that is no ARN has no atom: it matches nothing, which brute force checks as well.
        var matchers = @case.Matchers;
        var search = new ClassSearch();
        var witnesses = TextClasses.Find([.. matchers.Select(m => m.Atom).OfType<TextAtom>()], universe.Atom!, search);
        Assert.True(search.IsComplete);
        Assert.All(witnesses, w => Assert.True(universe.IsMatch(w), $"\"{w}\" does not count"));

        ulong VectorOf(string text)
        {
            var vector = 0UL;
            for (var i = 0; i < matchers.Length; i++)
            {
                vector |= matchers[i].IsMatch(text) ? 1UL << i : 0;
            }

            return vector;
        }

        var found = witnesses.Select(VectorOf).ToArray();
        Assert.Equal(found.Length, found.Distinct().Count());
        var vectors = found.ToHashSet();
        foreach (var text in allTexts)
        {
            Assert.True(!universe.IsMatch(text) || vectors.Contains(VectorOf(text)), $"no witness for the combination of \"{text}\"");
        }
    }

    private static Arbitrary<(Matcher[] Matchers, string Universe)> Cases(Gen<Matcher> matcher, string[] universes) => Arb.From(
        from matchers in matcher.ArrayOf()
        from count in Gen.Choose(1, 6)
        from universe in Gen.Elements(universes)
        select (matchers.Take(count).ToArray(), universe),
        @case => @case.Item1.Select((_, i) => (@case.Item1.Where((_, at) => at != i).ToArray(), @case.Item2)));

    private static Gen<Matcher> Glob(string characters, int maxLength) =>
        from letters in Gen.ArrayOf(Gen.Elements(characters.ToCharArray()), maxLength)
        from length in Gen.Choose(0, maxLength)
        from ignore in Gen.Elements(false, false, true)
        select new Matcher(new string(letters[..length]), ignore, IsArn: false);

    // Six parts of nothing, a letter or a wildcard; now and then a lone wildcard or too few colons.
    private static readonly Gen<Matcher> ArnGlob =
        from parts in Gen.ArrayOf(Gen.Elements("", "", "a", "b", "*", "?", "a*"), 6)
        from tail in Gen.Elements("", ":", ":*", "*")
        from form in Gen.Choose(0, 9)
        select new Matcher(form switch { 0 => "*", 1 => "a:*", 2 => "*:*:*", _ => string.Join(':', parts) + tail }, Ignore: false, IsArn: form < 8);

    private static IEnumerable<string> TextsUpTo(string alphabet, int length)
    {
        IEnumerable<string> texts = [string.Empty];
        for (var i = 0; i <= length; i++)
        {
            foreach (var text in texts)
            {
                yield return text;
            }

            texts = texts.SelectMany(t => alphabet.Select(c => t + c)).ToArray();
        }
    }

    /// <summary>A pattern as the evaluator matches it, and as the automaton has it.</summary>
    private sealed record Matcher(string Text, bool Ignore, bool IsArn)
    {
        private readonly Pattern pattern = Pattern.Compile(Text, wildcards: true, variables: false, Ignore && !IsArn);

        public TextAtom? Atom => IsArn ? TextAtom.OfArn(pattern) : TextAtom.Of(pattern);

        public bool IsMatch(string text) => IsArn ? new ArnPattern(pattern).IsMatch(text) : pattern.IsMatch(text);

        public override string ToString() => $"{(IsArn ? "arn " : string.Empty)}{(Ignore ? "ignoring case " : string.Empty)}\"{Text}\"";
    }
}
