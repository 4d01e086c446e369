using LogDelivery.Diagnosis.Causes;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis;

/// <summary>What a rule looks at: one call, the document that judges it, and what the document says. Immutable.</summary>
internal sealed class JudgedCall
{
    private readonly Lazy<IReadOnlyList<Cause>> causes;

    /// <summary>Makes a judged call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="document">The policy of the bucket or of the key.</param>
    /// <param name="explanation">The verdict with its reason.</param>
    public JudgedCall(RequiredCall call, PolicyDocument document, Explanation explanation)
    {
        Call = call;
        Document = document;
        Explanation = explanation;
        causes = new(() => CauseFinder.Find(this));
    }

    /// <summary>The call.</summary>
    public RequiredCall Call { get; }

    /// <summary>The policy of the bucket or of the key.</summary>
    public PolicyDocument Document { get; }

    /// <summary>The verdict with its reason.</summary>
    public Explanation Explanation { get; }

    /// <summary>The request as it was judged: the call's own, or the one under its other identity.</summary>
    public PolicyRequest Request => Explanation.Request;

    public Verdict Verdict => Explanation.Verdict;

    /// <summary>Why the call is refused: one cause for each Deny that matches, and one for the Allow that is missing.</summary>
    public IReadOnlyList<Cause> Causes => causes.Value;
}
