using LogDelivery.Gateways;
using LogDelivery.Requests;

namespace LogDelivery.Cli;

/// <summary>The exit codes that scripts depend on: the outcomes of the engine, and the one of Ctrl+C.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Ok = (int)Outcome.Well;

    /// <summary>Something is wrong with what was looked at.</summary>
    public const int Wrong = (int)Outcome.Wrong;

    /// <summary>Wrong usage, or a document that cannot be read.</summary>
    public const int Usage = (int)Outcome.Refused;

    /// <summary>It could not be told.</summary>
    public const int Unknown = (int)Outcome.CouldNotTell;

    /// <summary>Ctrl+C, as shells say it: 128 and the number of the signal.</summary>
    public const int Interrupted = 130;

    /// <summary>The exit code of an outcome.</summary>
    public static int Of(Outcome outcome) => (int)outcome;

    /// <summary>The exit code of a command that a call of AWS ended.</summary>
    public static int Of(AwsCallException error) => Of(Outcomes.Of(error));
}
