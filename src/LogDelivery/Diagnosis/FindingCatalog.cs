using LogDelivery.Diagnosis.Rules;

namespace LogDelivery.Diagnosis;

/// <summary>Every kind of finding.</summary>
public static class FindingCatalog
{
    /// <summary>All rules, by id.</summary>
    public static IReadOnlyList<FindingRule> All { get; } =
    [
        new NoStatementAllowsRule(),
    ];
}
