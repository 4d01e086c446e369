using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>What holds for every policy and request. A failure prints the seed that repeats it, and the smallest case found.</summary>
public class PolicyPropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(2000).WithEndSize(20);

    [Fact]
    public void A_further_deny_never_makes_a_request_allowed()
        => Prop.ForAll(
            RandomPolicies.Cases,
            Arb.From(RandomPolicies.Deny),
            Arb.From(Gen.Choose(0, 6)),
            (@case, deny, place) =>
            {
                var statements = @case.Statements.ToList();
                statements.Insert(Math.Min(place, statements.Count), deny);
                var before = @case.Policy.Evaluate(@case.Request).Verdict;
                var after = (@case with { Statements = [.. statements] }).Policy.Evaluate(@case.Request).Verdict;
                Assert.True(after == before || after is Verdict.ExplicitDeny or Verdict.Unknown, $"{before} became {after}");
            }).Check(Config);

    [Fact]
    public void A_further_statement_of_another_action_changes_nothing()
        => Prop.ForAll(RandomPolicies.Cases, @case =>
        {
            var more = @case with { Statements = [Given.StatementJson("\"Effect\":\"Deny\",\"Action\":\"s3:DeleteBucket\""), .. @case.Statements] };
            Assert.Equal(@case.Policy.Evaluate(@case.Request).Verdict, more.Policy.Evaluate(@case.Request).Verdict);
        }).Check(Config);

    [Fact]
    public void The_order_of_statements_does_not_matter()
        => Prop.ForAll(RandomPolicies.Cases, Arb.From(Gen.Choose(0, int.MaxValue)), (@case, seed) =>
        {
            var shuffled = @case.Statements.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(@case.Policy.Evaluate(@case.Request).Verdict, (@case with { Statements = shuffled }).Policy.Evaluate(@case.Request).Verdict);
        }).Check(Config);

    [Fact]
    public void The_spelling_of_the_json_does_not_matter()
        => Prop.ForAll(RandomPolicies.Cases, Arb.From(Gen.Choose(0, int.MaxValue)), (@case, seed) =>
        {
            var respelled = PolicyDocument.Parse(Respell(@case.Json, new Random(seed)));
            Assert.Equal(@case.Policy.Evaluate(@case.Request), respelled.Evaluate(@case.Request));
            Assert.Equal(
                @case.Policy.Statements.SelectMany(s => s.Conditions).Select(c => c.ToString()),
                respelled.Statements.SelectMany(s => s.Conditions).Select(c => c.ToString()));

            // A statement's text is cut out of the document as it stands there.
            for (var i = 0; i < @case.Statements.Length; i++)
            {
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(@case.Statements[i]), JsonNode.Parse(respelled.GetStatementText(i))));
            }
        }).Check(Config.WithMaxTest(500));

    [Fact]
    public void What_is_definite_stays_so_however_the_unknown_turns_out()
    {
        var verdicts = new HashSet<Verdict>();
        var settled = 0;
        Prop.ForAll(RandomPolicies.Cases, @case =>
        {
            var policy = @case.Policy;
            var verdict = policy.Evaluate(@case.Request).Verdict;
            verdicts.Add(verdict);
            for (var way = 0; way < RandomKey.WayCount; way++)
            {
                var full = @case.RequestInFull(way);
                var truly = policy.Evaluate(full).Verdict;

                // Whoever knows everything is never in doubt.
                Assert.NotEqual(Verdict.Unknown, truly);
                if (verdict != Verdict.Unknown)
                {
                    Assert.Equal(verdict, truly);
                }

                foreach (var statement in policy.Statements)
                {
                    foreach (var condition in statement.Conditions)
                    {
                        Honest(condition.Test(@case.Request.Context), condition.Test(full.Context), $"{condition}, way {way}");
                    }

                    Honest(statement.Matches(@case.Request), statement.Matches(full), $"{statement}, way {way}");
                }
            }

            settled += verdict != Verdict.Unknown && @case.Keys.Any(k => k.Known.Knowledge is not (ContextKnowledge.Present or ContextKnowledge.Absent)) ? 1 : 0;
        }).Check(Config.WithMaxTest(4000));

        // Else the property would hold for want of cases.
        Assert.Equal(4, verdicts.Count);
        Assert.True(settled > 100, $"only {settled} cases were settled in spite of unknown keys");

        static void Honest(Truth known, Truth truly, string what)
            => Assert.True(known == Truth.Unknown || known == truly, $"{what}: said to be {known}, but may be {truly}");
    }

    [Fact]
    public void An_explanation_agrees_with_the_verdict()
        => Prop.ForAll(RandomPolicies.Cases, @case =>
        {
            var policy = @case.Policy;
            var request = @case.Request;
            var decision = policy.Evaluate(request);
            var explanation = policy.Explain(request);
            Assert.Equal(decision.Verdict, explanation.Verdict);
            Assert.Equal(decision.StatementIndex, explanation.Statement?.Index ?? -1);
            Assert.NotEmpty(explanation.Reason);
            Assert.Equal(explanation.Verdict == Verdict.Unknown, explanation.UnknownKeys.Count > 0);
            Assert.All(explanation.UnknownKeys, k => Assert.False(request.Context[k].Knowledge is ContextKnowledge.Present or ContextKnowledge.Absent, k));
            Assert.Equal(
                !policy.Statements.Any(s => s.Effect == PolicyEffect.Allow && s.Matches(request) != Truth.False) || decision.Verdict == Verdict.ExplicitDeny,
                explanation.IsRefused);
            foreach (var near in explanation.NearMisses)
            {
                Assert.Equal(PolicyEffect.Allow, near.Statement.Effect);
                Assert.Contains(near.Misses, m => m.Truth == Truth.False);
            }

            foreach (var statement in policy.Statements)
            {
                // A statement matches exactly when it misses nothing, and surely fails when one element surely does.
                var misses = Explanation.FindMisses(statement, request);
                var expected = misses.Count == 0 ? Truth.True : misses.Min(m => m.Truth);
                Assert.Equal(expected, statement.Matches(request));
            }
        }).Check(Config);

    [Fact]
    public void A_verdict_follows_from_its_statements_alone()
        => Prop.ForAll(RandomPolicies.Cases, @case =>
        {
            // The rule once more, written as the guide has it.
            var truths = @case.Policy.Statements.Select(s => (s.Effect, Truth: s.Matches(@case.Request))).ToArray();
            var deny = truths.Where(t => t.Effect == PolicyEffect.Deny).Select(t => t.Truth).DefaultIfEmpty(Truth.False).Max();
            var allow = truths.Where(t => t.Effect == PolicyEffect.Allow).Select(t => t.Truth).DefaultIfEmpty(Truth.False).Max();
            var expected = (deny, allow) switch
            {
                (Truth.True, _) => Verdict.ExplicitDeny,
                (Truth.False, Truth.True) => Verdict.Allowed,
                (Truth.False, Truth.False) => Verdict.ImplicitDeny,
                _ => Verdict.Unknown,
            };
            Assert.Equal(expected, @case.Policy.Evaluate(@case.Request).Verdict);
        }).Check(Config);

    // The same JSON with other white space, and some letters as escapes.
    private static string Respell(string json, Random random)
    {
        var text = new StringBuilder();
        var inText = false;
        for (var i = 0; i < json.Length; i++)
        {
            var c = json[i];
            if (c == '"')
            {
                inText = !inText;
                text.Append(c);
            }
            else if (inText && c == '\\')
            {
                text.Append(c).Append(json[++i]);
            }
            else if (inText)
            {
                text.Append(char.IsAsciiLetter(c) && random.Next(8) == 0 ? $"\\u{(int)c:x4}" : c.ToString());
            }
            else
            {
                Blank();
                text.Append(c);
                Blank();
            }
        }

        return text.ToString();

        // Only beside signs: a number or a word must not be cut in two.
        void Blank()
        {
            for (var n = random.Next(3); n > 0; n--)
            {
                text.Append(random.GetItems(" \t\r\n".AsSpan(), 1)[0]);
            }
        }
    }
}
