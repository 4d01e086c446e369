namespace LogDelivery.Policies;

/// <summary>A policy with the name that people know it by.</summary>
/// <param name="Name">A description of the policy, such as <c>inline policy "write" of arn:aws:iam::111122223333:role/firehose</c>.</param>
/// <param name="Document">The policy; <see langword="null"/> when there is one that may not be read.</param>
internal sealed record NamedPolicy(string Name, PolicyDocument? Document)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>
/// The policies that apply to a request, as far as they are known. Control policies of an organization (SCPs, RCPs),
/// session policies and VPC endpoint policies are not among them. Immutable.
/// </summary>
internal sealed record AccessPolicies
{
    /// <summary>The inline and attached policies of the calling role or user; empty when there are none.</summary>
    public IReadOnlyList<NamedPolicy> Identity { get; init; } = [];

    /// <summary>The permissions boundary of the role or user; <see langword="null"/> when it has none.</summary>
    public NamedPolicy? Boundary { get; init; }

    /// <summary>The policy of the resource; <see langword="null"/> when it has none.</summary>
    public NamedPolicy? Resource { get; init; }

    /// <summary>
    /// Whether the resource's policy must allow the request: the policy of a KMS key and the trust policy of a role must
    /// allow the principal or its account, regardless of other policies. Source: IAM user guide,
    /// reference_policies_evaluation-logic.
    /// </summary>
    public bool ResourceMustAllow { get; init; }

    /// <summary>The 12-digit account that the resource belongs to; <see langword="null"/> when it is not known.</summary>
    public string? ResourceAccountId { get; init; }
}
