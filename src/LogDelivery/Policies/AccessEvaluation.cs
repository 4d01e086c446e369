namespace LogDelivery.Policies;

/// <summary>
/// Decides a request by all policies that apply: a Deny in any of them wins; within one account it is enough that the
/// principal's own policies or the resource's policy allow, across accounts both must; a permissions boundary limits what
/// the principal's own policies grant. Source: IAM user guide, reference_policies_evaluation-logic and
/// reference_policies_evaluation-logic-cross-account.
/// </summary>
internal static class AccessEvaluation
{
    /// <summary>Decides a request and names the deciding policy.</summary>
    /// <param name="request">The request.</param>
    /// <param name="policies">The policies that take part.</param>
    public static AccessExplanation Explain(PolicyRequest request, AccessPolicies policies)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(policies);
        return new AccessDecision(request, policies).Explain();
    }
}

/// <summary>Combines the verdicts of the policies into one decision.</summary>
internal sealed class AccessDecision
{
    private readonly PolicyRequest request;
    private readonly AccessPolicies policies;

    // An account of null is that of a service: it has no policies of its own, so the resource's alone decides.
    private readonly Truth sameAccount;
    private readonly Truth identity;
    private readonly Truth boundary;
    private readonly Truth toItself;
    private readonly Truth toRole;
    private readonly Truth toEveryone;
    private readonly Truth toAccount;

    public AccessDecision(PolicyRequest request, AccessPolicies policies)
    {
        this.request = request;
        this.policies = policies;
        sameAccount = (request.Principal.AccountId, policies.ResourceAccountId) switch
        {
            (null, _) => Truth.True,
            (_, null) => Truth.Unknown,
            var (principal, owner) => (principal == owner).ToTruth(),
        };
        identity = policies.Identity.Aggregate(Truth.False, (t, p) => t.Or(Allows(p)));
        boundary = policies.Boundary is { } bound ? Allows(bound) : Truth.True;
        toItself = Grants(PrincipalCover.Itself);
        toRole = Grants(PrincipalCover.Role);
        toEveryone = Grants(PrincipalCover.Everyone);
        toAccount = Grants(PrincipalCover.Account);
    }

    private bool IsService => request.Principal.AccountId is null;

    /// <summary>The verdict of the resource's policy on grants that do not depend on the principal's own policies.</summary>
    private Truth Granted => toItself.Or(toRole).Or(toEveryone);

    /// <summary>The same verdict, limited by the permissions boundary.</summary>
    // Whether a boundary limits what a policy grants to everybody is not documented.
    private Truth Effective => toItself.Or(toRole.And(boundary)).Or(toEveryone.And(boundary == Truth.True ? Truth.True : Truth.Unknown));

    private Truth Own => identity.And(boundary);

    public AccessExplanation Explain()
    {
        var identitySide = IdentitySide();
        var resourceSide = ResourceSide();
        return new(request, Verdict(identitySide, resourceSide), identitySide, resourceSide);
    }

    private Verdict Verdict(AccessPart identitySide, AccessPart resourceSide)
    {
        if (identitySide.Verdict == Policies.Verdict.ExplicitDeny || resourceSide.Verdict == Policies.Verdict.ExplicitDeny)
        {
            return Policies.Verdict.ExplicitDeny;
        }

        var allowed = Allowed();
        return allowed switch
        {
            Truth.False => Policies.Verdict.ImplicitDeny,
            Truth.True when identitySide.Does == Truth.True && resourceSide.Does == Truth.True => Policies.Verdict.Allowed,
            _ => Policies.Verdict.Unknown,
        };
    }

    private Truth Allowed()
    {
        if (IsService)
        {
            return Granted;
        }

        var within = policies.ResourceMustAllow ? Effective.Or(toAccount.And(Own)) : Effective.Or(Own);
        var between = Granted.Or(toAccount).And(Own);
        return Either(within, between);
    }

    private Truth Either(Truth within, Truth between) => sameAccount switch
    {
        Truth.True => within,
        Truth.False => between,
        _ => within == between ? within : Truth.Unknown,
    };

    private AccessPart IdentitySide()
    {
        var own = IsService ? [] : policies.Identity.Append(policies.Boundary).OfType<NamedPolicy>().ToArray();
        if (Array.Find(own, p => Denies(p) == Truth.True) is { } denier)
        {
            return Denied(AccessSide.Identity, denier);
        }

        var needed = IsNeeded();
        if (needed == Truth.False)
        {
            return new(AccessSide.Identity, Truth.True, Policies.Verdict.Allowed, null, null, "The resource's policy alone decides.");
        }

        if (Own == Truth.False && needed == Truth.True)
        {
            return Refused();
        }

        if (Array.Find(own, p => Denies(p) == Truth.Unknown) is { } doubtful)
        {
            return Doubtful(AccessSide.Identity, doubtful);
        }

        if (Own == Truth.True)
        {
            var granter = policies.Identity.First(p => Allows(p) == Truth.True);
            return new(AccessSide.Identity, Truth.True, Policies.Verdict.Allowed, granter, granter.Document!.Explain(request), Says(granter));
        }

        return Array.Find(own, p => Allows(p) == Truth.Unknown) is { } uncertain
            ? Doubtful(AccessSide.Identity, uncertain)
            : new(AccessSide.Identity, Truth.Unknown, Policies.Verdict.Unknown, null, null, "It is unknown whether the principal's own policies must allow it, because the resource's account or policy is unknown.");
    }

