namespace LogDelivery.Logs.Files;

/// <summary>A file on disk.</summary>
/// <param name="path">The path to open; relative ones are resolved by the process's own working directory.</param>
/// <param name="name">The name to show; the path itself when <see langword="null"/>.</param>
internal sealed class FileObject(string path, string? name = null) : LogObject
{
    /// <summary>The path that is opened.</summary>
    public string Path => path;

    /// <inheritdoc/>
    public override string Name => name ?? path;

    /// <inheritdoc/>
    public override long? Length
    {
        get
        {
            var file = new FileInfo(path);
            return file.Exists ? file.Length : null;
        }
    }

    /// <inheritdoc/>
    // Unbuffered: the reader has its own buffer.
    public override Stream Open() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
}
