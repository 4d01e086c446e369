namespace LogDelivery.Policies;

/// <summary>The element of a statement that a request met or missed.</summary>
public enum StatementElement
{
    /// <summary><c>Principal</c> or <c>NotPrincipal</c>.</summary>
    Principal,

    /// <summary><c>Action</c> or <c>NotAction</c>.</summary>
    Action,

    /// <summary><c>Resource</c> or <c>NotResource</c>.</summary>
    Resource,

    /// <summary>One test of the <c>Condition</c> block.</summary>
    Condition,
}

/// <summary>One element of a statement that a request did not, or not certainly, match.</summary>
/// <param name="Element">The element of the statement.</param>
/// <param name="Path">Its place in the document, such as <c>Statement[2].Condition.StringEquals.aws:SourceArn</c>.</param>
/// <param name="Says">The value in the policy.</param>
/// <param name="Carries">The value in the request.</param>
/// <param name="Truth"><see cref="Truth.False"/> for a miss, <see cref="Truth.Unknown"/> where it is unknown.</param>
/// <param name="Condition">The condition, when <paramref name="Element"/> is one.</param>
public sealed record ElementMiss(
    StatementElement Element, string Path, string Says, string Carries, Truth Truth, Condition? Condition = null)
{
    /// <summary>The miss in words.</summary>
    public override string ToString() => $"{Path} says {Says}; the request carries {Carries}";
}

/// <summary>An Allow statement that would have matched a request but for the elements listed.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Misses">The elements that failed; one for a near miss in the strict sense.</param>
public sealed record NearMiss(Statement Statement, IReadOnlyList<ElementMiss> Misses)
{
    /// <summary>The near miss in words.</summary>
    public override string ToString() => $"{Statement}: {string.Join("; ", Misses.Select(m => $"{m.Path[(m.Path.IndexOf('.', StringComparison.Ordinal) + 1)..]} says {m.Says}, the request carries {m.Carries}"))}";
}

/// <summary>A verdict with its reason. Immutable.</summary>
internal sealed class Explanation
{
    // An Allow that misses in more places than this was hardly meant for the request.
    private const int MaxMisses = 2;

    private Explanation(
        PolicyRequest request, Decision decision, bool isRefused, Statement? statement, IReadOnlyList<NearMiss> nearMisses, IReadOnlyList<string> unknownKeys, string reason)
    {
        Request = request;
        Verdict = decision.Verdict;
        IsRefused = isRefused;
        Statement = statement;
        NearMisses = nearMisses;
        UnknownKeys = unknownKeys;
        Reason = reason;
    }

    /// <summary>The request.</summary>
    public PolicyRequest Request { get; }

    /// <summary>The verdict of the policy.</summary>
    public Verdict Verdict { get; }

    /// <summary>
    /// Whether the request is refused regardless of the unknown keys: denied explicitly or implicitly, even when it is
    /// unknown which.
    /// </summary>
    public bool IsRefused { get; }

    /// <summary>The deciding statement; <see langword="null"/> when nothing allows the request.</summary>
    public Statement? Statement { get; }

    /// <summary>The Allow statements that came closest to a match, fewest misses first. Empty unless the request is implicitly denied.</summary>
    public IReadOnlyList<NearMiss> NearMisses { get; }

    /// <summary>The context keys that decide an unknown verdict, as the policy spells them. Empty otherwise.</summary>
    public IReadOnlyList<string> UnknownKeys { get; }

    /// <summary>The reason in a sentence.</summary>
    public string Reason { get; }

    internal static Explanation Of(PolicyDocument document, PolicyRequest request)
    {
        var decision = document.Evaluate(request);
        var statement = decision.StatementIndex < 0 ? null : document.Statements[decision.StatementIndex];
        var isRefused = decision.Verdict is Verdict.ExplicitDeny or Verdict.ImplicitDeny
            || (decision.Verdict == Verdict.Unknown && !document.Statements.Any(s => s.Effect == PolicyEffect.Allow && s.Matches(request) != Truth.False));
        var nearMisses = isRefused && decision.Verdict != Verdict.ExplicitDeny ? FindNearMisses(document, request) : [];
        var unknownKeys = decision.Verdict == Verdict.Unknown ? FindUnknownKeys(document, statement!, request) : [];
        return new(request, decision, isRefused, statement, nearMisses, unknownKeys, Describe(decision, isRefused, statement, nearMisses, unknownKeys, request));
    }

