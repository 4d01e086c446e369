using System.Globalization;

namespace LogDelivery.Streams.Links;

/// <summary>Times and sizes as rows have them.</summary>
internal static class Words
{
    public static string At(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
