using System.CommandLine;
using LogDelivery.Sources;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery sources</c>: the catalog.</summary>
internal static class SourcesCommand
{
    public static Command Create()
    {
        var output = CommonOptions.Output();
        var command = new Command("sources", "List the delivery sources: who writes, what has to be allowed, where AWS shows a failure.") { output };
        command.SetAction(result => Run(result.GetValue(output), result.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(OutputFormat format, TextWriter output)
    {
        var table = new TextTable("Id", "Name", "Principal", "StatusApi");
        foreach (var source in SourceCatalog.All)
        {
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
        return ExitCode.Ok;
    }
}
