using LogDelivery.Json;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Shapes;

/// <summary>Cuts the lines of an export task, and returns each as a log event. A line without a time continues the message before it, and is returned by itself.</summary>
internal sealed class ExportLineCutter(TextWindow window, int maxRecordLength) : RecordCutter(window, maxRecordLength)
{
    private readonly LineCutter lines = new(window, maxRecordLength);
    private readonly EventJson json = new();

    public override bool TryCut(out LogRecord record)
    {
        if (!lines.TryCut(out var line))
        {
            record = default;
            return false;
        }

        json.Begin();
        if (ExportLine.TrySplit(JsonText.TrimStart(line.Bytes), out var time, out var logStream, out var message))
        {
            json.Add("timestamp"u8, time);
            if (!logStream.IsEmpty)
            {
                json.Add("logStreamName"u8, logStream);
            }
        }

        json.Add("message"u8, message);
        json.End();
        Count = lines.Count;
        record = new(json.Bytes, line.Offset, Count, hasBackslash: true);
        return true;
    }
}
