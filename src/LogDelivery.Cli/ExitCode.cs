namespace LogDelivery.Cli;

/// <summary>The exit codes that scripts depend on.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Ok = 0;

    /// <summary>Something is wrong with what was looked at.</summary>
    public const int Wrong = 1;

    /// <summary>Wrong usage, or a document that cannot be read.</summary>
    public const int Usage = 2;

    /// <summary>It could not be told.</summary>
    public const int Unknown = 3;

    /// <summary>Ctrl+C, as shells say it: 128 and the number of the signal.</summary>
    public const int Interrupted = 130;
}
