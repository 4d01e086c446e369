namespace LogDelivery.Repair;

/// <summary>
/// The proof that a repair allows the deliveries and nothing else: every class of requests that the documents can
/// distinguish, decided by the evaluator before and after. Immutable.
/// </summary>
/// <param name="Cells">The number of classes of requests that the changed statements reach into.</param>
/// <param name="CellsDecided">The number of cells that the evaluator decided. Each represents all cells that the same statements decide.</param>
/// <param name="Gained">Classes that become allowed, all of them needed.</param>
/// <param name="Excess">Classes that would become allowed although no delivery needs them: 0 in a valid certificate.</param>
/// <param name="Lost">Classes that would no longer be allowed: 0 in a valid certificate, unless stale values are dropped on request.</param>
/// <param name="LostExamples">Examples of requests that lose access, as the options permit.</param>
/// <param name="IsComplete">Whether every class was covered.</param>
/// <param name="Witness">A request that shows why the certificate is not valid; <see langword="null"/> when it is valid.</param>
public sealed record RepairCertificate(
    double Cells,
    long CellsDecided,
    long Gained,
    long Excess,
    long Lost,
    IReadOnlyList<string> LostExamples,
    bool IsComplete,
    string? Witness)
{
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
