using System.CommandLine;
using System.Globalization;
using LogDelivery.Comparison;
using LogDelivery.Policies;
using LogDelivery.Requests;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery compare-policy</c>: who gains and who loses, whatever the text looks like.</summary>
internal static class ComparePolicyCommand
{
    public static Command Create()
    {
        var before = new Argument<string>("BEFORE") { Description = "The first policy; - for standard input." };
        var after = new Argument<string>("AFTER") { Description = "The second policy." };
        var output = CommonOptions.Output();
        var command = new Command("compare-policy", "Compare two policies by meaning: who gains access, who loses it, each with a witness request. Exit code 1 when they differ.") { before, after, output };
        command.SetAction(result => Run(
            InputFile.ReadPolicy(result.GetRequiredValue(before), PolicyKind.Any),
            InputFile.ReadPolicy(result.GetRequiredValue(after), PolicyKind.Any),
            result.GetValue(output),
            result.InvocationConfiguration.Output.AsScreen()));
        return command;
    }

    private static int Run(PolicyDocument before, PolicyDocument after, OutputFormat format, Screen output)
    {
        var comparison = PolicyComparison.Compare(before, after);
        foreach (var difference in comparison.Differences)
        {
            if (format == OutputFormat.Json)
            {
                output.WriteLine(JsonLine.From(new
                {
                    difference.Change,
                    Principal = difference.Request.Principal.Id,
                    difference.Request.Action,
                    difference.Request.Resource,
                    Context = difference.Request.Context.Entries.Where(e => e.Value.Knowledge == ContextKnowledge.Present).ToDictionary(e => difference.Request.Context.SpellingOf(e.Key), e => e.Value.Values),
                    Before = difference.Before.Verdict,
                    BeforeStatement = difference.Before.StatementIndex,
                    After = difference.After.Verdict,
                    AfterStatement = difference.After.StatementIndex,
                }));
            }
        }

        if (format == OutputFormat.Table)
        {
            WriteTable(comparison, output);
        }

        return ExitCode.Of(Outcomes.Of(comparison));
    }

    private static void WriteTable(PolicyComparison comparison, Screen output)
    {
        // One example per change, principal and action says most; the rest differ in resource or context.
        var groups = comparison.Differences.GroupBy(d => (d.Change, d.Request.Principal.Id, d.Request.Action.ToUpperInvariant())).ToArray();
        var table = new TextTable("Change", "Principal", "Action", "Classes", "Witness");
        foreach (var group in groups)
        {
            var example = group.First();
            var context = example.Context.Length == 0 ? string.Empty : $" with {example.Context}";
            table.Add(example.Change.ToString(), example.Request.Principal.Id, example.Request.Action, group.Count().ToString(CultureInfo.InvariantCulture), $"{example.Request.Resource}{context}");
        }

        table.Write(output);
        if (groups.Length > 0)
        {
            output.WriteLine();
        }

        var counts = string.Create(CultureInfo.InvariantCulture, $"{comparison.GainedCells:N0} classes of requests gain access, {comparison.LostCells:N0} lose it, a deny is lifted from {comparison.DenyLiftedCells:N0} and laid on {comparison.DenyAddedCells:N0} ({comparison.Cells:N0} cells compared, {comparison.CellsDecided:N0} decided, the others alike)");
        var meaning = comparison switch
        {
            { IsEquivalent: true } => "The two policies mean the same: ",
            { IsComplete: false } => "Not complete, so more may differ: ",
            _ => string.Empty,
        };
        output.WriteLine($"{meaning}{counts}.");
    }
}
