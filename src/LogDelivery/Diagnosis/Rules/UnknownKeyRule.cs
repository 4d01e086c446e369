using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A condition tests something that is contested, or that was not given, so that the verdict is left open.</summary>
internal sealed class UnknownKeyRule() : FindingRule(UnknownKeyKind)
{
    private static readonly FindingKind UnknownKeyKind = new("LD0063", "The verdict hangs on a key that cannot be known", FindingSeverity.Warning, AwsPages.ConditionKeys);

    public override IEnumerable<Finding> Inspect(JudgedCall judged)
    {
        if (judged.Verdict != Verdict.Unknown || judged.Call.IsOptional || judged.Explanation.Statement is not { } statement)
        {
            yield break;
        }

        var conditions = statement.Conditions.Where(c => c.Test(judged.Request.Context) == Truth.Unknown).ToArray();
        var keys = judged.Explanation.UnknownKeys;
        var effect = statement.Effect == PolicyEffect.Deny ? "denies" : "allows";
        var evidence = $"{statement} {effect} {judged.Request.Principal} {string.Join("; and ", conditions.Select(c => UnknownKey.Describe(c, judged)).DefaultIfEmpty($"or not, depending on {string.Join(", ", keys)}"))}.";
        var remedies = keys.Select(k => UnknownKey.Remedy(k, judged)).Distinct();
        yield return Report(
            evidence,
            string.Join(" ", remedies),
            statement,
            conditions.Length > 0 ? $"Statement[{statement.Index}].{Wording.Place(conditions[0])}" : $"Statement[{statement.Index}]");
    }
}
