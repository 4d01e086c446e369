using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using LogDelivery.Files;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>
/// A folder of backups, one JSON file each, readable only by its owner (mode 600 in a folder of mode 700, where the file
/// system supports modes).
/// </summary>
/// <param name="path">The folder; made when it is first needed.</param>
internal sealed class PolicyBackupFolder(string path)
{
    private const string Extension = ".json";
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    private const string Unfinished = ".tmp";

    // No write takes as long: what is older was left by a run that was killed.
    private static readonly TimeSpan MaxWrite = TimeSpan.FromHours(1);
    private static readonly TimeSpan LockWait = TimeSpan.FromMinutes(2);

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>
    /// The default folder: the environment variable <c>LOGDELIVERY_BACKUP_FOLDER</c>, or else <c>LogDelivery/backups</c>
    /// below the user's local application data.
    /// </summary>
    public static PolicyBackupFolder Default
    {
        get
        {
            var named = Environment.GetEnvironmentVariable("LOGDELIVERY_BACKUP_FOLDER");
            return new(!string.IsNullOrWhiteSpace(named)
                ? named
                : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "LogDelivery", "backups"));
        }
    }

    /// <summary>Writes a document to disk and verifies it before returning.</summary>
    /// <param name="backup">The backup; its id and hashes are made here.</param>
    /// <exception cref="BackupException">It cannot be written, or differs from the document after the write.</exception>
    public PolicyBackup Save(PolicyBackup backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        var id = string.Create(CultureInfo.InvariantCulture, $"{backup.Time:yyyyMMdd'T'HHmmssfff'Z'}-{NameOf(backup.TargetValue)}-{SafeName(backup)}-{Convert.ToHexString(RandomNumberGenerator.GetBytes(4)).ToLowerInvariant()}");
        var kept = backup with
        {
            Id = id,
            Sha256 = SamePolicy.HashOf(backup.Document),
            RepairedSha256 = SamePolicy.HashOf(backup.RepairedDocument),
            Path = System.IO.Path.Combine(Path, id + Extension),
            Vouching = null,
        };
        try
        {
            MakeFolder();
            Sweep();
            Write(kept.Path, JsonSerializer.SerializeToUtf8Bytes(kept, RepairJson.Indented));
        }
        catch (FileRefusedException exception)
        {
            throw new BackupException(BackupProblem.NotTrusted, $"{exception.Message} Nothing is written to AWS without a backup.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new BackupException(BackupProblem.NotWritable, $"The backup {kept.Path} cannot be written: {exception.Message} Nothing is written to AWS without one; name a folder that can be written to.", exception);
        }

        var read = Read(kept.Path);
        return read.Document == backup.Document ? kept : throw new BackupException(BackupProblem.NotWritable, $"The backup {kept.Path} does not read back as it was written. Nothing is written to AWS without one; look at the disk.");
    }

    /// <summary>The files of the backups, newest first. None when there is no folder.</summary>
    public IReadOnlyList<string> Files()
    {
        try
        {
            OwnedFile.CheckFolder(Path);
            return [.. Directory.EnumerateFiles(Path, "*" + Extension).OrderByDescending(f => System.IO.Path.GetFileName(f), StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (FileRefusedException exception)
        {
            throw new BackupException(BackupProblem.NotTrusted, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupException(BackupProblem.NotReadable, $"The folder {Path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Finds a backup by its id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="BackupException">The backup does not exist or cannot be used.</exception>
    public PolicyBackup Find(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var file = System.IO.Path.Combine(Path, System.IO.Path.GetFileName(id) + Extension);
        return File.Exists(file) ? Read(file) : throw new BackupException(BackupProblem.NotFound, $"There is no backup {id} in {Path}.");
    }

    /// <summary>Reads a backup, and checks that it is whole.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="BackupException">It cannot be read, or was cut or edited.</exception>
    public static PolicyBackup Read(string file)
    {
        PolicyBackup? backup;
        try
        {
            using var stream = BoundedFile.Open(OwnedFile.Open(file, new() { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete }), file, FileLimit.Backup);
            backup = JsonSerializer.Deserialize<PolicyBackup>(BoundedFile.ReadBytes(stream), RepairJson.Indented);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BackupException(BackupProblem.NotFound, $"There is no backup {file}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupException(BackupProblem.NotReadable, $"The backup {file} cannot be read: {exception.Message}", exception);
        }
        catch (FileRefusedException exception)
        {
            throw new BackupException(exception.IsTooLarge ? BackupProblem.Damaged : BackupProblem.NotTrusted, exception.Message, exception);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new BackupException(BackupProblem.Damaged, $"{file} is no backup: {exception.Message}", exception);
        }

        return backup is null
            ? throw new BackupException(BackupProblem.Damaged, $"{file} is no backup: it names no document.")
            : Check(backup with { Path = file, Vouching = null });
    }

    /// <summary>Checks that a backup is whole.</summary>
    /// <param name="backup">The backup.</param>
    /// <returns>The same one.</returns>
    /// <exception cref="BackupException">It names no document, or its document is not the one that was kept.</exception>
    public static PolicyBackup Check(PolicyBackup backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        var name = backup.Path ?? $"The backup {backup.Id}";
        if (backup is not { Id.Length: > 0, Resource.Length: > 0 })
        {
            throw new BackupException(BackupProblem.Damaged, $"{name} is no backup: it names no document.");
        }

        return SamePolicy.HashOf(backup.Document) == backup.Sha256 && SamePolicy.HashOf(backup.RepairedDocument) == backup.RepairedSha256
            ? backup
            : throw new BackupException(BackupProblem.Damaged, $"{name}: the document does not have the hash that it was kept with: it was changed, and is not to be trusted.");
    }

    /// <summary>
    /// Locks a document, so that two runs on this machine do not write it at once. The lock of a killed run is released.
    /// </summary>
    internal async Task<IDisposable> HoldAsync(string resource, CancellationToken cancellationToken)
    {
        var name = SamePolicy.HashOf(resource)![..16];
        var file = System.IO.Path.Combine(Path, $".{name}.lock");
        var deadline = DateTime.UtcNow + LockWait;
        while (true)
        {
            try
            {
                MakeFolder();
                return Open(file, FileMode.OpenOrCreate);
            }
            catch (FileRefusedException exception)
            {
                throw new BackupException(BackupProblem.NotTrusted, exception.Message, exception);
            }
            catch (IOException) when (DateTime.UtcNow < deadline && File.Exists(file))
            {
                await Task.Delay(50, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new BackupException(BackupProblem.NotWritable, $"{file} cannot be held: {exception.Message} Another run may be repairing the same document, or the folder may not be written to.", exception);
            }
        }
    }

    private static string NameOf(PolicyTarget target) => target.ToString().ToLowerInvariant();

    private static string SafeName(PolicyBackup backup)
    {
        var name = backup.TargetValue == PolicyTarget.Bucket ? backup.BucketName : backup.Resource[(backup.Resource.LastIndexOfAny([':', '/']) + 1)..];
        return new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]);
    }

    private static FileStream Open(string file, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode600;
        }

        return OwnedFile.Open(file, options);
    }

    // A file of that name is either not there or whole: it gets its name when it is on the disk.
    private static void Write(string file, byte[] content)
    {
        var unfinished = $"{file}.{Environment.ProcessId}{Unfinished}";
        try
        {
            using (var stream = Open(unfinished, FileMode.CreateNew))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file);
        }
        catch (IOException)
        {
            // A full disk gets its bytes back; where that fails too, the first failure is the one to tell.
            TryDelete(unfinished);
            throw;
        }
    }

    private void Sweep()
    {
        foreach (var file in Directory.EnumerateFiles(Path, $"*{Extension}.*{Unfinished}"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > MaxWrite)
            {
                TryDelete(file);
            }
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Tried again by the next run.
        }
    }

    private void MakeFolder()
    {
        if (Directory.Exists(Path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, FolderMode700);
        }
    }
}
