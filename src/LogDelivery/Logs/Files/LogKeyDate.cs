using System.Globalization;
using System.Text.RegularExpressions;

namespace LogDelivery.Logs.Files;

/// <summary>The layouts of dates in the keys of log objects.</summary>
internal enum LogKeyLayout
{
    /// <summary><c>2026/04/01</c>: CloudTrail, flow logs, load balancers, WAF, partitioned access logs, Data Firehose.</summary>
    Folders,

    /// <summary><c>2026/4/1</c>: AWS Config. Not in the order of time.</summary>
    LooseFolders,

    /// <summary><c>year=2026/month=04/day=01</c>: flow logs and vended logs with Hive-compatible prefixes.</summary>
    Hive,

    /// <summary>
    /// <c>2026-04-01</c>: S3 access logs, <c>prefix2026-04-01-08-42-43-…</c>, CloudFront, <c>….2026-04-01-08.…</c>, MSK,
    /// <c>2026-04-01-08/</c>, S3 Inventory, <c>2026-04-01T01-00Z/</c>.
    /// </summary>
    Dashes,
}

/// <summary>
/// The day that the key of a log object names. Sources: the pages of each source in the catalog; S3 user guide, ServerLogs, for
/// both formats of access log keys.
/// </summary>
/// <param name="Start">The offset of the year in the key.</param>
/// <param name="End">The offset after the day.</param>
/// <param name="Date">The day.</param>
/// <param name="Layout">The format of the date.</param>
internal sealed partial record LogKeyDate(int Start, int End, DateOnly Date, LogKeyLayout Layout)
{
    /// <summary>Whether keys that differ only in the date sort by time.</summary>
    public bool IsOrdered => Layout != LogKeyLayout.LooseFolders;

    /// <summary>Finds the date of a key.</summary>
    /// <returns><see langword="null"/> when it names no day.</returns>
    public static LogKeyDate? Find(string key)
        => Last(FolderDate(), key, m => IsLoose(m, key) ? LogKeyLayout.LooseFolders : LogKeyLayout.Folders)
            ?? Last(HiveDate(), key, _ => LogKeyLayout.Hive)
            ?? Last(DashDate(), key, _ => LogKeyLayout.Dashes);

    /// <summary>Writes another day in the same format.</summary>
    public string Write(DateOnly date) => date.ToString(
        Layout switch
        {
            LogKeyLayout.Folders => "yyyy'/'MM'/'dd",
            LogKeyLayout.LooseFolders => "yyyy'/'M'/'d",
            LogKeyLayout.Hive => "yyyy'/month='MM'/day='dd",
            _ => "yyyy'-'MM'-'dd",
        },
        CultureInfo.InvariantCulture);

    // Late in the year a month and a day have two digits either way.
    private static bool IsLoose(Match match, string key)
        => match.Groups["month"].Length == 1 || match.Groups["day"].Length == 1
            || (match.Groups["month"].ValueSpan[0] == '1' && match.Groups["day"].ValueSpan[0] != '0' && key.AsSpan(0, match.Index).Contains("/Config/", StringComparison.Ordinal));

    // Dates in a user's own prefix come before those that the source writes.
    private static LogKeyDate? Last(Regex pattern, string key, Func<Match, LogKeyLayout> layout)
    {
        LogKeyDate? last = null;
        for (var match = pattern.Match(key); match.Success; match = match.NextMatch())
        {
            int Number(string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
            var (year, month, day) = (Number("year"), Number("month"), Number("day"));
            if (month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
            {
                last = new(match.Groups["year"].Index, match.Groups["day"].Index + match.Groups["day"].Length, new(year, month, day), layout(match));
            }
        }

        return last;
    }

    [GeneratedRegex("(?<=^|/)(?<year>20[0-9]{2})/(?<month>[0-9]{1,2})/(?<day>[0-9]{1,2})(?=/)", RegexOptions.CultureInvariant)]
    private static partial Regex FolderDate();

    [GeneratedRegex("(?<=^|/)year=(?<year>20[0-9]{2})/month=(?<month>[0-9]{2})/day=(?<day>[0-9]{2})(?=/)", RegexOptions.CultureInvariant)]
    private static partial Regex HiveDate();

    // The prefix of access logs may end with anything, a digit too, so the random end of the name says where its time begins.
    [GeneratedRegex("(?<year>20[0-9]{2})-(?<month>[0-9]{2})-(?<day>[0-9]{2})(?=-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9A-F]{16}$|-[0-9]{2}\\.[^/]*$|(-[0-9]{2}|T[^/]*)?/)", RegexOptions.CultureInvariant)]
    private static partial Regex DashDate();
}
