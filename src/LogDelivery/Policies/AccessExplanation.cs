namespace LogDelivery.Policies;

/// <summary>The two sides that have to agree to a request.</summary>
internal enum AccessSide
{
    /// <summary>The policies and the permissions boundary of the calling role or user.</summary>
    Identity,

    /// <summary>The policy of the resource.</summary>
    Resource,
}

/// <summary>The contribution of one policy to a decision. Immutable.</summary>
/// <param name="Side">The side that the policy is on.</param>
/// <param name="Does">Whether the side does its part, so that nothing has to be changed there.</param>
/// <param name="Verdict">Its verdict; <see cref="Verdict.Allowed"/> also when the decision does not depend on it.</param>
/// <param name="Policy">The policy that decides; <see langword="null"/> when there is none.</param>
/// <param name="Explanation">The explanation of that policy; <see langword="null"/> where it is not known.</param>
/// <param name="Reason">The reason in a sentence.</param>
internal sealed record AccessPart(AccessSide Side, Truth Does, Verdict Verdict, NamedPolicy? Policy, Explanation? Explanation, string Reason);

/// <summary>A decision by all policies together, with its reason. Immutable.</summary>
/// <param name="Request">The request.</param>
/// <param name="Verdict">The decision.</param>
/// <param name="Identity">The part of the principal's own policies.</param>
/// <param name="Resource">The part of the resource's policy.</param>
internal sealed record AccessExplanation(PolicyRequest Request, Verdict Verdict, AccessPart Identity, AccessPart Resource)
{
    /// <summary>Whether the request is refused whatever the unknown keys and policies hold.</summary>
    public bool IsRefused => Verdict is Verdict.ExplicitDeny or Verdict.ImplicitDeny;

    /// <summary>The part that decided: the one that denies, that is unknown, or that allows.</summary>
    public AccessPart Deciding => Parts.OrderBy(p => Rank(p.Verdict)).ThenBy(p => p.Does).First();

    /// <summary>The reason in a sentence, with the policy that decided.</summary>
    public string Reason => Deciding.Reason;

    private AccessPart[] Parts => [Identity, Resource];

    private static int Rank(Verdict verdict) => verdict switch
    {
        Verdict.ExplicitDeny => 0,
        Verdict.ImplicitDeny => 1,
        Verdict.Unknown => 2,
        _ => 3,
    };
}
