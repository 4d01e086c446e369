namespace LogDelivery.Logs.Files;

/// <summary>
/// The text of one log file, decompressed as it is read: gzip is known by its bytes, not by the name, also where a
/// compressed object was compressed once more. Damage is recorded in the tally under the file's name, and reading continues
/// as far as possible. Not thread-safe.
/// </summary>
internal sealed class LogContent : IDisposable
{
    // Twice is what Data Firehose writes when it compresses what CloudWatch Logs has compressed already.
    private const int MostLayers = 3;

    // A file that is damaged throughout says so only so many times.
    private const int MostReports = 20;

    private readonly ReadTally tally;
    private readonly StoredBytes stored;
    private readonly StoredBytes text;
    private readonly GzipText? gzip;
    private readonly StoredBytes? wrapper;
    private readonly WrappedPayloads? payloads;
    private readonly Utf8Check utf8 = new();
    private readonly bool isUtf16;
    private long storedCounted;
    private bool isLost;
    private int reports;
    private int breaks;

    private LogContent(LogObject source, ReadTally tally, StoredBytes stored)
    {
        Source = source;
        this.tally = tally;
        this.stored = text = stored;
        Func<Stream>? openAgain = source.CanOpenAgain ? source.Open : null;
        for (var layer = 0; layer < MostLayers && text.Look(2) is [0x1f, 0x8b, ..]; layer++)
        {
            gzip = new(text, Report, openAgain);
            text = new(gzip);
            openAgain = TextOf(openAgain);
        }

        if (ForeignFormat.Find(text.Look(ForeignFormat.HeadLength)) is { } format)
        {
            isLost = true;
            Report(DamageKind.NotALog, 0, $"This is no log: it looks like {format}.");
            return;
        }

        if (Utf16Text.Find(text.Look(Utf16Text.HeadLength), out var markLength) is { } encoding)
        {
            text.Take(markLength);
            text = new(Utf16Text.Decode(new StoredStream(text), encoding));
            isUtf16 = true;
        }

        if (WrappedPayloads.IsWrapped(text.Look(WrappedPayloads.HeadLength)))
        {
            wrapper = text;
            payloads = new(wrapper, (kind, message) => Report(kind, Offset, message));
            text = new(payloads);
        }

        if (text.Look(1).IsEmpty && !IsDamaged)
        {
            Report(DamageKind.Empty, 0, "The file is empty.");
        }
    }

    /// <summary>The object that is read.</summary>
    public LogObject Source { get; }

    /// <summary>The number of bytes of text that have been read.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether some damage has been noted for this file.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Whether the text stops, at its end or before the next part, because the rest of it cannot be had.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Opens a file or object.</summary>
    /// <param name="source">The file or object.</param>
    /// <param name="tally">Records damage and counts bytes.</param>
    /// <returns>The content, or <see langword="null"/> when it cannot be opened, which is noted.</returns>
    public static LogContent? Open(LogObject source, ReadTally tally)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(tally);
        StoredBytes? stored = null;
        try
        {
            stored = new(source.Open());
            return new(source, tally, stored);
        }
        catch (Exception exception) when (KindOf(exception) is { } kind)
        {
            stored?.Dispose();
            tally.Report(new(source.Name, null, kind, exception.Message));
            return null;
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="buffer">Receives the text.</param>
    /// <returns>The number of bytes; 0 at the end, or before a part that does not continue this one (<see cref="MoveToNextPart"/>).</returns>
    public int Read(Span<byte> buffer)
    {
        var read = 0;
        try
        {
            read = isLost ? 0 : text.Read(buffer);
        }
        catch (Exception exception) when (KindOf(exception) is { } kind)
        {
            Lose(kind, exception);
        }

        Check(buffer[..read], isEnd: read == 0 && buffer.Length > 0);
        return read;
    }

    /// <summary>Returns the next text without copying, which is faster than reading it. Only possible for a compressed file.</summary>
    /// <param name="take">Looks at a block of text, which is valid until it returns.</param>
    /// <returns>Whether there was any; the rest, and whether the text ends here, is for <see cref="Read"/> to say.</returns>
    internal bool Push(Action<ArraySegment<byte>> take)
    {
        if (gzip is null || payloads is not null || isUtf16 || isLost || !text.Ahead.IsEmpty)
        {
            return false;
        }

        var isTaking = false;
        try
        {
            return gzip.Push(block =>
            {
                isTaking = true;
                Check(block, isEnd: false);
                take(block);
                isTaking = false;
            });
        }
        catch (Exception exception) when (!isTaking && KindOf(exception) is not null)
        {
            Lose(KindOf(exception)!.Value, exception);
            return false;
        }
    }

    /// <summary>Continues after damage, at the next gzip stream.</summary>
    /// <returns>Whether there is such a part. Its text begins anew: a record that was cut off does not go on in it.</returns>
    public bool MoveToNextPart()
    {
        try
        {
            // The other half of a character may be lost with a damaged part.
            if (isUtf16 || gzip?.MoveToNextPart() != true)
            {
                return false;
            }

            wrapper?.Continue();
            payloads?.Restart();
            text.Continue();
            IsCutOff = false;
            return true;
        }
        catch (Exception exception) when (KindOf(exception) is { } kind)
        {
            Report(kind, Offset, exception.Message);
            return false;
        }
    }

    /// <summary>Records damage of this file. After twenty the rest is left out, which the last one says; damage of compressed bytes is counted separately.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="offset">The offset in the text.</param>
    /// <param name="message">The problem, in one sentence.</param>
    public void Report(DamageKind kind, long? offset, string message)
    {
        IsDamaged = true;
        Tell(new(Source.Name, offset, kind, message), ref reports);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => text.Dispose();

    private void Check(ReadOnlySpan<byte> block, bool isEnd)
    {
        if (utf8.FirstInvalid(block, isEnd) is { } place)
        {
            Report(DamageKind.InvalidUtf8, Offset + place, "The bytes here are not UTF-8.");
        }

        Offset += block.Length;
        tally.AddBytes(stored.Offset - storedCounted, block.Length);
        storedCounted = stored.Offset;
    }

    private void Lose(DamageKind kind, Exception exception)
    {
        Report(kind, Offset, exception.Message);
        IsCutOff = isLost = true;
    }

    private void Report(GzipDamage damage)
    {
        IsCutOff = damage.Kind != DamageKind.TrailingBytes;
        IsDamaged = true;

        // It is the cause of earlier damage in the text, so it is reported regardless of how much of that there was.
        Tell(new(Source.Name, damage.TextLength, damage.Kind, damage.Message), ref breaks);
    }

    private void Tell(ReadDamage damage, ref int told)
    {
        told++;
        if (told <= MostReports)
        {
            tally.Report(told < MostReports ? damage : damage with { Message = $"{damage.Message} Further damage of this file is not listed." });
        }
    }

    // The text of a layer once more, for the layer within.
    private static Func<Stream>? TextOf(Func<Stream>? openAgain) => openAgain is null ? null : () => new GzipText(new(openAgain()), _ => { }, openAgain);

    private static DamageKind? KindOf(Exception exception) => exception switch
    {
        UnauthorizedAccessException => DamageKind.NoPermission,
        FileNotFoundException or DirectoryNotFoundException => DamageKind.NotFound,
        IOException => DamageKind.Unreadable,
        _ => null,
    };
}
