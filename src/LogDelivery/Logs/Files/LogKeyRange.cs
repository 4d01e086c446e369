namespace LogDelivery.Logs.Files;

/// <summary>
/// Selects the keys of a bucket that can hold records of a range of time, by the dates in the keys. A record is delivered a
/// little later than it happened, and a prefix may use another time zone, so one more day is included on either side. Keys
/// without a date are always included.
/// </summary>
internal sealed class LogKeyRange
{
    // The character behind the digits: a key with it follows all that have a digit in this place.
    private const char AfterDigits = ':';

    // The character behind the slash.
    private const char AfterSlash = '0';

    private readonly DateOnly first;
    private readonly DateOnly last;

    /// <summary>Creates a range.</summary>
    /// <param name="after">The earliest time of interest.</param>
    /// <param name="before">The latest time of interest.</param>
    public LogKeyRange(DateTimeOffset? after = null, DateTimeOffset? before = null)
    {
        first = after is { } a && a.UtcDateTime >= DateTime.MinValue.AddDays(1) ? DateOnly.FromDateTime(a.UtcDateTime.AddDays(-1)) : DateOnly.MinValue;
        last = before is { } b && b.UtcDateTime <= DateTime.MaxValue.AddDays(-1) ? DateOnly.FromDateTime(b.UtcDateTime.AddDays(1)) : DateOnly.MaxValue;
    }

    /// <summary>Whether every key is in.</summary>
    public bool IsEverything => first == DateOnly.MinValue && last == DateOnly.MaxValue;

    /// <summary>Decides one key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="resumeAfter">
    /// When the key is out: the key after which the next one stands that may be in, in the order of S3 listings.
    /// </param>
    public bool Admits(string key, out string? resumeAfter)
    {
        ArgumentNullException.ThrowIfNull(key);
        resumeAfter = null;
        if (IsEverything || LogKeyDate.Find(key) is not { } date || (date.Date >= first && date.Date <= last))
        {
            return true;
        }

        resumeAfter = !date.IsOrdered ? key[..date.End] + AfterSlash
            : date.Date > last ? key[..date.Start] + AfterDigits
            : key[..date.Start] + date.Write(first);
        return false;
    }
}
