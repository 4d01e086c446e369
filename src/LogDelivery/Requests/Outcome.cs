namespace LogDelivery.Requests;

/// <summary>What came out of a question. The numbers are the exit codes of the command line.</summary>
internal enum Outcome
{
    /// <summary>Something was looked at, and all of it is well.</summary>
    Well = 0,

    /// <summary>Something is wrong with what was looked at.</summary>
    Wrong = 1,

    /// <summary>A part of the question cannot be answered as it was given. The other parts were answered where that changes nothing.</summary>
    Refused = 2,

    /// <summary>It could not be told: nothing was found, or something could not be read.</summary>
    CouldNotTell = 3,
}
