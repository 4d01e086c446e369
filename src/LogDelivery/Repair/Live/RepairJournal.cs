using System.Text;
using System.Text.Json;

namespace LogDelivery.Repair;

/// <summary>
/// A file to which every run appends a line of JSON for each document: one before the document is written, with the outcome
/// <see cref="PolicyRepairOutcome.Started"/>, and one at the end. A run that was killed has only the first.
/// </summary>
/// <param name="path">The file; only its owner may read it when it is made here.</param>
internal sealed class RepairJournal(string path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The journal that is kept when none is named: <c>journal.jsonl</c> beside the backups' folder.</summary>
    /// <param name="backups">The folder of the backups.</param>
    public static RepairJournal Beside(PolicyBackupFolder backups)
    {
        ArgumentNullException.ThrowIfNull(backups);
        return new(System.IO.Path.Combine(backups.Path, "journal.jsonl"));
    }

    /// <summary>Adds a record.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="BackupException">The file cannot be written.</exception>
    public void Add(PolicyRepairRecord record)
    {
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, RepairJson.Line) + "\n");
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                Append(line);
                return;
            }
            catch (IOException) when (DateTime.UtcNow < deadline && File.Exists(Path))
            {
                // Another run adds a line just now.
                Thread.Sleep(20);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw new BackupException(BackupProblem.NotWritable, $"The journal {Path} cannot be written: {exception.Message}", exception);
            }
        }
    }

    private void Append(byte[] line)
    {
        // One writer at a time. On Windows only this lets others read meanwhile; elsewhere it would let two write.
        var share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        else
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        }

        using var stream = new FileStream(Path, options);
        stream.Seek(0, SeekOrigin.End);

        // A run that was killed in the middle of a line must not spoil the next one.
        if (stream.Position > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            if (stream.ReadByte() != '\n')
            {
                stream.WriteByte((byte)'\n');
            }
        }

        stream.Write(line);
        stream.Flush(flushToDisk: true);
    }
}
