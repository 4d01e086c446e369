using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The policy admits an account of AWS's, one a Region, where there is a service principal for all Regions now.</summary>
internal sealed class LegacyAccountRule() : FindingRule(LegacyAccountKind)
{
    private static readonly FindingKind LegacyAccountKind = new("LD0062", "The logs come in under a legacy account", FindingSeverity.Warning, AwsPages.LoadBalancerLogs);

    public override IEnumerable<Finding> Inspect(JudgedCall judged)
    {
        if (judged.Verdict != Verdict.Allowed
            || judged.Request.Principal.AccountId is not { } account
            || LegacyAccounts.Describe(account) is not { } known
            || judged.Explanation.Statement is not { } statement)
        {
            yield break;
        }

        yield return Report(
            $"{statement}: Principal is {statement.Principal}; {account} is {known}. Other Regions are not let in, and newer ones have no such account.",
            $"Replace the principal by {{\"Service\": \"{judged.Call.Grant.Principal.Id}\"}} as in {judged.Call.Grant.ToJson()}",
            statement,
            $"Statement[{statement.Index}].Principal");
    }
}
