using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>
/// Finds why a call is refused. Every Deny that matches is a fact of its own, and so is a missing Allow: whoever lifts one
/// runs into the next. Each fact has exactly one cause, that of the first rule to recognise it.
/// </summary>
internal static class CauseFinder
{
    public static IReadOnlyList<Cause> Find(JudgedCall judged)
    {
        // A refused probe is noise, and an unknown verdict is no refusal: each has a rule of its own.
        if (judged.Call.IsOptional || !judged.Explanation.IsRefused)
        {
            return [];
        }

        var causes = new List<Cause>();
        foreach (var statement in judged.Document.Statements.Where(s => s.Effect == PolicyEffect.Deny && s.Matches(judged.Request) == Truth.True))
        {
            var denial = new Denial(judged, statement);
            causes.Add(FindingRules.Denials.Select(r => r.Explain(denial) is { } f ? new Cause(r, f) : null).First(c => c is not null)!);
        }

        var isAllowedElsewhere = judged.Call.AllowedElsewhere is not null;
        if (!isAllowedElsewhere && !judged.Document.Statements.Any(s => s.Effect == PolicyEffect.Allow && s.Matches(judged.Request) != Truth.False))
        {
            var refusal = Refusal.Of(judged);
            causes.Add(FindingRules.Refusals.Select(r => r.Explain(refusal) is { } f ? new Cause(r, f) : null).First(c => c is not null)!);
        }

        return causes;
    }
}
