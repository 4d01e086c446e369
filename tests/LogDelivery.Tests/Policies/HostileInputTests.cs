using System.Text;
using System.Text.Json;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Policies;

/// <summary>Damaged policies by the ten thousand: none may be more than refused, and none accepted that the grammar refuses.</summary>
public class HostileInputTests(ITestOutputHelper output)
{
    private const int FixedSeed = 20_261_122;

    // Only against hangs; a run takes seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly PolicyRequest[] Requests =
    [
        Given.Request(),
        Given.Request(
            RequestPrincipal.Aws("arn:aws:sts::111122223333:assumed-role/writer/run-1"),
            context: new RequestContext([KeyValuePair.Create("aws:SourceArn", ContextValue.Like("arn:aws:cloudtrail:*:111122223333:*"))], ContextValue.Unknown)),
        Given.Request(RequestPrincipal.Anonymous, "kms:GenerateDataKey", "arn:aws:kms:us-east-1:111122223333:key/1234", new RequestContext([], ContextValue.Internal)),
        Given.Request(context: new RequestContext([], ContextValue.OneOf(ContextValue.Of(""), ContextValue.Of("203.0.113.9", "true")))),
    ];

    [Fact]
    public void Every_policy_of_the_corpus_is_valid()
        => Assert.All(PolicyMutator.Corpus, text =>
        {
            Assert.Null(GrammarCheck.Problem(Encoding.UTF8.GetBytes(text), PolicyKind.Any));
            Assert.Empty(PolicyDocument.Parse(text).Warnings);
        });

    [Fact]
    public Task Damaged_policies_are_refused_or_sound() => RunAsync(FixedSeed, 100_000);

    [Fact]
    public Task Damaged_policies_never_seen_before_are_refused_or_sound() => RunAsync(Random.Shared.Next(int.MaxValue / 2), 20_000);

    private async Task RunAsync(int seed, int count)
    {
        output.WriteLine($"seed {seed}");
        var run = Task.Run(() => Run(seed, count), TestContext.Current.CancellationToken);
        var (accepted, refused) = await run.WaitAsync(Patience, TestContext.Current.CancellationToken);
        output.WriteLine($"{accepted} accepted, {refused} refused");

        // Were nearly all of one sort, the test would show little.
        Assert.True(accepted > count / 50, $"only {accepted} accepted");
        Assert.True(refused > count / 50, $"only {refused} refused");
    }

    private static (int Accepted, int Refused) Run(int seed, int count)
    {
        var accepted = 0;
        for (var i = 0; i < count; i++)
        {
            var bytes = PolicyMutator.Mutate(seed + i);
            var kind = (PolicyKind)(i % 3);
            try
            {
                accepted += Check(bytes, kind) ? 1 : 0;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"Seed {seed + i}, kind {kind}:{Environment.NewLine}{Encoding.UTF8.GetString(bytes)}{Environment.NewLine}{Convert.ToHexString(bytes)}", exception);
            }
        }

        return (accepted, count - accepted);
    }

    private static bool Check(byte[] bytes, PolicyKind kind)
    {
        var parser = new PolicyParser(bytes, kind);
        var document = parser.Parse();
        var problems = parser.Problems;
        Assert.Equal(document is null, problems.Any(p => p.Severity == PolicyProblemSeverity.Error));
        Assert.All(problems, p => Assert.True(p.Line >= 1 && p.Column >= 1 && p.Message.Length > 0, p.ToString()));
        Assert.Equal(problems.OrderBy(p => p.Line).ThenBy(p => p.Column), problems);
        var grammar = GrammarCheck.Problem(bytes, kind);
        if (document is null != grammar is not null)
        {
            Assert.Fail($"The grammar says: {grammar ?? "valid"}; the parser: {string.Join("; ", problems)}");
        }

        if (document is null)
        {
            return false;
        }

        Assert.Equal(problems, document.Warnings);
        foreach (var request in Requests)
        {
            Assert.Equal(document.Evaluate(request).Verdict, document.Explain(request).Verdict);
        }

        foreach (var statement in document.Statements)
        {
            using var text = JsonDocument.Parse(document.GetStatementText(statement.Index));
            Assert.Equal(statement.Effect.ToString(), text.RootElement.GetProperty("Effect").GetString());
        }

        return true;
    }
}
