using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Nothing in the policy comes near the call: the grant is missing, or somebody removed it.</summary>
public sealed class NoStatementAllowsRule : FindingRule
{
    /// <inheritdoc/>
    public override string Id => "LD0001";

    /// <inheritdoc/>
    public override string Title => "No statement allows the call";

    /// <inheritdoc/>
    public override FindingSeverity Severity => FindingSeverity.Blocks;

    /// <inheritdoc/>
    public override Uri Documentation { get; } = new("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html");

    /// <inheritdoc/>
    public override IEnumerable<Finding> Inspect(JudgedCall judged)
    {
        ArgumentNullException.ThrowIfNull(judged);
        var (call, document, explanation) = judged;
        if (call.IsOptional || explanation.Verdict != Verdict.ImplicitDeny || explanation.NearMisses.Count > 0)
        {
            yield break;
        }

        var what = call.Target == PolicyTarget.Key ? "key policy" : "bucket policy";
        var evidence = document.Statements.Count == 0
            ? $"The {what} has no statement; {call.Request.Principal} needs {call.Request.Action} on {call.Request.Resource}."
            : $"None of the {document.Statements.Count} statements of the {what} comes near {call.Request}.";
        yield return Report(evidence, $"Add the statement {call.Grant.Sid}: {call.Grant.ToJson()}");
    }
}
