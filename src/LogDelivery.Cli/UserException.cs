namespace LogDelivery.Cli;

/// <summary>What ends a command: printed as one message without a stack trace.</summary>
/// <param name="message">What the user can do something about.</param>
/// <param name="exitCode">The exit code.</param>
internal sealed class UserException(string message, int exitCode = ExitCode.Usage) : Exception(message)
{
    public int ExitCode => exitCode;
}
