using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LogDelivery.Cli;
using LogDelivery.Sandbox;
using Xunit;

namespace LogDelivery.Faces.Tests;

/// <summary>
/// Every command and every view shows text of others visibly. The commands are those of <see cref="Questions"/>, which has all of
/// them, asked on poisoned samples; the views are those of the module, of objects whose every text is poisoned.
/// </summary>
public sealed partial class VisibleTests : IDisposable
{
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples");
    private static readonly string Views = Path.Combine(AppContext.BaseDirectory, "LogDelivery.Format.ps1xml");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("poison-");

    static VisibleTests()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "sandbox");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "sandbox");
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
    }

    public VisibleTests()
    {
        Poison.Copy(Samples, Path.Combine(folder.FullName, "samples"));
        Directory.CreateDirectory(Path.Combine(folder.FullName, "empty"));

        // File names that a terminal obeys; Windows has none.
        if (!OperatingSystem.IsWindows())
        {
            foreach (var name in new[] { "destinations/cloudtrail", "object-access/data-events" })
            {
                File.Move(Path.Combine(folder.FullName, "samples", $"{name}.json"), Path.Combine(folder.FullName, "samples", $"{name}{Poison.OneLine.Replace("/", string.Empty, StringComparison.Ordinal)}.json"));
            }

            File.WriteAllText(Path.Combine(folder.FullName, "samples", "logs", $"{Poison.OneLine}.json.gz"), "no gzip");
        }

        File.WriteAllLines(Path.Combine(folder.FullName, "request.jsonl"), File.ReadLines(Path.Combine(folder.FullName, "samples", "requests.jsonl")).Take(1));
    }

    public static TheoryData<string> Names => [.. Questions.All.Select(q => q.Name)];

    public static TheoryData<string> ViewTypes => [.. XDocument.Load(Views).Descendants("TypeName").Select(t => t.Value).Distinct()];

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_prints_no_raw_character(string name)
    {
        var question = Questions.All.Single(q => q.Name == name);
        var arguments = question.Command.Split(' ').Select(a => a.Replace("~", " ", StringComparison.Ordinal)).ToArray();
        foreach (var format in new[] { "table", "json", "csv" })
        {
            var isJson = format == "json";
            using var server = Start(question);
            var (output, error) = Run([.. Filled(arguments, server).Select(a => a == "json" ? format : a)]);
            Poison.AssertShown($"'{question.CommandName}' as {format}", error);
            Poison.AssertShown($"'{question.CommandName}' as {format}", output);
            if (isJson && arguments.Contains("json"))
            {
                Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => JsonDocument.Parse(l).Dispose());
            }
        }
    }

    [Theory]
    [MemberData(nameof(ViewTypes))]
    public void A_view_shows_no_raw_character(string typeName)
    {
        var type = typeof(VisibleText).Assembly.GetType(typeName);
        var item = type is null ? Loose(typeName) : PSObject.AsPSObject(Filled(type, 0)!);
        foreach (var how in new[] { "Out-String -Width 4000", "Format-Table | Out-String -Width 4000", "Format-List | Out-String -Width 4000" })
        {
            var text = Render(item, how);
            Poison.AssertShown($"The view of {typeName} by {how}", text);
            Assert.Contains("\\u001b", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Json_keeps_the_data_exactly()
    {
        var row = new { Key = Poison.Text[..^1], Other = "\U000e0001\u0085" };
        var line = JsonLine.From(row).Text;
        Poison.AssertShown("JSON", line);
        using var json = JsonDocument.Parse(line);
        Assert.Equal(row.Key, json.RootElement.GetProperty("Key").GetString());
        Assert.Equal(row.Other, json.RootElement.GetProperty("Other").GetString());
    }

    [Fact]
    public void Csv_holds_no_formula_unless_raw()
    {
        Column<string>[] columns = [new("A", v => v)];
        Assert.Equal(["A", "'=1+1", "'-2", "'\\u0009x", "\"a,b\"", "\\u001bc"], Csv(isRaw: false));
        Assert.Equal(["A", "=1+1", "-2", "\tx", "\"a,b\"", "\u001bc"], Csv(isRaw: true));

        string[] Csv(bool isRaw)
        {
            using var output = new StringWriter { NewLine = "\n" };
            var rows = new RowWriter<string>(new(RowFormat.Csv, isRaw), output.AsScreen(), columns);
            Array.ForEach(["=1+1", "-2", "\tx", "a,b", "\u001bc"], rows.Add);
            rows.Finish();
            return output.ToString().TrimEnd('\n').Split('\n');
        }
    }

    [Fact]
    public void A_summary_as_csv_has_one_heading()
    {
        var (output, _) = Run(["access", Path.Combine(folder.FullName, "samples", "object-access"), "--summary", "--output", "csv"]);
        Assert.StartsWith("BucketName,Access,", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'), l => l.Contains("BytesTransferredIn", StringComparison.Ordinal));
    }

    private static (string Output, string Error) Run(string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        CommandLine.Run(arguments, output, error);
        return (output.ToString(), error.ToString());
    }

    // Names that nothing has are those of an attacker.
    private IEnumerable<string> Filled(string[] arguments, SandboxServer? server) => arguments.Select(a => a
        .Replace("{samples}", Path.Combine(folder.FullName, "samples"), StringComparison.Ordinal)
        .Replace("{folder}", folder.FullName, StringComparison.Ordinal)
        .Replace("{url}", server?.Endpoint.AbsoluteUri, StringComparison.Ordinal)
        .Replace("Nothing", $"Nothing{Poison.Text}", StringComparison.Ordinal)
        .Replace("nobody", $"nobody{Poison.OneLine}", StringComparison.Ordinal)
        .Replace("none.json", $"{Poison.OneLine}.json", StringComparison.Ordinal));

    private static SandboxServer? Start(Question question)
    {
        if (question.Scenario is not { } scenario)
        {
            return null;
        }

        var text = scenario[0] == '{' ? scenario : File.ReadAllText(Path.Combine(Samples, "scenarios", scenario));
        var server = SandboxServer.Start(new SandboxOptions { Scenario = Poison.Of(text) });
        server.SetFaults(question.Faults ?? "{}");
        return server;
    }

    private static string Render(PSObject item, string how)
    {
        var state = InitialSessionState.CreateDefault2();
        state.Formats.Add(new SessionStateFormatEntry(Views));
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        var text = shell.AddScript($"param($item) $PSStyle.OutputRendering = 'PlainText'; $item | {how}").AddArgument(item).Invoke<string>();
        Assert.Empty(shell.Streams.Error);
        return string.Concat(text);
    }

    // An object without a type of ours has the properties that its view names.
    private static PSObject Loose(string typeName)
    {
        var item = new PSObject();
        item.TypeNames.Insert(0, typeName);
        var views = XDocument.Load(Views).Descendants("View").Where(v => v.Descendants("TypeName").Any(t => t.Value == typeName));
        foreach (var name in views.SelectMany(v => Member().Matches(v.Value)).Select(m => m.Groups[1].Value).Distinct())
        {
            item.Properties.Add(new PSNoteProperty(name, Poison.Text));
        }

        return item;
    }

    /// <summary>An object with poison in every text, made without its constructor.</summary>
    private static object? Filled(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return Poison.Text;
        }

        if (type == typeof(Uri))
        {
            return new Uri("https://docs.aws.amazon.com/");
        }

        if (type == typeof(DateTime))
        {
            return new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);
        }

        if (type.IsEnum || type.IsPrimitive)
        {
            return type == typeof(bool) ? true : type == typeof(int) || type == typeof(long) ? Convert.ChangeType(1, type, null) : Activator.CreateInstance(type);
        }

        if (depth > 4)
        {
            return null;
        }

        if (type.IsArray || (type.IsGenericType && type.GetGenericArguments().Length == 1 && type.IsAssignableTo(typeof(IEnumerable)) && type.IsInterface))
        {
            var element = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
            var list = Array.CreateInstance(element, 1);
            list.SetValue(Filled(element, depth + 1), 0);
            return list;
        }

        if (type.Assembly != typeof(VisibleText).Assembly || type.IsAbstract)
        {
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        }

        var item = RuntimeHelpers.GetUninitializedObject(type);
        for (var part = type; part is not null && part != typeof(object); part = part.BaseType)
        {
            foreach (var field in part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                field.SetValue(item, Filled(field.FieldType, depth + 1));
            }
        }

        return item;
    }

    [GeneratedRegex(@"\$_\.(\w+)")]
    private static partial Regex Member();
}
