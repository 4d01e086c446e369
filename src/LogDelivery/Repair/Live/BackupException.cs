namespace LogDelivery.Repair;

/// <summary>A backup cannot be made or used. The message names the file and says what to do.</summary>
public sealed class BackupException : Exception
{
    /// <summary>Makes the exception.</summary>
    public BackupException()
        : this("The backup cannot be used.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public BackupException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public BackupException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="problem">What kind of failure it is.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public BackupException(BackupProblem problem, string message, Exception? innerException = null)
        : base(message, innerException)
        => Problem = problem;

    /// <summary>What kind of failure it is.</summary>
    public BackupProblem Problem { get; }
}

/// <summary>What is wrong with a backup.</summary>
public enum BackupProblem
{
    /// <summary>The file cannot be written.</summary>
    NotWritable,

    /// <summary>The file cannot be read.</summary>
    NotReadable,

    /// <summary>There is no such backup.</summary>
    NotFound,

    /// <summary>What the file says does not fit together: it was cut or edited.</summary>
    Damaged,
}
