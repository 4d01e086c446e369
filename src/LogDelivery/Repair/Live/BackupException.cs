namespace LogDelivery.Repair;

/// <summary>A backup cannot be created or used. The message names the file and the remedy.</summary>
internal sealed class BackupException : Exception
{
    /// <summary>Creates the exception.</summary>
    public BackupException()
        : this("The backup cannot be used.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The problem and its remedy.</param>
    public BackupException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The problem and its remedy.</param>
    /// <param name="innerException">The cause.</param>
    public BackupException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The kind of failure.</param>
    /// <param name="message">The problem and its remedy.</param>
    /// <param name="innerException">The cause.</param>
    public BackupException(BackupProblem problem, string message, Exception? innerException = null)
        : base(message, innerException)
        => Problem = problem;

    /// <summary>The kind of failure.</summary>
    public BackupProblem Problem { get; }
}

/// <summary>The problem with a backup.</summary>
internal enum BackupProblem
{
    /// <summary>The file cannot be written.</summary>
    NotWritable,

    /// <summary>The file cannot be read.</summary>
    NotReadable,

    /// <summary>The backup does not exist.</summary>
    NotFound,

    /// <summary>The content of the file is inconsistent: it was truncated or edited.</summary>
    Damaged,

    /// <summary>Others may have changed the file or its folder: it is a link, another user's, or may be written by others.</summary>
    NotTrusted,

    /// <summary>No entry of a valid journal vouches for the backup.</summary>
    Unvouched,
}
