using System.CommandLine;
using LogDelivery.Cli;
using LogDelivery.Cli.Commands;

var root = new RootCommand("Do AWS logs really arrive in S3, which statement stops them, and what is the smallest repair?")
{
    TestPolicyCommand.Create(),
    RepairPolicyCommand.Create(),
    NewPolicyCommand.Create(),
    ComparePolicyCommand.Create(),
    EvaluateCommand.Create(),
    SourcesCommand.Create(),
    DemoCommand.Create(),
};
try
{
    var result = root.Parse(args);
    if (result.Errors.Count > 0)
    {
        foreach (var error in result.Errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        Console.Error.WriteLine("logdelivery COMMAND --help says how each command is used.");
        return ExitCode.Usage;
    }

    return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UserException exception)
{
    Console.Error.WriteLine(exception.Message);
    return ExitCode.Usage;
}
