using LogDelivery.Findings;
using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The source probes the bucket; the refusal shows in logs and 4xx metrics, and the logs arrive all the same.</summary>
internal sealed class OptionalCallRule() : FindingRule(OptionalCallKind)
{
    private static readonly FindingKind OptionalCallKind = new("LD0065", "A call that no delivery needs is refused", FindingSeverity.Noise, AwsPages.VendedLogs);

    public override IEnumerable<Finding> Inspect(JudgedCall judged)
    {
        if (!judged.Call.IsOptional || judged.Verdict is not (Verdict.ImplicitDeny or Verdict.ExplicitDeny))
        {
            yield break;
        }

        var why = judged.Explanation.Statement is { } statement ? $"{statement} denies it" : "no statement allows it";
        yield return Report(
            $"{judged.Request.Principal} tries {judged.Request.Action} on {judged.Request.Resource} and {why}. The delivery does not need it.",
            $"Nothing, or to silence the 403s add {judged.Call.Grant.ToJson()}",
            judged.Explanation.Statement,
            judged.Explanation.Statement is { } s ? $"Statement[{s.Index}]" : null);
    }
}
