using LogDelivery.Patterns;
using LogDelivery.Text;

namespace LogDelivery;

/// <summary>The relation between the events of two filter patterns, as a flat row for shells and JSON.</summary>
public sealed record FilterPatternDifference
{
    /// <summary>The one pattern.</summary>
    public string ReferencePattern { get; init; } = string.Empty;

    /// <summary>The other pattern.</summary>
    public string DifferencePattern { get; init; } = string.Empty;

    /// <summary>The relation between their events.</summary>
    public string Relation
    {
        get => RelationValue.ToString();
        init => RelationValue = EnumWord.Parse<PatternRelation>(value);
    }

    internal PatternRelation RelationValue { get; init; }

    /// <summary>An event that only one of them selects, when they are different.</summary>
    public string? Witness { get; init; }

    /// <summary>The pattern that selects the witness: <c>ReferencePattern</c> or <c>DifferencePattern</c>.</summary>
    public string? MatchedBy { get; init; }

    /// <summary>The reason why the other pattern does not select it.</summary>
    public string? Reason { get; init; }

    /// <summary>Compares two patterns.</summary>
    /// <param name="reference">The one.</param>
    /// <param name="difference">The other.</param>
    /// <param name="effort">The maximum number of steps before the comparison is given up.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <exception cref="OperationCanceledException">The comparison was stopped.</exception>
    internal static FilterPatternDifference Of(
        FilterPattern reference, FilterPattern difference, long effort = PatternComparison.DefaultEffort, CancellationToken cancellationToken = default)
    {
        var comparison = PatternComparison.Compare(reference, difference, effort, cancellationToken);
        var other = comparison.IsMatchedByReference ? difference : reference;
        return new()
        {
            ReferencePattern = reference.Text,
            DifferencePattern = difference.Text,
            RelationValue = comparison.Relation,
            Witness = comparison.Witness,
            MatchedBy = comparison.Witness is null ? null : comparison.IsMatchedByReference ? nameof(ReferencePattern) : nameof(DifferencePattern),
            Reason = comparison.Witness is { } witness ? other.Explain(witness).FirstFailure?.ToString() : null,
        };
    }

    /// <summary>The row in a line.</summary>
    public override string ToString() => VisibleText.Of(RelationValue == PatternRelation.Different ? $"Different: {MatchedBy} alone selects {Witness}" : $"{Relation}");
}
