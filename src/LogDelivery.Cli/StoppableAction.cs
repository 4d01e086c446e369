using System.CommandLine;

namespace LogDelivery.Cli;

/// <summary>Actions that Ctrl+C ends, whatever they are waiting for.</summary>
internal static class StoppableAction
{
    /// <summary>
    /// Sets the action of a command. It runs on a thread of its own: the parser's library begins to count the time after Ctrl+C
    /// when the action has returned its task, so that one that first waits for standard input would never be ended.
    /// </summary>
    public static void SetStoppableAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
        => command.SetAction((result, cancel) => Task.Run(() => action(result, cancel), CancellationToken.None));
}
