using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis;

/// <summary>
/// One kind of finding: an id, a class, a test and a page in docs/findings. A rule looks at a judged call, at the settings of
/// a delivery, or at both.
/// </summary>
public abstract class FindingRule
{
    /// <summary>The stable id, <c>LD0001</c> and so on.</summary>
    public abstract string Id { get; }

    /// <summary>The finding in a few words, as the page's heading has it.</summary>
    public abstract string Title { get; }

    /// <summary>What it means for the deliveries.</summary>
    public abstract FindingSeverity Severity { get; }

    /// <summary>The AWS page that the rule comes from.</summary>
    public abstract Uri Documentation { get; }

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
        => new(Id, Title, Severity, evidence, remedy, statement?.Index ?? -1, statement?.Sid, path ?? string.Empty, Documentation);
}
