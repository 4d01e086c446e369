using System.Globalization;

namespace LogDelivery.Requests;

/// <summary>Times that people give. Logs carry UTC, so a time without a zone is UTC; what has an offset or is local is converted.</summary>
internal static class RequestTime
{
    /// <summary>Reads a time, such as <c>2026-01-31</c>, <c>2026-01-31T12:00:00Z</c> or <c>2026-01-31T12:00:00+01:00</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time, UTC.</param>
    /// <returns><see langword="false"/> when the text is no time.</returns>
    public static bool TryParse(string? text, out DateTime time)
        => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>A time in UTC. One of no kind, as a shell makes of a text without an offset, is UTC already.</summary>
    /// <param name="time">The time.</param>
    public static DateTime? ToUtc(DateTime? time)
        => time is { Kind: DateTimeKind.Unspecified } unspecified ? DateTime.SpecifyKind(unspecified, DateTimeKind.Utc) : time?.ToUniversalTime();
}
