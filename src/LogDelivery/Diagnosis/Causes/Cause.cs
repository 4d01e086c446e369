
namespace LogDelivery.Diagnosis.Causes;

/// <summary>A finding that explains a refusal, and the rule that recognised it.</summary>
internal sealed record Cause(FindingRule Rule, Finding Finding);
