using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A service principal writes for every customer of AWS. Without a guard the statement lets others fill the bucket, or use the key.</summary>
internal sealed class UnguardedRule() : FindingRule(UnguardedKind)
{
    private static readonly FindingKind UnguardedKind = new("LD0060", "The grant does not say whose logs it takes", FindingSeverity.Unguarded, AwsPages.ConfusedDeputy);

    public override IEnumerable<Finding> Inspect(JudgedCall judged)
    {
        if (judged.Verdict is not (Verdict.Allowed or Verdict.Unknown)
            || judged.Request.Principal.Type != PrincipalType.Service
            || judged.Request.Action is not ("s3:PutObject" or "kms:GenerateDataKey")
            || Wording.Guard(judged.Call.Grant) is not { Length: > 0 } guard)
        {
            yield break;
        }

        // Asked of the whole document, as the guard may as well be a Deny.
        var foreign = judged.Document.Evaluate(ForeignRequest.Of(judged.Request));
        if (foreign.Verdict != judged.Verdict
            || judged.Document.Statements[foreign.StatementIndex] is not { Effect: PolicyEffect.Allow } statement
            || (foreign.Verdict == Verdict.Unknown && statement.Conditions.Any(ConditionKey.IsSource)))
        {
            yield break;
        }

        var note = statement.Conditions.Any(c => c.LowerCaseKey is "aws:resourceorgid" or "aws:resourceaccount" or "s3:resourceaccount")
            ? " aws:ResourceOrgID and aws:ResourceAccount are about the bucket, not about the source."
            : string.Empty;
        yield return Report(
            $"{statement}: {statement.Principal} may do {judged.Request.Action} for any account: no condition names the source.{note}",
            $"Add {guard} to the Condition of Statement[{statement.Index}].",
            statement,
            $"Statement[{statement.Index}]");
    }
}
