using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>One concrete request that a delivery makes, with its context. Immutable.</summary>
/// <param name="Delivery">The delivery that makes it.</param>
/// <param name="Target">The document that must allow it.</param>
/// <param name="Name">What the call is for: <c>log file</c>, <c>digest file</c>, <c>ACL check</c>...</param>
/// <param name="Request">The request.</param>
/// <param name="Grant">The statement that the documentation gives for it.</param>
/// <param name="AllowedElsewhere">
/// What may allow the call in place of this document, such as the role's own policy; <see langword="null"/> where only the
/// document can.
/// </param>
public sealed record RequiredCall(
    Delivery Delivery, PolicyTarget Target, string Name, PolicyRequest Request, Grant Grant, string? AllowedElsewhere)
{
    /// <summary>
    /// The same call under the other identity that the source may make it with: the AWS account that delivered before the
    /// service principal did, or the role that is tried first. The call succeeds when either request is allowed.
    /// <see langword="null"/> where <see cref="Request"/> is the only one.
    /// </summary>
    public PolicyRequest? AlternativeRequest { get; init; }

    /// <summary>
    /// What has to allow the call beside this document, such as the own policy of a role from another account;
    /// <see langword="null"/> where the document alone is enough.
    /// </summary>
    public string? AlsoNeeds { get; init; }

    /// <summary>Whether a refusal is only noise: the delivery does not need the call.</summary>
    public bool IsOptional => Grant.IsOptional;

    /// <summary>The call in words: <c>s3:PutObject (digest file)</c>.</summary>
    public override string ToString() => $"{Request.Action} ({Name})";
}
