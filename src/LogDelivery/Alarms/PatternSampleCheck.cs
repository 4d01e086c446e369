using LogDelivery.Gateways;
using LogDelivery.Patterns;

namespace LogDelivery.Alarms;

/// <summary>Tries a pattern on sample events, here and by CloudWatch Logs itself. Nothing is written.</summary>
internal static class PatternSampleCheck
{
    // Source: CloudWatch Logs API reference, TestMetricFilter.
    private const int MaxMessages = 50;

    public static async Task<IReadOnlyList<PatternTrial>> RunAsync(AlarmRequest request, FilterPattern pattern, IMetricFilterGateway filters, PlanDraft draft, CancellationToken cancellationToken)
    {
        SampleEvent[] samples = [.. request.Preset?.SamplesFor(request.Values) ?? [], .. request.Samples];
        if (samples.Length == 0)
        {
            // A pattern of the user's own may be about anything; what it makes of the known failures is worth knowing all the same.
            var known = KnownFailures.CaughtBy(pattern);
            draft.Notes.Add(known.Count == 0
                ? "There are no sample events for this pattern; it catches none of the known delivery failures."
                : $"There are no sample events for this pattern; of the known failures it catches: {string.Join(", ", known)}.");
            return [];
        }

        var trials = await AskAwsAsync(pattern, samples, PatternTrial.Run(pattern, samples), filters, draft, cancellationToken).ConfigureAwait(false);
        if (Names(trials, t => t.Expected && !(t.Matches && t.MatchesInAws != false)) is { Length: > 0 } missed)
        {
            draft.Obstruct("PatternMissesSamples", $"The pattern does not catch: {missed}.", "Nothing is written with such a pattern. Correct it, or take the preset's.");
        }

        if (Names(trials, t => !t.Expected && (t.Matches || t.MatchesInAws == true)) is { Length: > 0 } caught)
        {
            draft.Obstruct("PatternCatchesOthers", $"The pattern also catches what is no failure: {caught}.", "Nothing is written with such a pattern. Narrow it, or take the preset's.");
        }

        return trials;
    }

    private static async Task<IReadOnlyList<PatternTrial>> AskAwsAsync(
        FilterPattern pattern, SampleEvent[] samples, IReadOnlyList<PatternTrial> trials, IMetricFilterGateway filters, PlanDraft draft, CancellationToken cancellationToken)
    {
        try
        {
            var answers = await filters.TestAsync(pattern.Text, [.. samples.Take(MaxMessages).Select(s => s.Message)], cancellationToken).ConfigureAwait(false);
            return [.. trials.Select((t, i) => i < answers.Count ? t with { MatchesInAws = answers[i] } : t)];
        }
        catch (AwsCallException exception) when (exception.Code == "InvalidParameterException")
        {
            draft.Obstruct("PatternRefused", $"CloudWatch Logs does not take the pattern: {exception.Message}", "Correct the pattern.");
            return trials;
        }
        catch (AwsCallException exception) when (exception.Kind is AwsErrorKind.AccessDenied or AwsErrorKind.NotFound or AwsErrorKind.Other or AwsErrorKind.Unavailable or AwsErrorKind.Invalid)
        {
            draft.Notes.Add($"CloudWatch Logs was not asked about the pattern, only this module: {exception.Message}");
            return trials;
        }
    }

    private static string Names(IEnumerable<PatternTrial> trials, Func<PatternTrial, bool> which) => string.Join(", ", trials.Where(which).Select(t => t.Sample));
}
