
namespace LogDelivery.Diagnosis.Causes;

/// <summary>A rule for calls that a statement denies. Of all such rules the first in <see cref="FindingRules"/> to answer names the cause.</summary>
internal abstract class DenialRule(FindingKind kind) : FindingRule(kind)
{
    public sealed override IEnumerable<Finding> Inspect(JudgedCall judged) => judged.Causes.Where(c => c.Rule == this).Select(c => c.Finding);

    /// <summary>The finding, when this rule is what explains the denial.</summary>
    internal abstract Finding? Explain(Denial denial);

    private protected Finding Report(Denial denial, string remedy, string? note = null)
        => Report($"{denial.Describe()}.{(note is null ? string.Empty : $" {note}")}", remedy, denial.Statement, denial.Path);
}
