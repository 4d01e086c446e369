using LogDelivery.Json;
using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Shapes;

/// <summary>Handles one record.</summary>
internal delegate void RecordAction(in LogRecord record);

/// <summary>
/// Reads the records of one log file, of any shape: the elements of <c>Records</c>, the JSON objects of a stream or an
/// array of them, or the lines of an access log. Memory is bounded by the largest record that is allowed. Records are cut
/// by the structure of the text alone; the caller parses their content. Not thread-safe.
/// </summary>
internal sealed class RecordReader : IDisposable
{
    /// <summary>
    /// The largest record in bytes. AWS: one CloudTrail event has at most 1 MB, one EventBridge event 1 MB.
    /// </summary>
    public const int DefaultMaxRecordLength = 4 << 20;

    // What CloudWatch Logs hands on at a time is limited as it is compressed, to 1 MB; text of logs shrinks to a twentieth and less.
    private const int MaxEnvelopeLength = 64 << 20;

    private readonly TextWindow window;
    private readonly RecordCutter cutter;

    private RecordReader(TextWindow window, LogShape shape, int maxRecordLength)
    {
        this.window = window;
        Shape = shape;
        var longest = shape.CarriesEvents() ? Math.Max(maxRecordLength, MaxEnvelopeLength) : maxRecordLength;
        cutter = shape switch
        {
            LogShape.AccessLog or LogShape.Text => new LineCutter(window, maxRecordLength),
            LogShape.RecordStrings => new RecordStringCutter(window, longest),
            LogShape.QueryCsv => new QueryCsvCutter(window, longest),
            LogShape.ExportLines => new ExportLineCutter(window, longest),
            _ => new JsonCutter(window, longest, RecordLayout.Of(shape, window.Bytes)),
        };
    }

    /// <summary>The detected content of the file.</summary>
    public LogShape Shape { get; }

    /// <summary>The file.</summary>
    public LogContent Content => window.Content;

    /// <summary>Stops reading at the next block with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation
    {
        get => window.Cancellation;
        set => window.Cancellation = value;
    }

    /// <summary>Whether the beginning of a JSON record that the text ends in is returned, with <see cref="LogRecord.IsCutOff"/>.</summary>
    internal bool GivesCutOff
    {
        set => cutter.GivesCutOff = value;
    }

    /// <summary>Selects lines of an access log to skip; they are counted.</summary>
    internal AccessLogTest? IsIdle
    {
        set => (cutter as LineCutter)?.IsIdle = value;
    }

    /// <summary>The number of records read so far.</summary>
    public long Count => cutter.Count;

    /// <summary>Opens a file and detects its shape.</summary>
    /// <param name="source">The file or object.</param>
    /// <param name="tally">Records damage and counts bytes and files.</param>
    /// <param name="maxRecordLength">Larger records are passed over and noted.</param>
    /// <returns>
    /// The reader, or <see langword="null"/> when the file cannot be opened, is empty, or holds nothing that is read here, all
    /// of which is noted. A shape that the caller has no use for is for the caller to note.
    /// </returns>
    public static RecordReader? Open(LogObject source, ReadTally tally, int maxRecordLength = DefaultMaxRecordLength)
        => Open(source, tally, maxRecordLength, takesText: true);

    /// <summary>Opens a file unless it is text of another kind.</summary>
    internal static RecordReader? OpenRecords(LogObject source, ReadTally tally) => Open(source, tally, DefaultMaxRecordLength, takesText: false);

    private static RecordReader? Open(LogObject source, ReadTally tally, int maxRecordLength, bool takesText)
    {
        ArgumentNullException.ThrowIfNull(tally);
        if (LogContent.Open(source, tally) is not { } content)
        {
            return null;
        }

        var window = new TextWindow(content);
        FillHead(window);
        var shape = ShapeDetection.Detect(window.Bytes);
        while ((shape == LogShape.Unknown || (shape == LogShape.Text && !takesText)) && window.MoveToNextPart())
        {
            // A damaged beginning may leave nothing to detect the shape by.
            FillHead(window);
            shape = ShapeDetection.Detect(window.Bytes);
        }

        if (shape != LogShape.Unknown)
        {
            return new(window, shape, maxRecordLength);
        }

        if (!content.IsDamaged)
        {
            content.Report(DamageKind.NotALog, 0, $"This is no log: it looks like {ShapeDetection.Describe(window.Bytes)}.");
        }

        tally.AddRead();
        window.Dispose();
        return null;
    }

    // The text after leading blanks decides, regardless of their number.
    private static void FillHead(TextWindow window)
    {
        while (JsonText.TrimStart(window.Bytes).IsEmpty && window.Fill(window.Bytes.Length, out _))
        {
        }

        var start = window.Bytes.Length - JsonText.TrimStart(window.Bytes).Length;
        while (window.Bytes.Length - start < ShapeDetection.HeadLength && window.Fill(start, out var shift))
        {
            start -= shift;
        }
    }

    /// <summary>Moves to the next record.</summary>
    /// <param name="record">The record, valid until the next call.</param>
    /// <returns><see langword="false"/> at the end.</returns>
    public bool TryRead(out LogRecord record) => cutter.TryCut(out record);

    /// <summary>Handles all remaining records, faster than one at a time with <see cref="TryRead"/>.</summary>
    internal void ReadAll(RecordAction look)
    {
        var lend = (ArraySegment<byte> block) => window.Lend(block, ReadWaiting);
        while (Content.Push(lend))
        {
        }

        ReadWaiting();

        void ReadWaiting()
        {
            while (cutter.TryCut(out var record))
            {
                look(record);
            }
        }
    }

    /// <summary>Sets a letter pair that every relevant record contains; from here on some of the other records are only counted.</summary>
    internal void Seek(BytePair letters) => cutter.Seek(letters);

    /// <summary>Closes the file.</summary>
    public void Dispose() => window.Dispose();
}
