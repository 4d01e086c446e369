using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis;

/// <summary>Judges the calls of deliveries by the policies of their bucket and key, and finds the causes.</summary>
internal static class PolicyTest
{
    /// <summary>Tests one delivery.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="bucketPolicy">The bucket's policy; <see langword="null"/> when it may not be read, which makes its calls unknown.</param>
    /// <param name="keyPolicy">The key's policy; <see langword="null"/> when it may not be read.</param>
    /// <returns>One row per call, in the order of the catalog.</returns>
    /// <exception cref="ArgumentException">The delivery is not well-formed, or a required parameter is missing.</exception>
    public static PolicyTestResult Run(Delivery delivery, PolicyDocument? bucketPolicy, PolicyDocument? keyPolicy = null)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var calls = delivery.Source.GetRequiredCalls(delivery);
        var results = calls.Select(call => Judge(call, call.Target == PolicyTarget.Key ? keyPolicy : bucketPolicy)).ToArray();
        return new(delivery, results, [.. InspectSettings(delivery).OrderBy(f => f.SeverityValue)]);
    }

    /// <summary>Finds what is wrong with the settings of a delivery and its bucket, apart from any policy.</summary>
    /// <param name="delivery">The delivery, with what is known of its bucket.</param>
    /// <returns>The findings by id.</returns>
    public static IEnumerable<Finding> InspectSettings(Delivery delivery) => FindingRules.All.SelectMany(r => r.Inspect(delivery));

    private static CallResult Judge(RequiredCall call, PolicyDocument? document)
    {
        if (document is null)
        {
            var what = call.Target == PolicyTarget.Key ? "key policy" : "bucket policy";
            return new(call, Verdict.Unknown, null, $"The {what} is not known.", []);
        }

        var explanation = Explain(call, document);
        var judged = new JudgedCall(call, document, explanation);
        var findings = FindingRules.All.SelectMany(r => r.Inspect(judged)).OrderBy(f => f.SeverityValue).ToArray();
        var isDenied = explanation.Verdict == Verdict.ExplicitDeny;
        if (explanation.IsRefused && !isDenied && call.AllowedElsewhere is { } elsewhere)
        {
            var reason = $"This policy neither allows nor denies it; {elsewhere} decides.";
            return new(call, Verdict.Unknown, explanation, reason, [.. findings.Where(f => f.SeverityValue != FindingSeverity.Blocks)]);
        }

        if (explanation.Verdict == Verdict.Allowed && call.AlsoNeeds is { } other)
        {
            return new(call, Verdict.Allowed, explanation, $"{explanation.Reason} {char.ToUpperInvariant(other[0])}{other[1..]} has to allow it as well.", findings);
        }

        // A call that nothing allows is refused, even where it cannot be told whether a Deny hits it as well.
        var verdict = explanation.IsRefused && !isDenied ? Verdict.ImplicitDeny : explanation.Verdict;
        return new(call, verdict, explanation, explanation.Reason, findings);
    }

    /// <summary>
    /// Judges the call under each identity that the source may use. It succeeds when one of them is let in, also where the
    /// other one is denied: S3 answers every refusal by the same AccessDenied, so a source that goes on to its other
    /// identity after the one refusal does so after the other. Where none is let in, the documented request tells why.
    /// </summary>
    private static Explanation Explain(RequiredCall call, PolicyDocument document)
    {
        var main = document.Explain(call.Request);
        if (call.AlternativeRequest is not { } request || main.Verdict == Verdict.Allowed)
        {
            return main;
        }

        var alternative = document.Explain(request);
        return alternative.Verdict switch
        {
            Verdict.Allowed => alternative,
            Verdict.Unknown when main.IsRefused && !alternative.IsRefused => alternative,

            // Somebody did let the other identity in, and a Deny takes it back: that Deny is the cause.
            Verdict.ExplicitDeny when main.Verdict == Verdict.ImplicitDeny && HasAllow(document, request) => alternative,
            _ => main,
        };
    }

    private static bool HasAllow(PolicyDocument document, PolicyRequest request)
        => document.Statements.Any(s => s.Effect == PolicyEffect.Allow && s.Matches(request) != Truth.False);
}

/// <summary>The answer of <see cref="PolicyTest.Run"/>. Immutable.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Calls">One row per call.</param>
/// <param name="Findings">What is wrong with the delivery's configuration, apart from any policy.</param>
internal sealed record PolicyTestResult(Delivery Delivery, IReadOnlyList<CallResult> Calls, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether something stops the delivery.</summary>
    public bool Blocks => Calls.Any(c => c.Blocks) || Findings.Any(f => f.SeverityValue == FindingSeverity.Blocks);

    /// <summary>Whether nothing is known to stop the delivery, but something could not be told.</summary>
    public bool IsUnknown => !Blocks && Calls.Any(c => !c.Call.IsOptional && c.Verdict == Verdict.Unknown);

    /// <summary>Whether every call that the delivery needs is allowed.</summary>
    public bool Passes => !Blocks && !IsUnknown;

    /// <summary>Every finding, the configuration's and the calls', each once, worst first.</summary>
    public IReadOnlyList<Finding> AllFindings => [.. Findings.Concat(Calls.SelectMany(c => c.Findings)).DistinctBy(f => (f.Id, f.Evidence)).OrderBy(f => f.SeverityValue)];
}
