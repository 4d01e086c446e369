namespace LogDelivery.Policies;

/// <summary>A policy with the name that people know it by.</summary>
/// <param name="Name">What it is, such as <c>inline policy "write" of arn:aws:iam::111122223333:role/firehose</c>.</param>
/// <param name="Document">The policy; <see langword="null"/> when there is one that may not be read.</param>
public sealed record NamedPolicy(string Name, PolicyDocument? Document)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>
/// Every policy that takes part in the decision about a request, as far as it is known. Control policies of an organization
/// (SCPs, RCPs), session policies and VPC endpoint policies are not among them. Immutable.
/// </summary>
public sealed record AccessPolicies
{
    /// <summary>The policies of the role or user that asks, inline and attached; empty when there are none.</summary>
    public IReadOnlyList<NamedPolicy> Identity { get; init; } = [];

    /// <summary>Its permissions boundary; <see langword="null"/> when it has none.</summary>
    public NamedPolicy? Boundary { get; init; }

    /// <summary>The policy of the resource; <see langword="null"/> when it has none.</summary>
    public NamedPolicy? Resource { get; init; }

    /// <summary>
    /// Whether the resource's policy has to take part: of a KMS key and of a role (its trust policy) it must let the principal
    /// or its account in, whatever other policies say. Source: IAM user guide, reference_policies_evaluation-logic.
    /// </summary>
    public bool ResourceMustAllow { get; init; }

    /// <summary>The 12-digit account that the resource belongs to; <see langword="null"/> when it is not known.</summary>
    public string? ResourceAccountId { get; init; }
}
