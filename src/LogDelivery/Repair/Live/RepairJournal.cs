using System.Globalization;
using System.Text;
using System.Text.Json;
using LogDelivery.Files;

namespace LogDelivery.Repair;

/// <summary>
/// A file to which every run appends a line of JSON for each document: one before the document is written, with the outcome
/// <see cref="PolicyRepairOutcome.Started"/>, and one at the end. A run that was killed has only the first. The lines are a chain
/// of hashes, and vouch for the backups; see <see cref="JournalCheck"/>.
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
        var json = JsonSerializer.Serialize(record, RepairJson.Line);
        var deadline = DateTime.UtcNow + Patience;
        var isWriting = false;
        while (true)
        {
            try
            {
                Append(json, record.Kept, ref isWriting);
                return;
            }
            catch (FileRefusedException exception)
            {
                throw new BackupException(BackupProblem.NotTrusted, exception.Message, exception);
            }
            catch (IOException) when (!isWriting && DateTime.UtcNow < deadline && File.Exists(Path))
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

    /// <summary>Checks that no line was changed, removed or inserted. A journal that is not there is empty.</summary>
    /// <exception cref="BackupException">It cannot be read, or others may have written it.</exception>
    public JournalCheck Verify()
    {
        try
        {
            if (PathStatus.Of(Path, followLinks: false).Kind == PathKind.Missing)
            {
                return JournalCheck.Of(Stream.Null);
            }

            // Others may write meanwhile; a lock would stop them.
            using var stream = OwnedFile.Open(Path, new() { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete });
            return JournalCheck.Of(BoundedFile.Open(stream, Path, FileLimit.Journal));
        }
        catch (FileRefusedException exception)
        {
            throw new BackupException(BackupProblem.NotTrusted, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupException(BackupProblem.NotReadable, $"The journal {Path} cannot be read: {exception.Message}", exception);
        }
    }

    private void Append(string record, IReadOnlyList<PolicyBackup> kept, ref bool isWriting)
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

        using var stream = OwnedFile.Open(Path, options);
        isWriting = true;
        var (mended, last) = Mend(stream);
        var end = stream.Length;
        try
        {
            stream.Seek(0, SeekOrigin.End);
            stream.Write(Encoding.UTF8.GetBytes(JournalCheck.LineOf(record, last, kept, mended) + "\n"));
            stream.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // A full disk: half a line is worth nothing.
            stream.SetLength(end);
            throw;
        }
    }

    /// <summary>Mends what a run that was killed in the middle of a line has left, and gets the last line.</summary>
    private static (string? Mended, byte[] Last) Mend(FileStream stream)
    {
        var last = LineBefore(stream, stream.Length);
        if (stream.Length == 0 || ByteAt(stream, stream.Length - 1) == '\n')
        {
            return (null, last);
        }

        if (IsWhole(last))
        {
            stream.Seek(0, SeekOrigin.End);
            stream.WriteByte((byte)'\n');
            return ("The line before had no end, and was completed.", last);
        }

        stream.SetLength(stream.Length - last.Length);
        return ($"A torn line of {last.Length.ToString(CultureInfo.InvariantCulture)} bytes was removed before this one.", LineBefore(stream, stream.Length));
    }

    private static bool IsWhole(byte[] line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The bytes between the last two ends of lines before a position; the end itself is not among them.
    private static byte[] LineBefore(FileStream stream, long position)
    {
        if (position > 0 && ByteAt(stream, position - 1) == '\n')
        {
            position--;
        }

        var start = position;
        var block = new byte[4096];
        while (start > 0)
        {
            var size = (int)Math.Min(block.Length, start);
            stream.Seek(start - size, SeekOrigin.Begin);
            stream.ReadExactly(block, 0, size);
            var end = block.AsSpan(0, size).LastIndexOf((byte)'\n');
            if (end >= 0)
            {
                start += end + 1 - size;
                break;
            }

            start -= size;
            if (position - start > FileLimit.Journal.MaxLineBytes)
            {
                throw new IOException("Its last line is longer than any that is written here; move the journal aside.");
            }
        }

        var line = new byte[position - start];
        stream.Seek(start, SeekOrigin.Begin);
        stream.ReadExactly(line);
        return line;
    }

    private static int ByteAt(FileStream stream, long position)
    {
        stream.Seek(position, SeekOrigin.Begin);
        return stream.ReadByte();
    }
}
