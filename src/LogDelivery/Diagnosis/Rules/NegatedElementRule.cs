using LogDelivery.Findings;
using LogDelivery.Sources;
using LogDelivery.Sources.Catalog;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>AWS adds the statements for vended logs by itself, but not to a policy with <c>NotPrincipal</c> or <c>NotAction</c>: creating the log subscription fails.</summary>
internal sealed class NegatedElementRule() : FindingRule(NegatedElementKind)
{
    private static readonly FindingKind NegatedElementKind = new("LD0067", "NotPrincipal or NotAction keeps AWS from adding statements", FindingSeverity.Warning, AwsPages.VendedLogs);

    public override IEnumerable<Finding> Inspect(JudgedCall judged)
    {
        if (judged.Call.Target != PolicyTarget.Bucket || judged.Call.Grant.Principal.Id != VendedLogs.Principal)
        {
            yield break;
        }

        var negated = judged.Document.Statements.Where(s => s.Principal.IsNegated || s.Action.IsNegated).ToArray();
        if (negated.Length > 0)
        {
            var first = negated[0];
            var element = first.Principal.IsNegated ? "NotPrincipal" : "NotAction";
            yield return Report(
                $"{string.Join(", ", negated.Select(s => $"{s} has {(s.Principal.IsNegated ? "NotPrincipal" : "NotAction")}"))}: AWS adds no log delivery statements to such a policy, and creating a subscription fails.",
                "Write \"Principal\": \"*\" with conditions in place of NotPrincipal, and Action in place of NotAction; or add every log delivery statement by hand before the logs are switched on.",
                first,
                $"Statement[{first.Index}].{element}");
        }
    }
}