    /// <summary>Whether the principal's own policies have to allow the request.</summary>
    private Truth IsNeeded()
    {
        if (IsService)
        {
            return Truth.False;
        }

        // When the policy of a key or a role allows nobody, the policy itself is the problem.
        var lets = Granted.Or(toAccount);
        var within = Effective == Truth.True ? Truth.False
            : policies.ResourceMustAllow && lets == Truth.False ? Truth.False
            : Effective == Truth.False && (!policies.ResourceMustAllow || lets == Truth.True) ? Truth.True
            : Truth.Unknown;
        return Either(within, Truth.True);
    }

    private AccessPart Refused()
    {
        if (identity == Truth.False)
        {
            var known = policies.Identity.Where(p => p.Document is not null).Select(p => (Policy: p, Explanation: p.Document!.Explain(request))).ToArray();
            var nearest = known
                .SelectMany(k => k.Explanation.NearMisses.Where(IsAbout).Select(m => (k.Policy, k.Explanation, Miss: m)))
                .OrderBy(n => n.Miss.Misses.Sum(Weight))
                .FirstOrDefault();
            var reason = (known.Length, nearest.Miss) switch
            {
                (0, _) => $"{request.Principal} has no policy that allows {request.Action}.",
                (_, null) => $"No policy of {request.Principal} allows {request.Action} on {request.Resource}.",
                _ => $"No policy of {request.Principal} allows {request.Action} on {request.Resource}. Nearest: {nearest.Miss} in {nearest.Policy}.",
            };
            return new(AccessSide.Identity, Truth.False, Policies.Verdict.ImplicitDeny, nearest.Policy, nearest.Explanation, reason);
        }

        var bound = policies.Boundary!;
        var explanation = bound.Document!.Explain(request);
        return new(AccessSide.Identity, Truth.False, Policies.Verdict.ImplicitDeny, bound, explanation, $"{Upper(bound.Name)} does not let it through: {explanation.Reason}");
    }

    // Without a principal to differ in, every statement for * would come near; one for another service is about something else.
    private bool IsAbout(NearMiss miss)
    {
        var service = request.Action[..(request.Action.IndexOf(':', StringComparison.Ordinal) + 1)];
        return !miss.Misses.Any(m => m.Element == StatementElement.Action)
            || miss.Statement.Action.Patterns.Any(p => p.Text.StartsWith(service, StringComparison.OrdinalIgnoreCase));
    }

    private static int Weight(ElementMiss miss) => miss.Element switch
    {
        StatementElement.Action => 3,
        StatementElement.Resource => 2,
        _ => 1,
    };

    private AccessPart ResourceSide()
    {
        var policy = policies.Resource;
        if (policy is not null && Denies(policy) == Truth.True)
        {
            return Denied(AccessSide.Resource, policy);
        }

        var lets = IsService ? Granted : Granted.Or(toAccount);
        var needed = IsService || policies.ResourceMustAllow ? Truth.True : sameAccount.Not();
        var does = needed.Not().Or(lets);
        if (does == Truth.False)
        {
            var missing = policy?.Document?.Explain(request);
            var reason = policy is null ? "The resource has no policy, and without one only its own account may use it." : $"{Upper(policy.Name)}: {missing!.Reason}";
            return new(AccessSide.Resource, Truth.False, Policies.Verdict.ImplicitDeny, policy, missing, reason);
        }

        if (policy is not null && (does == Truth.Unknown || Denies(policy) == Truth.Unknown))
        {
            return Doubtful(AccessSide.Resource, policy);
        }

        if (does == Truth.Unknown)
        {
            return new(AccessSide.Resource, Truth.Unknown, Policies.Verdict.Unknown, null, null, "It is unknown whether the resource's policy must allow it, because the resource's account is unknown.");
        }

        return lets == Truth.True
            ? new(AccessSide.Resource, Truth.True, Policies.Verdict.Allowed, policy, policy!.Document!.Explain(request), Says(policy))
            : new(AccessSide.Resource, Truth.True, Policies.Verdict.Allowed, policy, null, policy is null ? "The resource has no policy." : $"{Upper(policy.Name)} does not deny it, and need not allow it.");
    }

    private AccessPart Denied(AccessSide side, NamedPolicy policy)
        => new(side, Truth.False, Policies.Verdict.ExplicitDeny, policy, policy.Document!.Explain(request), Says(policy));

    private AccessPart Doubtful(AccessSide side, NamedPolicy policy)
        => new(
            side,
            Truth.Unknown,
            Policies.Verdict.Unknown,
            policy,
            policy.Document?.Explain(request),
            policy.Document is null ? $"{Upper(policy.Name)} may not be read." : Says(policy));

    private string Says(NamedPolicy policy) => $"{Upper(policy.Name)}: {policy.Document!.Explain(request).Reason}";

    private Truth Allows(NamedPolicy policy) => Matches(policy, PolicyEffect.Allow, _ => true);

    private Truth Denies(NamedPolicy policy) => Matches(policy, PolicyEffect.Deny, _ => true);

    private Truth Grants(PrincipalCover cover)
        => policies.Resource is { } policy ? Matches(policy, PolicyEffect.Allow, s => s.Principal.CoverOf(request.Principal) == cover) : Truth.False;

    private Truth Matches(NamedPolicy policy, PolicyEffect effect, Func<Statement, bool> isMeant)
        => policy.Document is not { } document
            ? Truth.Unknown
            : document.Statements.Where(s => s.Effect == effect && isMeant(s)).Aggregate(Truth.False, (t, s) => t.Or(s.Matches(request)));

    private static string Upper(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