    /// <summary>Finds every element of a statement that a request does not certainly match.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="request">The request.</param>
    public static IReadOnlyList<ElementMiss> FindMisses(Statement statement, PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(request);
        var misses = new List<ElementMiss>();
        var path = $"Statement[{statement.Index}]";
        void Add(StatementElement element, string name, string says, string carries, Truth truth, Condition? condition = null)
        {
            if (truth != Truth.True)
            {
                misses.Add(new(element, $"{path}.{name}", says, carries, truth, condition));
            }
        }

        Add(
            StatementElement.Principal,
            statement.Principal.IsNegated ? "NotPrincipal" : "Principal",
            statement.Principal.ToString(),
            request.Principal.Id,
            statement.Principal.Matches(request.Principal).ToTruth());
        Add(
            StatementElement.Action,
            statement.Action.IsNegated ? "NotAction" : "Action",
            statement.Action.ToString(),
            request.Action,
            statement.Action.Matches(request.Action, request.Context));
        if (statement.Resource is { } resource)
        {
            Add(
                StatementElement.Resource,
                resource.IsNegated ? "NotResource" : "Resource",
                resource.ToString(),
                request.Resource,
                resource.Matches(request.Resource, request.Context));
        }

        foreach (var condition in statement.Conditions)
        {
            Add(
                StatementElement.Condition,
                $"Condition.{condition.Operator}.{condition.Key}",
                string.Join(" or ", condition.Values),
                request.Context[condition.Key].ToString(),
                condition.Test(request.Context),
                condition);
        }

        return misses;
    }

    private static List<NearMiss> FindNearMisses(PolicyDocument document, PolicyRequest request)
        => [.. document.Statements
            .Where(s => s.Effect == PolicyEffect.Allow)
            .Select(s => new NearMiss(s, FindMisses(s, request)))
            .Where(m => m.Misses.Count <= MaxMisses && IsAbout(m))
            .OrderBy(m => m.Misses.Count)];

    // A statement with other actions on other resources is about something else, such as the ACL check beside the write.
    private static bool IsAbout(NearMiss miss)
        => !(miss.Misses.Any(m => m.Element == StatementElement.Action) && miss.Misses.Any(m => m.Element is StatementElement.Resource or StatementElement.Principal));

    private static List<string> FindUnknownKeys(PolicyDocument document, Statement deciding, PolicyRequest request)
    {
        // Where a Deny decides, another statement allows for sure or none does: no Allow's key changes anything.
        var keys = new List<string>();
        foreach (var statement in document.Statements.Where(s => s.Matches(request) == Truth.Unknown && (deciding.Effect == PolicyEffect.Allow || s.Effect == PolicyEffect.Deny)))
        {
            foreach (var miss in FindMisses(statement, request))
            {
                var found = miss.Condition is { } condition
                    ? condition.Operands.ToArray().SelectMany(o => o.Pattern?.VariableNames ?? []).Prepend(condition.Key)
                    : (statement.Resource?.Patterns ?? []).SelectMany(p => p.VariableNames);
                keys.AddRange(found.Where(k => request.Context[k].Knowledge is not (ContextKnowledge.Present or ContextKnowledge.Absent)));
            }
        }

        return [.. keys.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string Describe(
        Decision decision, bool isRefused, Statement? statement, List<NearMiss> nearMisses, List<string> unknownKeys, PolicyRequest request)
    {
        switch (decision.Verdict)
        {
            case Verdict.Allowed:
                return $"{statement} allows it.";
            case Verdict.ExplicitDeny:
                return $"{statement} denies it{DescribeConditions(statement!, request)}.";
            case Verdict.Unknown:
                var verb = statement!.Effect == PolicyEffect.Deny ? "denies" : "allows";
                var rest = isRefused ? " No statement allows it in any case." : string.Empty;
                return $"{statement} {verb} it or not, depending on {string.Join(", ", unknownKeys)}, which cannot be known from here.{rest}";
            default:
                return nearMisses.Count == 0 ? "No statement allows it." : $"No statement allows it. Nearest: {nearMisses[0]}.";
        }
    }

    private static string DescribeConditions(Statement statement, PolicyRequest request)
    {
        if (statement.Conditions.Count == 0)
        {
            return string.Empty;
        }

        var tests = statement.Conditions.Select(c => $"{c.Operator} {c.Key} {string.Join(" or ", c.Values)} (the request carries {request.Context[c.Key]})");
        return $", as {string.Join(" and ", tests)}";
    }
}
