using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The statement covers every key of the bucket where the source writes below one folder.</summary>
internal sealed class WideResourceRule() : FindingRule(WideResourceKind)
{
    private static readonly FindingKind WideResourceKind = new("LD0061", "The resource is wider than the source needs", FindingSeverity.Warning, AwsPages.BucketPolicyExamples);

    public override IEnumerable<Finding> Inspect(JudgedCall judged)
    {
        if (judged.Verdict != Verdict.Allowed
            || judged.Request.Action != "s3:PutObject"
            || judged.Explanation.Statement is not { Resource: { } resource } statement
            || judged.Call.Grant.Resource == $"{judged.Call.Delivery.BucketArn}/*")
        {
            yield break;
        }

        var delivery = judged.Call.Delivery;
        if (resource.Matches($"{delivery.BucketArn}/an-unrelated-key", judged.Request.Context) == Truth.True)
        {
            // All folders of the delivery at once: the statement is one, and so is the finding.
            var folders = delivery.Source.GetGrants(delivery)
                .Where(g => g.Target == PolicyTarget.Bucket && g.Resource.Length > delivery.BucketArn.Length)
                .Select(g => g.Resource)
                .Distinct()
                .ToArray();
            yield return Report(
                $"{statement}: Resource {Wording.List(resource.Values)} covers every key of the bucket; the objects go to {string.Join(" and ", folders.Select(f => f[(delivery.BucketArn.Length + 1)..]))} only.",
                $"Change the Resource of Statement[{statement.Index}] to {string.Join(", ", folders.Select(f => $"\"{f}\""))}.",
                statement,
                $"Statement[{statement.Index}].Resource");
        }
    }
}
