using System.Globalization;

namespace LogDelivery.Policies;

/// <summary>Dates as conditions write them: the W3C profile of ISO 8601, or seconds since 1970-01-01T00:00:00Z.</summary>
internal static class PolicyDate
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd",
        "yyyy-MM",
        "yyyy",
    ];

    // What DateTimeOffset can hold.
    private const double MinSeconds = -62135596800;
    private const double MaxSeconds = 253402300799;

    public static bool TryParse(string text, out DateTimeOffset date)
    {
        if (DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out date))
        {
            return true;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= MinSeconds and <= MaxSeconds)
        {
            date = DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
            return true;
        }

        return false;
    }
}
