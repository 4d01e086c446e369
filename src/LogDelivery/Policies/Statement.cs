namespace LogDelivery.Policies;

/// <summary>One statement of a policy. Immutable.</summary>
public sealed class Statement
{
    private readonly Condition[] conditions;

    internal Statement(
        int index,
        string? sid,
        PolicyEffect effect,
        PrincipalElement principal,
        PatternElement action,
        PatternElement? resource,
        Condition[] conditions,
        StatementLayout layout)
    {
        Index = index;
        Sid = sid;
        Effect = effect;
        Principal = principal;
        Action = action;
        Resource = resource;
        this.conditions = conditions;
        Layout = layout;
    }

    /// <summary>The zero-based index of the statement in the document.</summary>
    public int Index { get; }

    /// <summary>The statement's id, or <see langword="null"/>. Free text: it proves nothing about what the statement does.</summary>
    public string? Sid { get; }

    /// <summary>The effect: Allow or Deny.</summary>
    public PolicyEffect Effect { get; }

    /// <summary>The principals that the statement covers.</summary>
    public PrincipalElement Principal { get; }

    /// <summary>The actions that the statement covers.</summary>
    public PatternElement Action { get; }

    /// <summary>The resources that the statement covers; <see langword="null"/> when the kind of policy has no Resource element.</summary>
    public PatternElement? Resource { get; }

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<Condition> Conditions => conditions;

    /// <summary>The positions of the statement and its parts in the document's text.</summary>
    internal StatementLayout Layout { get; }

    /// <summary>Whether the statement applies to a request.</summary>
    /// <param name="request">The request.</param>
    public Truth Matches(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Principal.Matches(request.Principal))
        {
            return Truth.False;
        }

        var truth = Action.Matches(request.Action, request.Context);
        if (truth != Truth.False && Resource is not null)
        {
            truth = truth.And(Resource.Matches(request.Resource, request.Context));
        }

        foreach (var condition in conditions)
        {
            if (truth == Truth.False)
            {
                break;
            }

            truth = truth.And(condition.Test(request.Context));
        }

        return truth;
    }

    /// <summary>The statement's place and Sid, as messages name it: <c>Statement[2] "AWSCloudTrailWrite"</c>.</summary>
    public override string ToString() => Describe(Index, Sid);

    internal static string Describe(int index, string? sid) => string.IsNullOrEmpty(sid) ? $"Statement[{index}]" : $"Statement[{index}] \"{sid}\"";
}
