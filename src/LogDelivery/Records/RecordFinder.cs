namespace LogDelivery.Records;

/// <summary>Looks for something in the records of one file.</summary>
internal abstract class RecordFinder
{
    /// <summary>Letters that stand in each CloudTrail record of use, written out or as an escape; others may be passed over.</summary>
    public virtual BytePair? Letters => null;

    /// <summary>
    /// Says which lines of an access log need no look. It is only asked about lines that can be read in one way, so no damage is
    /// passed over.
    /// </summary>
    public virtual bool IsIdle(in AccessLogOutline line) => false;

    /// <summary>Looks at one record.</summary>
    /// <param name="record">The record: where log events carry it, the one within, at the place of what carries it.</param>
    /// <param name="shape"><see cref="LogShape.AccessLog"/>, <see cref="LogShape.AccessLogJson"/>, or another one for events.</param>
    public void Look(in LogRecord record, LogShape shape)
    {
        switch (shape)
        {
            case LogShape.AccessLog:
                LookAtLine(record);
                break;
            case LogShape.AccessLogJson:
                LookAtRequest(record);
                break;
            default:
                LookAtEvent(record);
                break;
        }
    }

    /// <summary>Looks at a line of an access log.</summary>
    protected abstract void LookAtLine(in LogRecord record);

    /// <summary>Looks at a request of an access log in JSON.</summary>
    protected abstract void LookAtRequest(in LogRecord record);

    /// <summary>Looks at a CloudTrail event, wrapped or not.</summary>
    protected abstract void LookAtEvent(in LogRecord record);
}
