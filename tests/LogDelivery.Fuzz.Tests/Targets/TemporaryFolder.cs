namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>A folder of this process for readers that open files by themselves.</summary>
internal static class TemporaryFolder
{
    private static readonly Lazy<string> Folder = new(Make);

    public static string File(string name) => Path.Combine(Folder.Value, name);

    public static string Write(string name, byte[] content)
    {
        var file = File(name);
        System.IO.File.WriteAllBytes(file, content);
        return file;
    }

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("LogDelivery.Fuzz.").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
