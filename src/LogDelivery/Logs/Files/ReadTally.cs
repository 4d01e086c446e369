namespace LogDelivery.Logs.Files;

/// <summary>Counts what has been read so far, for progress and for the summary at the end. Thread-safe.</summary>
/// <param name="onDamage">Called for each damage as it is found, one call at a time.</param>
internal sealed class ReadTally(Action<ReadDamage>? onDamage = null)
{
    private readonly object gate = new();
    private readonly List<ReadDamage> damages = [];
    private readonly HashSet<string> damagedFiles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> passedOver = new(StringComparer.Ordinal);
    private long filesFound;
    private long filesRead;
    private long filesSkipped;
    private long storedBytes;
    private long textBytes;
    private long records;

    /// <summary>The number of files and objects found so far.</summary>
    public long FilesFound => Interlocked.Read(ref filesFound);

    /// <summary>The number of files read to their end, including damaged ones.</summary>
    public long FilesRead => Interlocked.Read(ref filesRead);

    /// <summary>The number of intact files without relevant content, such as digest files.</summary>
    public long FilesSkipped => Interlocked.Read(ref filesSkipped);

    /// <summary>The number of files and folders with at least one damage.</summary>
    public long FilesDamaged
    {
        get
        {
            lock (gate)
            {
                return damagedFiles.Count;
            }
        }
    }

    /// <summary>The number of stored bytes.</summary>
    public long StoredBytes => Interlocked.Read(ref storedBytes);

    /// <summary>The number of bytes of decompressed text.</summary>
    public long TextBytes => Interlocked.Read(ref textBytes);

    /// <summary>The number of records read.</summary>
    public long Records => Interlocked.Read(ref records);

    /// <summary>Every damage in the order of finding.</summary>
    public IReadOnlyList<ReadDamage> Damages
    {
        get
        {
            lock (gate)
            {
                return [.. damages];
            }
        }
    }

    /// <summary>The damages that were noted after the first ones.</summary>
    /// <param name="known">The number of damages to skip.</param>
    public IReadOnlyList<ReadDamage> DamagesAfter(int known)
    {
        lock (gate)
        {
            return known < damages.Count ? damages[known..] : [];
        }
    }

    /// <summary>Records damage.</summary>
    /// <param name="damage">The damage and its location.</param>
    public void Report(ReadDamage damage)
    {
        ArgumentNullException.ThrowIfNull(damage);
        lock (gate)
        {
            damages.Add(damage);
            damagedFiles.Add(damage.File);
            onDamage?.Invoke(damage);
        }
    }

    /// <summary>
    /// What folders hold beside files, in words: pipes, sockets and devices, which are not read. Empty when there are none.
    /// </summary>
    public string PassedOver
    {
        get
        {
            lock (gate)
            {
                return passedOver.Count == 0 ? string.Empty : $" Passed over, since they are no files: {string.Join(", ", passedOver.Select(p => FormattableString.Invariant($"{p.Value} x {p.Key}")))}.";
            }
        }
    }

    /// <summary>Counts an entry of a folder that is no file.</summary>
    /// <param name="kind">What it is, in words.</param>
    public void AddPassedOver(string kind)
    {
        lock (gate)
        {
            passedOver[kind] = passedOver.GetValueOrDefault(kind) + 1;
        }
    }

    /// <summary>Counts a file that was found.</summary>
    public void AddFound() => Interlocked.Increment(ref filesFound);

    /// <summary>Counts a file that was read to its end.</summary>
    public void AddRead() => Interlocked.Increment(ref filesRead);

    /// <summary>Counts a file without relevant content.</summary>
    public void AddSkipped() => Interlocked.Increment(ref filesSkipped);

    /// <summary>Adds to the number of records read.</summary>
    /// <param name="count">The number of them.</param>
    public void AddRecords(long count) => Interlocked.Add(ref records, count);

    internal void AddBytes(long stored, long text)
    {
        Interlocked.Add(ref storedBytes, stored);
        Interlocked.Add(ref textBytes, text);
    }
}
