using System.CommandLine;
using LogDelivery.Requests;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery sources</c>: the catalog.</summary>
internal static class SourcesCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("SOURCE") { Arity = ArgumentArity.ZeroOrMore, Description = "Only these sources, by id or pattern, such as 'Vpc*'; all when absent." };
        var output = CommonOptions.Output();
        var command = new Command("sources", "List the delivery sources: who writes, what has to be allowed, where AWS shows a failure.") { names, output };
        command.SetAction(result => Run(result.GetValue(names) is { Length: > 0 } named ? named : ["*"], result.GetValue(output), result.InvocationConfiguration));
        return command;
    }

    private static int Run(string[] names, OutputFormat format, InvocationConfiguration streams)
    {
        var output = streams.Output.AsScreen();
        var conclusion = new Conclusion();
        var found = RequestReport.Rest(SourceNames.Find(names));
        RequestReport.Tell(found.Problems, conclusion, streams.Error.AsScreen());
        var table = new TextTable("Id", "Name", "Principal", "StatusApi");
        foreach (var source in found.Items)
        {
            conclusion.Add(Outcome.Well);
            if (format == OutputFormat.Json)
            {
                output.WriteLine(JsonLine.From(new
                {
                    source.Id,
                    source.Name,
                    Family = source.Family.ToString(),
                    source.Principal,
                    source.OptInPrincipal,
                    source.Calls,
                    source.StatusApi,
                    source.Latency,
                    source.KeyLayout,
                    source.HiveKeyLayout,
                    source.Constraints,
                    source.Parameters,
                    source.Notes,
                    Documentation = source.Documentation.AbsoluteUri,
                }));
            }
            else
            {
                table.Add(source.Id, source.Name, source.Principal, source.StatusApi?.Split([' ', ';'])[0] ?? "none");
            }
        }

        table.Write(output);
        return ExitCode.Of(conclusion.Outcome);
    }
}
