namespace LogDelivery.Repair;

/// <summary>
/// The proof that a repair allows the deliveries and nothing else: every class of requests that the documents can
/// distinguish, decided by the evaluator before and after. Immutable.
/// </summary>
public sealed record RepairCertificate
{
    /// <summary>An empty one, for tests of scripts.</summary>
    public RepairCertificate()
    {
    }

    internal RepairCertificate(double cells, long cellsDecided, long gained, long excess, long lost, string[] lostExamples, bool isComplete, string? witness)
        => (Cells, CellsDecided, Gained, Excess, Lost, LostExamples, IsComplete, Witness) = (cells, cellsDecided, gained, excess, lost, lostExamples, isComplete, witness);

    /// <summary>The number of classes of requests that the changed statements reach into.</summary>
    public double Cells { get; init; }

    /// <summary>The number of cells that the evaluator decided. Each represents all cells that the same statements decide.</summary>
    public long CellsDecided { get; init; }

    /// <summary>Classes that become allowed, all of them needed.</summary>
    public long Gained { get; init; }

    /// <summary>Classes that would become allowed although no delivery needs them: 0 in a valid certificate.</summary>
    public long Excess { get; init; }

    /// <summary>Classes that would no longer be allowed: 0 in a valid certificate, unless stale values are dropped on request.</summary>
    public long Lost { get; init; }

    /// <summary>Examples of requests that lose access, as the options permit.</summary>
    public string[] LostExamples { get; init; } = [];

    /// <summary>Whether every class was covered.</summary>
    public bool IsComplete { get; init; }

    /// <summary>A request that shows why the certificate is not valid; <see langword="null"/> when it is valid.</summary>
    public string? Witness { get; init; }

    /// <summary>Whether the repair allows only what the deliveries need and loses only what the options permit.</summary>
    public bool IsValid => IsComplete && Excess == 0 && Witness is null;

    /// <summary>The certificate in a sentence.</summary>
    public override string ToString()
    {
        if (!IsComplete)
        {
            return FormattableString.Invariant($"Not proven: after {CellsDecided:N0} of {Cells:N0} cells the comparison was given up.");
        }

        var lost = Lost == 0 ? "0 lost" : FormattableString.Invariant($"{Lost:N0} lost on request");
        return FormattableString.Invariant($"{Cells:N0} cells compared ({CellsDecided:N0} decided, the others alike): {Gained:N0} gained, all needed; {lost}; {Excess:N0} in excess.");
    }
}
