using System.Globalization;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Scan;

/// <summary>Reads the records of one file after the other, for all who look for something in events and access logs.</summary>
internal static class RecordLoop
{
    private const int RecordsBetweenCounts = 4096;

    /// <summary>Reads one file.</summary>
    /// <param name="source">The file or object.</param>
    /// <param name="tally">Records damage and counts files and records.</param>
    /// <param name="begin">Called when the file may hold events or access logs; returns the handler of each record.</param>
    /// <param name="cancel">Stops reading.</param>
    public static void Read(LogObject source, ReadTally tally, Func<LogContent, RecordFinder> begin, CancellationToken cancel)
    {
        using var reader = RecordReader.OpenRecords(source, tally);
        if (reader is null)
        {
            return;
        }

        reader.Cancellation = cancel;
        reader.GivesCutOff = reader.Shape == LogShape.SubscriptionEnvelope;
        if (reader.Shape == LogShape.Digest)
        {
            tally.AddSkipped();
            return;
        }

        if (reader.Shape == LogShape.Text)
        {
            reader.Content.Report(DamageKind.NotALog, 0, "This is text, but neither CloudTrail events nor an S3 access log. Of the AWS CLI, give what it writes with --output json.");
            return;
        }

        var finder = begin(reader.Content);
        reader.IsIdle = finder.IsIdle;
        using var counter = new Counter(reader, tally);
        if (reader.Shape.CarriesEvents())
        {
            ReadCarried(reader, tally, finder, counter);
        }
        else
        {
            ReadRecords(reader, tally, finder, counter);
        }
    }

    private static void ReadRecords(RecordReader reader, ReadTally tally, RecordFinder finder, Counter counter)
    {
        var isKnown = reader.Shape is LogShape.AccessLog or LogShape.AccessLogJson;
        string? names = null;
        var carried = new NestedRecordScan(reader.Content, finder);
        reader.ReadAll((in LogRecord record) =>
        {
            // Usually the first record decides.
            if (!isKnown)
            {
                isKnown = KnownRecord.IsOne(record.Bytes);
                names ??= isKnown ? null : KnownRecord.Names(record.Bytes);
                if (isKnown && finder.Letters is { } sought)
                {
                    reader.Seek(sought);
                }
            }

            if (reader.Shape == LogShape.AccessLog || !NestedRecordScan.MayBeOne(record) || !carried.TryLookAtOther(record))
            {
                finder.Look(record, reader.Shape);
            }

            counter.Count();
        });

        if (!isKnown && !carried.IsKnown && reader.Count > 0)
        {
            reader.Content.Report(DamageKind.NotALog, 0, string.Create(CultureInfo.InvariantCulture, $"This is JSON, but none of its {reader.Count} objects is a CloudTrail record or a request of an S3 access log: the first {names}. Give the records themselves, such as with jq."));
        }

        tally.AddRead();
    }

    private static void ReadCarried(RecordReader reader, ReadTally tally, RecordFinder finder, Counter counter)
    {
        var carried = new NestedRecordScan(reader.Content, finder);
        while (reader.TryRead(out var record))
        {
            carried.Look(record, reader.Shape);
            counter.Count();
        }

        if (carried.IsKnown || carried.Events == 0)
        {
            tally.AddRead();
        }
        else if (reader.Shape == LogShape.SubscriptionEnvelope)
        {
            // The subscription of another log group.
            tally.AddSkipped();
        }
        else
        {
            reader.Content.Report(DamageKind.NotALog, 0, string.Create(CultureInfo.InvariantCulture, $"The messages of these {carried.Events} {(reader.Shape == LogShape.Messages ? "notifications" : "log events")} are no CloudTrail records and no requests of an S3 access log."));
            tally.AddRead();
        }
    }

    /// <summary>Counts records in the tally, many at a time.</summary>
    private sealed class Counter(RecordReader reader, ReadTally tally) : IDisposable
    {
        private long counted;

        public void Count()
        {
            if (reader.Count - counted >= RecordsBetweenCounts)
            {
                Dispose();
            }
        }

        public void Dispose()
        {
            tally.AddRecords(reader.Count - counted);
            counted = reader.Count;
        }
    }
}
