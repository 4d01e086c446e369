namespace LogDelivery.Files;

/// <summary>How large a file of a kind may be. What is far larger is no such file, and not worth reading.</summary>
/// <param name="Kind">What is read, for messages.</param>
/// <param name="MaxBytes">The number of bytes that are read at most.</param>
/// <param name="Remedy">What to do about a larger one.</param>
internal sealed record FileLimit(string Kind, long MaxBytes, string Remedy)
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>A policy. AWS takes at most 32 KB.</summary>
    public static readonly FileLimit Policy = new("a policy", 4 * Mebibyte, "Give a policy document; AWS takes at most 32,768 bytes.");

    /// <summary>A scenario of the sandbox.</summary>
    public static readonly FileLimit Scenario = new("a scenario", 64 * Mebibyte, "Give a scenario like those of samples/scenarios.");

    /// <summary>Requests, one a line.</summary>
    public static readonly FileLimit Requests = new("a file of requests", 1024 * Mebibyte, "Split the file.") { MaxLineBytes = Mebibyte };

    /// <summary>Events, one a line. CloudWatch Logs takes events of at most 1 MB.</summary>
    public static readonly FileLimit Events = new("a file of events", 4096 * Mebibyte, "Split the file.") { MaxLineBytes = 16 * Mebibyte };

    /// <summary>A backup, which holds two policies.</summary>
    public static readonly FileLimit Backup = new("a backup", 4 * Mebibyte, "Give a file of the backup folder.");

    /// <summary>The journal of repairs.</summary>
    public static readonly FileLimit Journal = new("a journal of repairs", 1024 * Mebibyte, "Move the journal aside together with its backups; the next run begins a new one.") { MaxLineBytes = 64 * Mebibyte };

    /// <summary>A document that is written over, such as a template.</summary>
    public static readonly FileLimit Template = new("a template", 16 * Mebibyte, "Give a template; CloudFormation takes at most 1 MB.");

    /// <summary>A list of keys.</summary>
    public static readonly FileLimit KeyList = new("a list of keys", 256 * Mebibyte, "Split the list.") { MaxLineBytes = Mebibyte };

    /// <summary>The longest line, where lines are read one by one.</summary>
    public long MaxLineBytes { get; init; } = long.MaxValue;
}

/// <summary>A file is not read, or not read on. The message names the file, the reason and the remedy.</summary>
internal sealed class FileRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public FileRefusedException()
        : this("The file is not read.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The file, the reason and the remedy.</param>
    public FileRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The file, the reason and the remedy.</param>
    /// <param name="innerException">The cause.</param>
    public FileRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the file is too large, not of the wrong kind.</summary>
    public bool IsTooLarge { get; init; }
}
