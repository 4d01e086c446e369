using System.Management.Automation;
using LogDelivery.Cli;
using LogDelivery.Commands;
using Xunit;

namespace LogDelivery.Faces.Tests;

/// <summary>Cmdlets and commands give one answer to one question.</summary>
public sealed class FacesTests : IDisposable
{
    private readonly PowerShellFace shell = new();

    static FacesTests()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "sandbox");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "sandbox");
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
    }

    public static TheoryData<string> Names => [.. Questions.All.Select(q => q.Name)];

    public void Dispose() => shell.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_faces_give_one_answer(string name) => new AskedTwice(shell).Compare(Questions.All.Single(q => q.Name == name));

    [Fact]
    public void Every_command_is_asked_about()
    {
        foreach (var command in CommandLine.Create().Subcommands.Select(c => c.Name))
        {
            Assert.True(
                Questions.All.Any(q => q.CommandName == command) || Exceptions.Commands.ContainsKey(command),
                $"The command '{command}' has no question in Questions.cs. Add one that its cmdlet answers as well, or name the command with a reason in Exceptions.cs.");
        }
    }

    [Fact]
    public void Every_cmdlet_is_asked_about()
    {
        foreach (var cmdlet in PowerShellFace.Cmdlets.Keys)
        {
            Assert.True(
                Questions.All.Any(q => q.CmdletName == cmdlet) || Exceptions.Cmdlets.ContainsKey(cmdlet),
                $"The cmdlet {cmdlet} has no question in Questions.cs. Add one that its command answers as well, or name the cmdlet with a reason in Exceptions.cs.");
        }
    }

    [Fact]
    public void No_exception_is_out_of_date()
    {
        var commands = CommandLine.Create().Subcommands.Select(c => c.Name).ToHashSet();
        Assert.All(Exceptions.Commands.Keys, c => Assert.True(commands.Contains(c) && !Questions.All.Any(q => q.CommandName == c), $"'{c}' is no exception."));
        Assert.All(Exceptions.Cmdlets.Keys, c => Assert.True(PowerShellFace.Cmdlets.ContainsKey(c) && !Questions.All.Any(q => q.CmdletName == c), $"{c} is no exception."));
    }

    // The cmdlet takes deliveries and documents, so it cannot inherit these parameters; a base class has room for one of the two.
    [Fact]
    public void A_repair_reaches_AWS_by_the_parameters_of_every_other_cmdlet()
    {
        var expected = ParametersOf(typeof(AwsCommand)).ToArray();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, ParametersOf(typeof(RepairLogDeliveryPolicyCommand)).Where(p => expected.Any(e => e.Name == p.Name)));

        static IEnumerable<(string Name, Type Type, string Aliases, bool FromPipeline)> ParametersOf(Type type)
            => from property in typeof(IAwsParameters).GetProperties()
               let parameter = type.GetProperty(property.Name)!
               let aliases = parameter.GetCustomAttributes(typeof(AliasAttribute), true).Cast<AliasAttribute>().SelectMany(a => a.AliasNames)
               let fromPipeline = parameter.GetCustomAttributes(typeof(ParameterAttribute), true).Cast<ParameterAttribute>().Any(a => a.ValueFromPipelineByPropertyName)
               select (property.Name, parameter.PropertyType, string.Join(' ', aliases), fromPipeline);
    }
}
