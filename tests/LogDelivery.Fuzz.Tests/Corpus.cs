namespace LogDelivery.Fuzz.Tests;

/// <summary>
/// The inputs that are kept: a folder for each reader. One that broke something stays, under a name that says what, and is read
/// again in every run.
/// </summary>
internal static class Corpus
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Corpus");

    /// <summary>The files that are kept of a reader, in the order of their names.</summary>
    public static IReadOnlyList<(string Name, byte[] Input)> Of(IFuzzTarget target)
    {
        var folder = Path.Combine(Folder, target.Name);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)))]
            : [];
    }

    /// <summary>A file of the samples.</summary>
    public static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", name));
}
