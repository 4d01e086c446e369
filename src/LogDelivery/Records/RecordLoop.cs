namespace LogDelivery.Records;

/// <summary>Looks at one record.</summary>
internal delegate void RecordAction(in LogRecord record);

/// <summary>Reads the records of one file after the other, for all who look for something in events and access logs.</summary>
internal static class RecordLoop
{
    private const int RecordsBetweenCounts = 4096;

    /// <summary>Reads one file.</summary>
    /// <param name="source">The file or object.</param>
    /// <param name="tally">Where damage is noted, and files and records are counted.</param>
    /// <param name="begin">Called once it is known that the file holds events or access logs; says what is done with each record.</param>
    /// <param name="cancel">Stops reading.</param>
    public static void Read(LogObject source, ReadTally tally, Func<RecordReader, RecordAction> begin, CancellationToken cancel)
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
            reader.Content.Report(DamageKind.NotALog, 0, "This is text, but neither CloudTrail events nor an S3 access log.");
            return;
        }

        var look = begin(reader);
        var counted = 0L;
        try
        {
            while (reader.TryRead(out var record))
            {
                look(record);
                if (reader.Count - counted >= RecordsBetweenCounts)
                {
                    tally.AddRecords(reader.Count - counted);
                    counted = reader.Count;
                }
            }

            tally.AddRead();
        }
        finally
        {
            tally.AddRecords(reader.Count - counted);
        }
    }
}
