using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;
using LogDelivery.Sources;
using LogDelivery.Sources.Catalog;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>One witness says that with ACLs switched off the log delivery service sends no ACL header, and that the documented condition then stops every write.</summary>
internal sealed class ContestedAclRule() : FindingRule(ContestedAclKind)
{
    private static readonly FindingKind ContestedAclKind = new("LD0064", "It is contested whether the ACL header is sent to this bucket", FindingSeverity.Warning, AwsPages.ObjectOwnership);

    public override IEnumerable<Finding> Inspect(JudgedCall judged)
    {
        // AWS adds this very condition itself, and BucketOwnerEnforced is the default: so only a warning, and only here.
        if (judged.Verdict != Verdict.Allowed
            || judged.Request.Principal.Id != VendedLogs.Principal
            || judged.Call.Delivery.Bucket.ObjectOwnership != ObjectOwnership.BucketOwnerEnforced
            || judged.Explanation.Statement is not { } statement
            || statement.Conditions.FirstOrDefault(c => c.LowerCaseKey == ConditionKey.Acl) is not { } condition)
        {
            yield break;
        }

        yield return Report(
            $"{statement}: {condition.Key} must be {Wording.List(condition.Values)}, and Object Ownership of {judged.Call.Delivery.BucketName} is BucketOwnerEnforced. AWS documents the condition; one report says that no header is sent then.",
            $"Look at the newest object of the source. Only if none arrives, remove {condition.Key} from {statement}: with BucketOwnerEnforced it protects nothing.",
            statement,
            $"Statement[{statement.Index}].{Wording.Place(condition)}");
    }
}
