using LogDelivery.Alarms;
using LogDelivery.Comparison;
using LogDelivery.Gateways;
using LogDelivery.Patterns;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using LogDelivery.Streams;

namespace LogDelivery.Requests;

/// <summary>Whether what was looked at is well, wrong, or could not be told: one rule for each kind of answer.</summary>
internal static class Outcomes
{
    /// <summary>
    /// The outcome of a trail. One that waits for its first file may be young; one that is refused need not be waited for.
    /// </summary>
    /// <param name="health">The health.</param>
    public static Outcome Of(TrailDeliveryHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        return health.StateValue switch
        {
            TrailDeliveryState.Healthy => Outcome.Well,
            TrailDeliveryState.Failing or TrailDeliveryState.Stale or TrailDeliveryState.Stopped => Outcome.Wrong,
            TrailDeliveryState.NeverDelivered when health.Cause.Any(f => f.SeverityValue == FindingSeverity.Blocks) => Outcome.Wrong,
            _ => Outcome.CouldNotTell,
        };
    }

    /// <summary>The outcome of a call that a delivery makes.</summary>
    /// <param name="row">The call.</param>
    public static Outcome Of(PolicyTestRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Blocks ? Outcome.Wrong : !row.IsOptional && row.VerdictValue == Verdict.Unknown ? Outcome.CouldNotTell : Outcome.Well;
    }

    /// <summary>The outcome of a request that has to be allowed.</summary>
    /// <param name="row">The request.</param>
    public static Outcome Of(AccessTestRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.VerdictValue switch
        {
            Verdict.Allowed => Outcome.Well,
            Verdict.Unknown => Outcome.CouldNotTell,
            _ => Outcome.Wrong,
        };
    }

    /// <summary>The outcome of a link of a stream.</summary>
    /// <param name="row">The link.</param>
    public static Outcome Of(StreamLinkRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.StateValue switch
        {
            StreamLinkState.Working => Outcome.Well,
            StreamLinkState.Broken => Outcome.Wrong,
            _ => Outcome.CouldNotTell,
        };
    }

    /// <summary>The outcome of a comparison of policies: well when they let in the same requests.</summary>
    /// <param name="comparison">The comparison.</param>
    public static Outcome Of(PolicyComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return comparison.IsEquivalent ? Outcome.Well : comparison.Differences.Count > 0 ? Outcome.Wrong : Outcome.CouldNotTell;
    }

    /// <summary>The outcome of a comparison of filter patterns: well when they select the same events.</summary>
    /// <param name="difference">The comparison.</param>
    public static Outcome Of(FilterPatternDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return difference.RelationValue switch
        {
            PatternRelation.Equivalent => Outcome.Well,
            PatternRelation.Unknown => Outcome.CouldNotTell,
            _ => Outcome.Wrong,
        };
    }

    /// <summary>The outcome of a test of a filter pattern: well when it is valid, and matches the event if one is given.</summary>
    /// <param name="test">The test.</param>
    public static Outcome Of(FilterPatternTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        return test.IsValid && test.Matches != false ? Outcome.Well : Outcome.Wrong;
    }

    /// <summary>
    /// The outcome of the repair of a document. A document that was not asked for counts only where deliveries depend on it.
    /// </summary>
    /// <param name="record">The record.</param>
    public static Outcome Of(PolicyRepairRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.OutcomeValue switch
        {
            PolicyRepairOutcome.Restored => Outcome.Well,
            PolicyRepairOutcome.Failed or PolicyRepairOutcome.Unconfirmed => Outcome.CouldNotTell,
            PolicyRepairOutcome.NotAskedFor when record.TargetValue is not (PolicyTarget.Bucket or PolicyTarget.Key) => Outcome.Well,
            PolicyRepairOutcome.NothingToDo or PolicyRepairOutcome.Repaired or PolicyRepairOutcome.NotAskedFor when record.HasDelivered == false || record.IsLetIn is null => Outcome.CouldNotTell,
            PolicyRepairOutcome.NothingToDo or PolicyRepairOutcome.Repaired or PolicyRepairOutcome.NotAskedFor when record.IsLetIn == true => Outcome.Well,
            _ => Outcome.Wrong,
        };
    }

    /// <summary>The outcome of putting a backup back; whether deliveries succeed by it is not asked.</summary>
    /// <param name="record">The record.</param>
    public static Outcome OfRestore(PolicyRepairRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.OutcomeValue switch
        {
            PolicyRepairOutcome.Restored or PolicyRepairOutcome.NothingToDo => Outcome.Well,
            PolicyRepairOutcome.Failed or PolicyRepairOutcome.Unconfirmed => Outcome.CouldNotTell,
            _ => Outcome.Wrong,
        };
    }

    /// <summary>The outcome of the plan of an alarm: wrong when something is in its way.</summary>
    /// <param name="plan">The plan.</param>
    public static Outcome Of(AlarmPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Obstacles.Count > 0 ? Outcome.Wrong : Outcome.Well;
    }

    /// <summary>The outcome of setting up an alarm. What is left half done can be asked for again.</summary>
    /// <param name="outcome">What became of the steps.</param>
    public static Outcome Of(AlarmOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Succeeded ? Outcome.Well : Outcome.CouldNotTell;
    }

    /// <summary>The outcome of the plan to repair a document.</summary>
    /// <param name="plan">The plan.</param>
    public static Outcome Of(RepairPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Obstacles.Count > 0 ? Outcome.Wrong : Outcome.Well;
    }

    /// <summary>The outcome of a refused attempt in a log. What is only shown on request, because no delivery needs it, is not wrong.</summary>
    /// <param name="kind">What was refused.</param>
    public static Outcome Of(DeliveryFailureKind kind)
        => kind is DeliveryFailureKind.Noise or DeliveryFailureKind.OtherCaller ? Outcome.Well : Outcome.Wrong;

    /// <summary>The outcome of a destination of logs.</summary>
    /// <param name="destination">The destination.</param>
    public static Outcome Of(LogDeliveryDestination destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return destination.Findings.Length > 0 ? Outcome.Wrong : Outcome.Well;
    }

    /// <summary>The outcome of what was found beside the rows of an answer.</summary>
    /// <param name="findings">The findings.</param>
    public static Outcome Of(IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return findings.Count > 0 ? Outcome.Wrong : Outcome.Well;
    }

    /// <summary>The outcome of a use of a signature version: AWS is about to refuse version 2.</summary>
    /// <param name="usage">The use.</param>
    public static Outcome Of(S3SignatureUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return usage.Version == "SigV2" ? Outcome.Wrong : Outcome.Well;
    }

    /// <summary>The outcome of a call that failed. A log group that sends to no stream is wrong; all else that is not there cannot be told of.</summary>
    /// <param name="error">The failure.</param>
    public static Outcome Of(AwsCallException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error switch
        {
            { Kind: AwsErrorKind.Invalid } => Outcome.Refused,
            { Kind: AwsErrorKind.NotFound, Code: "StreamNotFound" } => Outcome.Wrong,
            _ => Outcome.CouldNotTell,
        };
    }
}
