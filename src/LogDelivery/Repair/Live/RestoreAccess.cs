using System.Globalization;
using LogDelivery.Comparison;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>Who gains and who loses access when one document replaces another.</summary>
/// <param name="Lines">A line for each change, what is gained first; empty when there is none.</param>
/// <param name="Widens">Whether somebody gains access, or it cannot be told that nobody does.</param>
internal sealed record RestoreAccess(IReadOnlyList<string> Lines, bool Widens)
{
    // What a person reads before an answer; the rest is counted.
    private const int MaxLines = 20;

    /// <summary>Compares two documents; <see langword="null"/> means none.</summary>
    public static RestoreAccess Of(PolicyTarget target, string? present, string? restored, CancellationToken cancellationToken)
    {
        if (SamePolicy.Is(present, restored))
        {
            return new([], false);
        }

        var kind = PolicyRepair.KindOf(target);
        if (Parse(present, kind) is not { } before || Parse(restored, kind) is not { } after)
        {
            return new(["One of the two documents is no valid policy, so who gains access cannot be told."], true);
        }

        var comparison = PolicyComparison.Compare(before, after, cancellationToken: cancellationToken);
        var gained = comparison.Differences.Where(d => d.Change is AccessChange.Gained or AccessChange.DenyLifted).Select(d => d.ToString()).Distinct().ToArray();
        var lost = comparison.Differences.Where(d => d.Change is AccessChange.Lost or AccessChange.DenyAdded).Select(d => d.ToString()).Distinct().ToArray();
        var lines = new List<string>([.. Some(gained), .. Some(lost)]);
        if (!comparison.IsComplete)
        {
            lines.Add("The documents are too large to compare completely: others may gain access.");
        }

        return new(lines, !comparison.IsComplete || comparison.GainedCells > 0 || comparison.DenyLiftedCells > 0);
    }

    private static IEnumerable<string> Some(string[] lines)
        => lines.Length <= MaxLines ? lines : lines.Take(MaxLines).Append($"... and {(lines.Length - MaxLines).ToString(CultureInfo.InvariantCulture)} more of these.");

    private static PolicyDocument? Parse(string? text, PolicyKind kind)
        => text is null ? PolicyDocument.Empty(kind) : PolicyDocument.TryParse(text, kind, out var document, out _) ? document : null;
}
