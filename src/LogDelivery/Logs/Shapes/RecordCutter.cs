using LogDelivery.Json;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Shapes;

/// <summary>Cuts a text into records.</summary>
internal abstract class RecordCutter(TextWindow window, int maxRecordLength)
{
    public long Count { get; protected set; }

    protected TextWindow Window => window;

    protected int MaxRecordLength => maxRecordLength;

    /// <summary>Whether the beginning of a record that the text ends in is returned.</summary>
    public bool GivesCutOff { get; set; }

    /// <summary>Cuts the next record.</summary>
    /// <returns>Whether there was one; while the window waits for text, there may be one later.</returns>
    public abstract bool TryCut(out LogRecord record);

    /// <summary>
    /// Allows the cutter to skip, from here on, records that contain neither these letters nor an escape that may hide
    /// them. Skipped records are counted.
    /// </summary>
    public virtual void Seek(BytePair letters)
    {
    }

    protected void ReportTooLarge(long offset)
        => window.Content.Report(DamageKind.RecordTooLarge, offset, $"The record that begins here is larger than {maxRecordLength >> 20} MB, which no AWS log has, and was passed over.");
}
