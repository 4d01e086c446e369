using LogDelivery.Policies;

namespace LogDelivery.Comparison;

/// <summary>A quick test whether some request could match two statements. It may say yes too often, never no.</summary>
internal static class StatementOverlap
{
    public static bool IsPossible(Statement left, Statement right)
        => Principals(left.Principal, right.Principal)
            && Patterns(left.Action, right.Action)
            && (left.Resource is null || right.Resource is null || Patterns(left.Resource, right.Resource));

    private static bool Principals(PrincipalElement left, PrincipalElement right)
    {
        if (left.IsNegated || right.IsNegated)
        {
            return true;
        }

        return left.Entries.Any(l => right.Entries.Any(r =>
            l.IsEveryone || r.IsEveryone || (l.Type == r.Type && (l.Type == PrincipalType.Aws || l.Text == r.Text))));
    }

    private static bool Patterns(PatternElement left, PatternElement right)
        => left.IsNegated || right.IsNegated
            || left.Patterns.Any(l => right.Patterns.Any(r => l.HasVariables || r.HasVariables || ValueForm.Overlap(l, r)));
}
