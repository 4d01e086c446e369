using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Nothing in the bucket policy is about the call: the grant was never there, or somebody removed it.</summary>
internal sealed class NoStatementAllowsRule() : RefusalRule(NoStatementAllowsKind)
{
    private static readonly FindingKind NoStatementAllowsKind = new("LD0001", "No statement allows the call", FindingSeverity.Blocks, AwsPages.EvaluationLogic);

    internal override Finding? Explain(Refusal refusal)
    {
        if (refusal.Statement is not null || refusal.Call.Target == PolicyTarget.Key)
        {
            return null;
        }

        var (call, document) = (refusal.Call, refusal.Judged.Document);
        var need = $"{refusal.Request.Principal} needs {string.Join(", ", call.Grant.Actions)} on {call.Grant.Resource}";
        var evidence = document.Statements.Count == 0
            ? $"The bucket policy has no statement; {need}."
            : $"No statement of the bucket policy is about the call (it has {document.Statements.Count}): {need}.{ServesAnother(refusal)}";
        return Report(evidence, $"Add the statement {call.Grant.ToJson()}");
    }

    // A statement of another account is no near miss, but a reader will look at it and wonder.
    private static string ServesAnother(Refusal refusal)
    {
        var other = refusal.Judged.Document.Statements.FirstOrDefault(s => s.Effect == PolicyEffect.Allow
            && s.Principal.Matches(refusal.Request.Principal)
            && s.Action.Matches(refusal.Request.Action, refusal.Request.Context) == Truth.True
            && s.Conditions.Any(ConditionKey.IsSource));
        return other is null
            ? string.Empty
            : $" {other} allows the same action for {string.Join(", ", other.Conditions.Where(ConditionKey.IsSource).Select(c => $"{c.Key} {Wording.List(c.Values)}"))} only.";
    }
}
