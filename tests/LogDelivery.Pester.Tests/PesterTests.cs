using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(LogDelivery.Pester.Tests.ShellPool))]
// More than a small machine has cores: a shell spends half of its time on waiting, as a repair does for what AWS may still take back.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 3)]

namespace LogDelivery.Pester.Tests;

/// <summary>
/// Each file of the Pester suite on the built module: in the PowerShell that the build restores, and in each shell that the
/// environment variable LOGDELIVERY_SHELLS names by its path, several as PATH has them.
/// </summary>
public sealed class PesterTests(ShellPool shells, ITestOutputHelper output)
{
    private const string Extension = ".Tests.ps1";

    public static IEnumerable<TheoryDataRow<string, string>> Files
        => from shell in Shell.Names
           from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Pester"), "*" + Extension).Order(StringComparer.Ordinal)
           let file = Path.GetFileName(path)[..^Extension.Length]
           select new TheoryDataRow<string, string>(file, shell) { Traits = { ["File"] = [file] } };

    [Theory(Timeout = 900_000)]
    [MemberData(nameof(Files))]
    public async Task Passes(string file, string shell)
    {
        var result = await shells.RunAsync(shell, file + Extension, TestContext.Current.CancellationToken);
        Assert.True(result.HasPassed, result.Output);
        output.WriteLine(result.Output);
    }
}
