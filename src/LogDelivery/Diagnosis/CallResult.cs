using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis;

/// <summary>One required call and what the policy says about it: a row of a test. Immutable.</summary>
internal sealed class CallResult
{
    internal CallResult(RequiredCall call, Verdict verdict, Explanation? explanation, string reason, IReadOnlyList<Finding> findings)
    {
        Call = call;
        Verdict = verdict;
        Explanation = explanation;
        Reason = reason;
        Findings = findings;
    }

    /// <summary>The call.</summary>
    public RequiredCall Call { get; }

    /// <summary>What the policy says about it.</summary>
    public Verdict Verdict { get; }

    /// <summary>The deciding statement and the near misses; <see langword="null"/> when the document is not known.</summary>
    public Explanation? Explanation { get; }

    /// <summary>The reason in a sentence.</summary>
    public string Reason { get; }

    /// <summary>The findings of this call, worst first.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Whether this call stops the delivery.</summary>
    public bool Blocks => !Call.IsOptional
        && (Verdict is Verdict.ExplicitDeny or Verdict.ImplicitDeny || Findings.Any(f => f.SeverityValue == FindingSeverity.Blocks));
}
