using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>
/// A call that no statement allows, with the Allow that was most likely meant for it. Which one that is decides whether a
/// person is told to edit a line or to add a statement, so a statement that serves another delivery is never chosen.
/// </summary>
internal sealed class Refusal
{
    // With more misses than these a statement was hardly meant for the call.
    private const int MaxMisses = 3;

    private Refusal(JudgedCall judged, Statement? statement, IReadOnlyList<ElementMiss> misses)
    {
        Judged = judged;
        Statement = statement;
        Main = misses.Count == 0 ? null : misses[0];
        Others = [.. misses.Skip(1)];
    }

    public JudgedCall Judged { get; }

    public RequiredCall Call => Judged.Call;

    public Delivery Delivery => Judged.Call.Delivery;

    public PolicyRequest Request => Judged.Request;

    /// <summary>The statement that came nearest, or null when none is about the call.</summary>
    public Statement? Statement { get; }

    /// <summary>What it misses, in the order in which a person would mend it.</summary>
    public ElementMiss? Main { get; }

    /// <summary>What else it misses.</summary>
    public IReadOnlyList<ElementMiss> Others { get; }

    public string StatementName => $"Statement[{Statement!.Index}]";

    /// <summary>The miss when it is a condition, else null.</summary>
    public Condition? Condition => Main?.Condition;

    /// <summary>How the statement's resource misses the call, when that is the main miss.</summary>
    public ResourceDifference? Difference => Main is { Element: StatementElement.Resource } ? ResourceDifference.Find(Statement!, Call, Request) : null;

    public static Refusal Of(JudgedCall judged)
    {
        var nearest = judged.Document.Statements
            .Where(s => s.Effect == PolicyEffect.Allow)
            .Select(s => (Statement: s, Misses: Explanation.FindMisses(s, judged.Request).Where(m => m.Truth == Truth.False).ToArray()))
            .Where(c => c.Misses.Length is > 0 and <= MaxMisses && IsAbout(c.Statement, c.Misses, judged))
            .OrderBy(c => c.Misses.Sum(Weight))
            .ThenByDescending(c => Array.Exists(c.Misses, m => m.Element == StatementElement.Resource) ? ResourceDifference.Find(c.Statement, judged.Call, judged.Request).Depth : 0)
            .FirstOrDefault();
        return nearest.Statement is null
            ? new(judged, null, [])
            : new(judged, nearest.Statement, [.. nearest.Misses.OrderBy(m => Rank(m, judged.Request.Context))]);
    }

    private static bool IsAbout(Statement statement, ElementMiss[] misses, JudgedCall judged)
    {
        var principal = Array.Exists(misses, m => m.Element == StatementElement.Principal);
        var action = Array.Exists(misses, m => m.Element == StatementElement.Action);
        var resource = Array.Exists(misses, m => m.Element == StatementElement.Resource);
        if (principal && (action || resource || !PrincipalKinship.IsKin(statement.Principal, judged)))
        {
            return false;
        }

        // Other actions on other resources are another matter, such as the ACL check beside the write.
        return !(action && resource) && !(resource && ServesAnother(misses, judged.Call.Delivery));
    }

    /// <summary>A statement for another path and guarded for another account is that account's own.</summary>
    private static bool ServesAnother(ElementMiss[] misses, Delivery delivery)
        => Array.Exists(misses, m => m.Condition is { } condition
            && ConditionKey.IsSource(condition)
            && !condition.Values.Any(v => v.Contains(delivery.AccountId, StringComparison.Ordinal)));

    private static int Weight(ElementMiss miss) => miss.Element switch
    {
        StatementElement.Principal => 4,
        StatementElement.Action => 3,
        StatementElement.Resource => 2,
        _ => 1,
    };

    // Coarse before fine; among conditions first those that can never hold.
    private static int Rank(ElementMiss miss, RequestContext context) => miss.Element switch
    {
        StatementElement.Principal => 0,
        StatementElement.Action => 1,
        StatementElement.Resource => 2,
        _ when context[miss.Condition!.Key].Knowledge is ContextKnowledge.Absent or ContextKnowledge.Internal => 3,
        _ when ConditionKey.IsSource(miss.Condition!) => 4,
        _ => 5,
    };
}
