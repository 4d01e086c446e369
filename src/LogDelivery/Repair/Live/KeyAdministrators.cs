using LogDelivery.Findings;
using LogDelivery.Policies;

namespace LogDelivery.Repair;

/// <summary>
/// Ensures that a key remains manageable. KMS itself checks only that the caller of PutKeyPolicy keeps access; that check
/// is never bypassed here. Source: KMS developer guide, key-policy-default.
/// </summary>
internal static class KeyAdministrators
{
    private const string Action = "kms:PutKeyPolicy";

    private static readonly FindingKind KeyLockOutKind = new("LD0081", "The key policy would leave nobody who may change it", FindingSeverity.Blocks, AwsPages.KeyPolicyDefault);

    /// <summary>Finds the reason not to write a document as a key's policy: no principal could change the policy afterwards.</summary>
    /// <param name="keyArn">The key.</param>
    /// <param name="document">The document.</param>
    public static Finding? Veto(string keyArn, PolicyDocument document)
    {
        var account = Arn.TryParse(keyArn, out var arn) ? arn.AccountId : string.Empty;
        return Candidates(document, account).Any(p => MayChange(document, p, keyArn)) ? null : KeyLockOutKind.Report(
            $"By the document that was to be written, neither the account nor any user or role that it names may call kms:PutKeyPolicy on {keyArn}.",
            "Give kms:PutKeyPolicy to the account (arn:aws:iam::ACCOUNT:root) or to the key's administrators first. A key that nobody administers can only be recovered by AWS Support.");
    }

    // The account covers every identity whose own policy allows it; the others are named in the document.
    private static IEnumerable<string> Candidates(PolicyDocument document, string account)
    {
        var named = document.Statements
            .Where(s => s.Effect == PolicyEffect.Allow && !s.Principal.IsNegated)
            .SelectMany(s => s.Principal.Entries)
            .Where(e => e.Type == PrincipalType.Aws && e.Text != "*")
            .Select(e => e.Text);
        return (Arn.IsAccountId(account) ? named.Prepend(account) : named).Where(p => Arn.IsAccountId(p) || Arn.TryParse(p, out _)).Distinct(StringComparer.Ordinal);
    }

    // Conditions that cannot be decided here are left to the check of KMS.
    private static bool MayChange(PolicyDocument document, string principal, string keyArn)
        => document.Evaluate(new(RequestPrincipal.Aws(principal), Action, keyArn, new RequestContext([], ContextValue.Unknown))).Verdict is Verdict.Allowed or Verdict.Unknown;
}
