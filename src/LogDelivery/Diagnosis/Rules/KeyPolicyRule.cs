using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Logs encrypted with a KMS key need the key's policy too: without it S3 answers with the same AccessDenied as for the bucket.</summary>
internal sealed class KeyPolicyRule() : RefusalRule(KeyPolicyKind)
{
    private static readonly FindingKind KeyPolicyKind = new("LD0030", "The key policy does not allow the call", FindingSeverity.Blocks, AwsPages.KeyPolicies);

    internal override Finding? Explain(Refusal refusal)
    {
        if (refusal.Call.Target != PolicyTarget.Key)
        {
            return null;
        }

        // A statement with the wrong action is mended only where nothing else in it stands against the new action.
        if (refusal.Statement is not null && !(refusal.Main!.Element == StatementElement.Action && HasOtherDoubts(refusal)))
        {
            return Report(refusal);
        }

        var grant = refusal.Call.Grant;
        var evidence = refusal.Judged.Document.Statements.Count == 0
            ? $"The key policy has no statement; {refusal.Request.Principal} needs {string.Join(", ", grant.Actions)}."
            : $"No statement of the key policy lets {refusal.Request.Principal} do {string.Join(", ", grant.Actions)} (it has {refusal.Judged.Document.Statements.Count}).";
        return Report(evidence, $"Add to the policy of {refusal.Request.Resource} the statement {grant.ToJson()}");
    }

    private static bool HasOtherDoubts(Refusal refusal)
        => Explanation.FindMisses(refusal.Statement!, refusal.Request).Count > 1;
}
