using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>A rule for calls that no statement allows. Of all such rules the first in <see cref="FindingRules"/> to answer names the cause.</summary>
internal abstract class RefusalRule(FindingKind kind) : FindingRule(kind)
{
    public sealed override IEnumerable<Finding> Inspect(JudgedCall judged) => judged.Causes.Where(c => c.Rule == this).Select(c => c.Finding);

    /// <summary>The finding, when this rule is what explains the refusal.</summary>
    internal abstract Finding? Explain(Refusal refusal);

    /// <summary>Reports what the nearest statement misses, the main miss first.</summary>
    private protected Finding Report(Refusal refusal)
    {
        var statement = refusal.Statement!;
        var main = Advice.On(refusal.Main!, refusal);
        var others = refusal.Others.Select(m => Advice.On(m, refusal)).ToArray();
        var evidence = $"{statement}: {main.Says}.{string.Concat(others.Select(o => $" Besides, {o.Says}."))}";

        // A statement with another principal or several misses may as well serve somebody else.
        var mayServeAnother = others.Length > 0 || refusal.Main!.Element == StatementElement.Principal;
        var remedy = mayServeAnother
            ? $"If {refusal.StatementName} is meant for this delivery: {string.Join("; ", others.Prepend(main).Select(a => Wording.Lower(a.Edit)))}. Else add a statement of its own: {refusal.Call.Grant.ToJson()}"
            : $"{main.Edit}.";
        return Report(evidence, remedy, statement, refusal.Main!.Path);
    }
}
