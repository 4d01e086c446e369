namespace LogDelivery.Cli.Tests;

/// <summary>A file that is gone when the test is over.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string? content = null)
    {
        Path = System.IO.Path.GetTempFileName();
        if (content is not null)
        {
            File.WriteAllText(Path, content);
        }
    }

    public string Path { get; }

    public string Text => File.ReadAllText(Path);

    public void Dispose() => File.Delete(Path);
}
