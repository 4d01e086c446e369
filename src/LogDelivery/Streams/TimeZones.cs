namespace LogDelivery.Streams;

/// <summary>Time zones by the names that Firehose takes: those of the IANA database.</summary>
internal static class TimeZones
{
    /// <summary>A time in a zone; in UTC where the zone is not given or not known on this machine.</summary>
    public static DateTimeOffset ToLocal(DateTimeOffset time, string? zone)
        => zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? TimeZoneInfo.ConvertTime(time, found) : time.ToUniversalTime();
}
