using LogDelivery.Gateways;
using LogDelivery.Logs.Files;

namespace LogDelivery.Requests;

/// <summary>
/// The answer to a question as a whole, from the outcomes of all that was looked at. Empty is not healthy: a question that
/// found nothing to look at has not been answered.
/// </summary>
/// <remarks>
/// In this order: a request that has to be corrected is <see cref="Outcome.Refused"/>, since whoever asked has to act first;
/// logs that were not read to their end are <see cref="Outcome.CouldNotTell"/>, whatever was found in the rest, since the list
/// is the answer and it is not whole; one thing that is known to be wrong makes the answer <see cref="Outcome.Wrong"/>, also
/// where others could not be told; one that could not be told makes it <see cref="Outcome.CouldNotTell"/>.
/// </remarks>
internal sealed class Conclusion
{
    private readonly int[] counts = new int[Enum.GetValues<Outcome>().Length];
    private bool isIncomplete;

    /// <summary>What it comes to.</summary>
    public Outcome Outcome
        => this[Outcome.Refused] > 0 ? Outcome.Refused
            : isIncomplete ? Outcome.CouldNotTell
            : this[Outcome.Wrong] > 0 ? Outcome.Wrong
            : this[Outcome.CouldNotTell] > 0 || this[Outcome.Well] == 0 ? Outcome.CouldNotTell
            : Outcome.Well;

    /// <summary>Whether all is well: the answer of <c>-Quiet</c>.</summary>
    public bool IsWell => Outcome == Outcome.Well;

    /// <summary>Whether nothing at all was looked at.</summary>
    public bool IsEmpty => Array.TrueForAll(counts, c => c == 0) && !isIncomplete;

    /// <summary>How many of the things that were looked at have an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    public int this[Outcome outcome] => counts[(int)outcome];

    /// <summary>Takes note of one thing that was looked at.</summary>
    /// <param name="outcome">What came out of it.</param>
    public void Add(Outcome outcome) => counts[(int)outcome]++;

    /// <summary>Takes note of a part of the request that cannot be answered.</summary>
    /// <param name="problem">The problem.</param>
    public void Add(RequestProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Add(Outcome.Refused);
    }

    /// <summary>Takes note of a call that failed.</summary>
    /// <param name="error">The failure.</param>
    public void Add(AwsCallException error) => Add(Outcomes.Of(error));

    /// <summary>Takes note of something that could not be read.</summary>
    /// <param name="damage">What could not be read.</param>
    public void Add(ReadDamage damage)
    {
        ArgumentNullException.ThrowIfNull(damage);
        isIncomplete = true;
    }

    /// <summary>Takes note of what was read of logs, when that is over.</summary>
    /// <param name="tally">What was read.</param>
    /// <returns>A sentence when nothing was read that could hold what is looked for; <see langword="null"/> otherwise.</returns>
    public string? Add(ReadTally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        isIncomplete |= tally.FilesDamaged > 0;
        if (tally.FilesDamaged == 0 && tally.FilesRead == 0)
        {
            Add(Outcome.CouldNotTell);
            return tally.FilesFound == 0
                ? "No file was found, so nothing can be told."
                : "Every file was skipped: none holds what is looked for, so nothing can be told.";
        }

        Add(Outcome.Well);
        return null;
    }
}
