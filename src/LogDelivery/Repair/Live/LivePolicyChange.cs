using LogDelivery.Diagnosis;
using LogDelivery.Gateways;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>The planned change of one document. Immutable.</summary>
internal sealed class LivePolicyChange
{
    internal LivePolicyChange(IPolicyStore store, string? beforeText, PlannedPolicy? plan, bool isAskedFor)
    {
        Store = store;
        BeforeText = beforeText;
        Planned = plan;
        IsAskedFor = isAskedFor;
    }

    /// <summary>The kind of document.</summary>
    public PolicyTarget Target => Store.Target;

    /// <summary>The ARN of the resource that the document is attached to.</summary>
    public string Resource => Store.Resource;

    /// <summary>The document as it was read; <see langword="null"/> when it does not exist or could not be read.</summary>
    public string? BeforeText { get; }

    /// <summary>The document as it should be, exactly as it would be written; <see langword="null"/> when there is no plan.</summary>
    public string? AfterText => Planned?.Text;

    /// <summary>The plan with its proof; <see langword="null"/> when the document may not be read.</summary>
    public RepairPlan? Plan => Planned?.Plan;

    /// <summary>Whether the request permits writing this kind of document.</summary>
    public bool IsAskedFor { get; }

    /// <summary>The error that kept the document from being read; <see langword="null"/> when it was read.</summary>
    public AwsCallException? Unreadable { get; init; }

    /// <summary>A finding that forbids writing the document regardless of the plan; <see langword="null"/> when there is none.</summary>
    public Finding? Veto { get; init; }

    /// <summary>Whether there is a change that is proven, fits and may be written.</summary>
    public bool CanWrite => Plan is { HasChanges: true, Certificate.IsValid: true, IsTooLarge: false } && Veto is null;

    /// <summary>The account, the Region and the bucket are named in messages; this names the document.</summary>
    public override string ToString() => Target switch
    {
        PolicyTarget.Bucket => $"the policy of the bucket {Resource[(Resource.LastIndexOf(':') + 1)..]}",
        PolicyTarget.Key => $"the policy of the key {Resource}",
        PolicyTarget.Topic => $"the policy of the topic {Resource}",
        PolicyTarget.Role => $"the policy {Store.PolicyName} of the role {Resource}",
        _ => $"the trust policy of the role {Resource}",
    };

    internal IPolicyStore Store { get; }

    internal PlannedPolicy? Planned { get; }

    /// <summary>Creates the plan for another text of the same document.</summary>
    internal Func<string?, PlannedPolicy> PlanFor { get; init; } = _ => throw new InvalidOperationException("The document is not planned.");

    /// <summary>Evaluates the calls that this document must allow against a text of it.</summary>
    internal Func<string?, IReadOnlyList<CallResult>> Judge { get; init; } = _ => [];
}

/// <summary>A plan and the resulting text.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Text">The text to write; the text that was read when there is nothing to change.</param>
internal sealed record PlannedPolicy(RepairPlan Plan, string? Text);
