using LogDelivery.Logs.Events;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>The records of a file, and the events in them.</summary>
internal sealed class LogRecordsTarget() : LogTarget("LogRecords")
{
    private const int SmallRecord = 300;

    protected override void Read(LogObject source, ReadTally tally, Screen screen)
    {
        // What is too large is passed over, so small is tried as well.
        foreach (var longest in new[] { RecordReader.DefaultMaxRecordLength, SmallRecord })
        {
            using var reader = RecordReader.Open(source, tally, longest);
            var end = 0L;
            while (reader?.TryRead(out var record) == true)
            {
                if (record.Offset < end || record.Number != reader.Count)
                {
                    throw new InvalidOperationException($"Record {record.Number} at {record.Offset} follows one at {end}, of {reader.Count}.");
                }

                end = record.Offset;
            }
        }

        using var events = LogEventReader.Open(source, tally);
        while (events?.TryRead(out var entry) == true)
        {
            screen.Show(LogEvent.From(source.Name, entry).ToString());
        }
    }
}
