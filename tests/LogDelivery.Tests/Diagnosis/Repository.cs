using System.Runtime.CompilerServices;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>Where the files stand that tests compare with the code.</summary>
internal static class Repository
{
    public static string FindingPages => Path.Combine(Root(), "docs", "findings");

    public static string ConceptPages => Path.Combine(Root(), "docs", "concepts");

    private static string Root([CallerFilePath] string here = "")
    {
        var directory = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!File.Exists(Path.Combine(directory.FullName, "LogDelivery.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run beside the repository.");
        }

        return directory.FullName;
    }
}
