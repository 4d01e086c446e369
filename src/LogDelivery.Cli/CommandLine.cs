using System.CommandLine;
using LogDelivery.Cli.Commands;
using LogDelivery.Gateways;

namespace LogDelivery.Cli;

/// <summary>The command line as a whole.</summary>
internal static class CommandLine
{
    // What has not ended by then after Ctrl+C is ended: every command may be killed at any moment without harm.
    private static readonly TimeSpan StopTime = TimeSpan.FromMilliseconds(800);

    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var messages = error.AsScreen();
        var result = Create().Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var problem in result.Errors)
            {
                messages.WriteLine(problem.Message);
            }

            messages.WriteLine("'logdelivery COMMAND --help' says how each command is used.");
            return ExitCode.Usage;
        }

        try
        {
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTime });
        }
        catch (UserException exception)
        {
            foreach (var line in exception.Lines)
            {
                messages.WriteLine(line);
            }

            return exception.ExitCode;
        }
        catch (AwsCallException exception)
        {
            messages.WriteLine(exception.Message);
            return ExitCode.Of(exception);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>The commands.</summary>
    public static RootCommand Create() => new("Do AWS logs really arrive in S3, which statement stops them, and what is the smallest repair?")
    {
        HealthCommand.Create(),
        TestStreamCommand.Create(),
        TestPolicyCommand.Create(),
        RepairPolicyCommand.Create(),
        RestorePolicyCommand.Create(),
        NewPolicyCommand.Create(),
        ComparePolicyCommand.Create(),
        EvaluateCommand.Create(),
        MatchCommand.Create(),
        FailuresCommand.Create(),
        DestinationsCommand.Create(),
        SignaturesCommand.Create(),
        AccessCommand.Create(),
        SourcesCommand.Create(),
        NewAlarmCommand.Create(),
        ExportTemplateCommand.Create(),
        ExpandCommand.Create(),
        SandboxCommand.Create(),
        DemoCommand.Create(),
    };
}
