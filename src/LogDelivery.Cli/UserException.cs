namespace LogDelivery.Cli;

/// <summary>What ends a command: printed as one message without a stack trace.</summary>
/// <param name="lines">What the user can do something about, a line each. A line holds no end of line of ours.</param>
/// <param name="exitCode">The exit code.</param>
internal sealed class UserException(IReadOnlyList<string> lines, int exitCode = Cli.ExitCode.Usage) : Exception(string.Join(Environment.NewLine, lines))
{
    public UserException(string message, int exitCode = Cli.ExitCode.Usage)
        : this([message], exitCode)
    {
    }

    public IReadOnlyList<string> Lines => lines;

    public int ExitCode => exitCode;
}
