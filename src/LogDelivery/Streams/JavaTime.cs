using System.Globalization;
using System.Text;

namespace LogDelivery.Streams;

/// <summary>
/// The patterns of Java's DateTimeFormatter, as far as prefixes use them. Source: Java SE 8 API,
/// java.time.format.DateTimeFormatter.
/// </summary>
internal static class JavaTime
{
    private const string Known = "GuyDMLdQqYwWEecFaKkhHmsSAnNVzOXxZ";

    /// <summary>What is wrong with a pattern, or null.</summary>
    public static string? Problem(string pattern)
    {
        var units = Units(pattern).ToArray();
        return Array.Find(units, u => u is { IsQuoted: false, Text: var t } && char.IsAsciiLetter(t[0]) && !Known.Contains(t[0], StringComparison.Ordinal)) is { } unknown
            ? $"{unknown.Text[0]} is no letter of a time pattern; text stands in single quotes."
            : pattern.Count(c => c == '\'') % 2 != 0 ? "A single quote is not closed."
            : null;
    }

    /// <summary>Letters that mean something else than they look like, a sentence each.</summary>
    public static IEnumerable<string> Doubts(string pattern)
    {
        var letters = Units(pattern).Where(u => !u.IsQuoted).Select(u => u.Text).ToArray();
        if (Array.Exists(letters, t => t[0] == 'Y'))
        {
            yield return "YYYY is the year of the week, which around New Year is not the year of the day; the year is yyyy.";
        }

        if (Array.Exists(letters, t => t[0] == 'D'))
        {
            yield return "D is the day of the year; the day of the month is d.";
        }

        if (Array.Exists(letters, t => t[0] == 'm') && !Array.Exists(letters, t => t[0] is 'M' or 'L') && Array.Exists(letters, t => t[0] == 'd'))
        {
            yield return "mm is the minute; the month is MM.";
        }

        if (Array.Exists(letters, t => t[0] == 'h') && !Array.Exists(letters, t => t[0] == 'a'))
        {
            yield return "hh is the hour of half a day, so morning and evening share a folder; the hour of the day is HH.";
        }
    }

    /// <summary>Writes a time.</summary>
    public static string Format(string pattern, DateTimeOffset time)
    {
        var text = new StringBuilder();
        foreach (var unit in Units(pattern))
        {
            text.Append(unit.IsQuoted ? unit.Text : Format(unit.Text[0], unit.Text.Length, unit.Text, time));
        }

        return text.ToString();
    }

    private static string Format(char letter, int length, string text, DateTimeOffset time) => letter switch
    {
        'y' or 'u' => length == 2 ? Number(time.Year % 100, 2) : Number(time.Year, length),
        'Y' => length == 2 ? Number(WeekYear(time) % 100, 2) : Number(WeekYear(time), length),
        'M' or 'L' => length switch
        {
            <= 2 => Number(time.Month, length),
            3 => time.ToString("MMM", CultureInfo.InvariantCulture),
            _ => time.ToString("MMMM", CultureInfo.InvariantCulture),
        },
        'd' => Number(time.Day, length),
        'D' => Number(time.DayOfYear, length),
        'w' => Number(Week(time), length),
        'Q' or 'q' => Number(((time.Month - 1) / 3) + 1, length),
        'E' => time.ToString(length <= 3 ? "ddd" : "dddd", CultureInfo.InvariantCulture),
        'a' => time.Hour < 12 ? "AM" : "PM",
        'H' => Number(time.Hour, length),
        'k' => Number(time.Hour == 0 ? 24 : time.Hour, length),
        'K' => Number(time.Hour % 12, length),
        'h' => Number(time.Hour % 12 == 0 ? 12 : time.Hour % 12, length),
        'm' => Number(time.Minute, length),
        's' => Number(time.Second, length),
        'S' => (time.Ticks % TimeSpan.TicksPerSecond).ToString("D7", CultureInfo.InvariantCulture).PadRight(length, '0')[..length],
        'X' or 'x' when time.Offset == TimeSpan.Zero && letter == 'X' => "Z",
        'X' or 'x' or 'Z' => time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", string.Empty, StringComparison.Ordinal),
        _ => text,
    };

    private static string Number(int value, int length) => value.ToString($"D{Math.Max(1, length)}", CultureInfo.InvariantCulture);

    // In Java's default locale a week begins on Sunday and belongs to the year that it ends in.
    private static int WeekYear(DateTimeOffset time) => time.AddDays(DayOfWeek.Saturday - time.DayOfWeek).Year;

    private static int Week(DateTimeOffset time) => ((time.AddDays(DayOfWeek.Saturday - time.DayOfWeek).DayOfYear - 1) / 7) + 1;

    // Runs of one letter, and everything else as text.
    private static IEnumerable<TimeUnit> Units(string pattern)
    {
        for (var i = 0; i < pattern.Length;)
        {
            var start = i;
            if (pattern[i] == '\'')
            {
                var end = pattern.IndexOf('\'', i + 1);
                end = end < 0 ? pattern.Length : end;
                i = Math.Min(end + 1, pattern.Length);
                yield return new(end == start + 1 ? "'" : pattern[(start + 1)..end], true);
            }
            else if (char.IsAsciiLetter(pattern[i]))
            {
                while (i < pattern.Length && pattern[i] == pattern[start])
                {
                    i++;
                }

                yield return new(pattern[start..i], false);
            }
            else
            {
                i++;
                yield return new(pattern[start..i], true);
            }
        }
    }

    private sealed record TimeUnit(string Text, bool IsQuoted);
}
