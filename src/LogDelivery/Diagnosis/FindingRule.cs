using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis;

/// <summary>
/// Finds one kind of finding in a judged call, in the settings of a delivery, or in both. A rule is a class in
/// Diagnosis/Rules that declares its kind, an entry in <see cref="FindingRules"/>, a test and a page in docs/findings.
/// </summary>
internal abstract class FindingRule(FindingKind kind)
{
    /// <summary>The kind of finding that the rule makes.</summary>
    public FindingKind Kind => kind;

    /// <summary>Finds what is wrong with one call. By default nothing.</summary>
    /// <param name="judged">The call and what the policy says about it.</param>
    public virtual IEnumerable<Finding> Inspect(JudgedCall judged) => [];

    /// <summary>Finds what is wrong with the configuration of a delivery. By default nothing.</summary>
    /// <param name="delivery">The delivery, with what is known of its bucket.</param>
    public virtual IEnumerable<Finding> Inspect(Delivery delivery) => [];

    /// <summary>Makes a finding of this rule.</summary>
    /// <param name="evidence">What was seen.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="statement">The statement it is about.</param>
    /// <param name="path">The place in the document.</param>
    protected Finding Report(string evidence, string remedy, Statement? statement = null, string? path = null)
        => kind.Report(evidence, remedy, statement?.Index ?? -1, statement?.Sid, path);
}
