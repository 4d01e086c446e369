using System.Text.Json;
using LogDelivery.Sandbox;
using Xunit;

namespace LogDelivery.Faces.Tests;

/// <summary>Asks one question by both faces and compares the answers.</summary>
internal sealed class AskedTwice(PowerShellFace shell)
{
    // What differs between two runs of the same face.
    private static readonly HashSet<string> Volatile = new(StringComparer.Ordinal) { "CheckedAt", "Lag", "RunId", "Time", "BackupId" };

    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples");

    public void Compare(Question question)
    {
        using var place = new Place(question);
        var byCommand = CommandLineFace.Ask([.. question.Command.Split(' ').Select(a => place.Fill(a))]);
        using var other = question.Changes ? new Place(question) : null;
        var byCmdlet = shell.Ask((other ?? place).Fill($"$aws = @{{ AccessKey = 'sandbox'; SecretKey = 'sandbox'; EndpointUrl = '{{url}}' }}; {question.Script}"), question.SilenceIsWell, question.CommandName == "restore-policy");

        var both = $"\n{byCommand.Text}\n\n{byCmdlet.Text}\n";
        Assert.True(byCommand.Outcome == byCmdlet.Outcome, $"'{question.Name}': {byCommand.Outcome} by the command line, {byCmdlet.Outcome} by the cmdlet.{both}");
        Assert.True(question.Expected is not { } expected || byCommand.Outcome == expected, $"'{question.Name}': both say {byCommand.Outcome}, and {question.Expected} is right.{both}");
        if (question.RowsDiffer is null)
        {
            CompareRows(question, byCommand.Rows, byCmdlet.Rows, both);
        }
    }

    private static void CompareRows(Question question, IReadOnlyList<JsonElement> command, IReadOnlyList<JsonElement> cmdlet, string both)
    {
        Assert.True(command.Count == cmdlet.Count, $"'{question.Name}': {command.Count} rows by the command line, {cmdlet.Count} by the cmdlet.{both}");
        if (command.Count == 0)
        {
            return;
        }

        string[] common = question.Properties.Length > 0 ? question.Properties
            : command[0].ValueKind != JsonValueKind.Object ? []
            : [.. NamesOf(command[0]).Intersect(NamesOf(cmdlet[0])).Where(n => !Volatile.Contains(n)).Order()];
        Assert.True(common.Length > 0 || command[0].ValueKind != JsonValueKind.Object, $"'{question.Name}': the rows have no property in common.{both}");
        var (left, right) = (command.Select(r => TextOf(r, common)).Order(StringComparer.Ordinal), cmdlet.Select(r => TextOf(r, common)).Order(StringComparer.Ordinal));
        foreach (var (one, two) in left.Zip(right))
        {
            Assert.True(one == two, $"'{question.Name}': a row by the command line is\n{one}\nand by the cmdlet\n{two}{both}");
        }
    }

    private static IEnumerable<string> NamesOf(JsonElement row) => row.ValueKind == JsonValueKind.Object ? row.EnumerateObject().Select(p => p.Name) : [];

    // The same time may be written with and without its fraction of zero.
    private static string TextOf(JsonElement row, string[] properties) => RawOf(row, properties).Replace(".000Z\"", "Z\"", StringComparison.Ordinal);

    private static string RawOf(JsonElement row, string[] properties)
        => row.ValueKind == JsonValueKind.Object ? string.Join('\n', properties.Select(p => $"{p}: {row.GetProperty(p).GetRawText()}")) : row.GetRawText();

    /// <summary>The sandbox and the folder of a question.</summary>
    private sealed class Place : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("faces-");
        private readonly SandboxServer? server;

        public Place(Question question)
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "empty"));
            File.WriteAllLines(Path.Combine(folder.FullName, "request.jsonl"), File.ReadLines(Path.Combine(Samples, "requests.jsonl")).Take(1));
            if (question.Scenario is { } scenario)
            {
                server = SandboxServer.Start(new SandboxOptions { Scenario = scenario[0] == '{' ? scenario : File.ReadAllText(Path.Combine(Samples, "scenarios", scenario)) });
                server.SetFaults(question.Faults ?? "{}");
            }
        }

        public string Fill(string text) => text
            .Replace("{samples}", Samples, StringComparison.Ordinal)
            .Replace("{folder}", folder.FullName, StringComparison.Ordinal)
            .Replace("{url}", server?.Endpoint.AbsoluteUri, StringComparison.Ordinal)
            .Replace("~", " ", StringComparison.Ordinal);

        public void Dispose()
        {
            server?.Dispose();
            folder.Delete(recursive: true);
        }
    }
}
