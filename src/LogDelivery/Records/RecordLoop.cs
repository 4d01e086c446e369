using System.Globalization;

namespace LogDelivery.Records;

/// <summary>Looks at one record.</summary>
/// <param name="record">The record: where log events carry it, the one within, at the place of what carries it.</param>
/// <param name="shape"><see cref="LogShape.AccessLog"/>, <see cref="LogShape.AccessLogJson"/>, or another one for events.</param>
internal delegate void RecordAction(in LogRecord record, LogShape shape);

/// <summary>Reads the records of one file after the other, for all who look for something in events and access logs.</summary>
internal static class RecordLoop
{
    private const int RecordsBetweenCounts = 4096;

    /// <summary>Reads one file.</summary>
    /// <param name="source">The file or object.</param>
    /// <param name="tally">Where damage is noted, and files and records are counted.</param>
    /// <param name="begin">Called once it is known that the file may hold events or access logs; says what is done with each record.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <param name="letters">Letters that stand in each CloudTrail record of use, written out or as an escape; others may be passed over.</param>
    public static void Read(LogObject source, ReadTally tally, Func<LogContent, RecordAction> begin, CancellationToken cancel, BytePair? letters = null)
    {
        using var reader = RecordReader.Open(source, tally);
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

        var look = begin(reader.Content);
        var counted = 0L;
        try
        {
            if (reader.Shape.CarriesEvents())
            {
                ReadCarried(reader, tally, look, ref counted);
            }
            else
            {
                ReadRecords(reader, tally, look, letters, ref counted);
            }
        }
        finally
        {
            tally.AddRecords(reader.Count - counted);
        }
    }

    private static void ReadRecords(RecordReader reader, ReadTally tally, RecordAction look, BytePair? letters, ref long counted)
    {
        var isKnown = reader.Shape is LogShape.AccessLog or LogShape.AccessLogJson;
        string? names = null;
        while (reader.TryRead(out var record))
        {
            // As a rule the first record tells.
            if (!isKnown)
            {
                isKnown = KnownRecord.IsOne(record.Bytes);
                names ??= isKnown ? null : KnownRecord.Names(record.Bytes);
                if (isKnown && letters is { } sought)
                {
                    reader.Seek(sought);
                }
            }

            look(record, reader.Shape);
            Count(reader, tally, ref counted);
        }

        if (!isKnown && reader.Count > 0)
        {
            reader.Content.Report(DamageKind.NotALog, 0, string.Create(CultureInfo.InvariantCulture, $"This is JSON, but none of its {reader.Count} objects is a CloudTrail record or a request of an S3 access log: the first {names}. Give the records themselves, such as with jq."));
        }

        tally.AddRead();
    }

    private static void ReadCarried(RecordReader reader, ReadTally tally, RecordAction look, ref long counted)
    {
        var carried = new CarriedRecords(reader.Shape, reader.Content, look);
        while (reader.TryRead(out var record))
        {
            carried.Look(record);
            Count(reader, tally, ref counted);
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
            reader.Content.Report(DamageKind.NotALog, 0, string.Create(CultureInfo.InvariantCulture, $"The messages of these {carried.Events} log events are no CloudTrail records and no requests of an S3 access log."));
            tally.AddRead();
        }
    }

    private static void Count(RecordReader reader, ReadTally tally, ref long counted)
    {
        if (reader.Count - counted >= RecordsBetweenCounts)
        {
            tally.AddRecords(reader.Count - counted);
            counted = reader.Count;
        }
    }
}
