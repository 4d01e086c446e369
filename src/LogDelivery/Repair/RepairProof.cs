using LogDelivery.Comparison;
using LogDelivery.Policies;

namespace LogDelivery.Repair;

/// <summary>Proves that a changed document allows what the original allowed and what is needed, and nothing else.</summary>
internal static class RepairProof
{
    private const int MaxExamples = 5;

    /// <summary>Compares two documents.</summary>
    /// <param name="before">The document before.</param>
    /// <param name="after">The document after.</param>
    /// <param name="needed">Statements that describe the access that may be gained.</param>
    /// <param name="resources">The resources that the documents are attached to; all when empty.</param>
    /// <param name="mayLose">Whether a request may be lost; null when none may.</param>
    /// <param name="cancellationToken">Stops the proof.</param>
    /// <exception cref="OperationCanceledException">The proof was stopped.</exception>
    public static RepairCertificate Prove(
        PolicyDocument before,
        PolicyDocument after,
        PolicyDocument needed,
        IReadOnlyList<string> resources,
        Func<PolicyRequest, bool>? mayLose = null,
        CancellationToken cancellationToken = default)
    {
        long gained = 0;
        long excess = 0;
        long lost = 0;
        string? witness = null;
        var examples = new List<string>();
        var walk = CellWalk.Run(before, after, needed.Statements, resources, PolicyComparison.DefaultMaxCells, cell =>
        {
            if (cell.Change is not { } change)
            {
                return;
            }

            var difference = new AccessDifference(change, cell.Request, cell.Before, cell.After);
            if (change is AccessChange.Gained or AccessChange.DenyLifted)
            {
                var isNeeded = needed.Evaluate(cell.Request).Verdict == Verdict.Allowed;
                gained += isNeeded ? 1 : 0;
                excess += isNeeded ? 0 : 1;
                witness ??= isNeeded ? null : $"it would allow {difference.Witness}";
            }
            else
            {
                lost++;
                if (mayLose?.Invoke(cell.Request) == true)
                {
                    if (examples.Count < MaxExamples)
                    {
                        examples.Add(difference.Witness);
                    }
                }
                else
                {
                    witness ??= $"it would lock out {difference.Witness}";
                }
            }
        }, cancellationToken);
        return new(walk.Cells, walk.CellsDecided, gained, excess, lost, [.. examples], walk.IsComplete, witness);
    }
}
