using System.Globalization;
using System.Text;
using LogDelivery.Logs.Events;
using LogDelivery.Logs.Files;

namespace LogDelivery.Alarms;

/// <summary>Events of the user's own that a pattern has to catch, read from log files of any kind.</summary>
internal static class SampleFiles
{
    /// <summary>How many events are taken; a pattern is tried, not a log searched.</summary>
    public const int MaxEvents = 1000;

    /// <summary>Reads the events of files and folders.</summary>
    /// <param name="paths">Files, folders or wildcards.</param>
    /// <param name="tally">Told of what cannot be read.</param>
    /// <param name="literal">Whether nothing in the paths is a wildcard.</param>
    /// <returns>At most <see cref="MaxEvents"/> of them, each named by its file and number.</returns>
    public static IReadOnlyList<SampleEvent> Read(IEnumerable<string> paths, ReadTally tally, bool literal = false)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(tally);
        var files = new LogFiles(tally);
        var samples = new List<SampleEvent>();
        foreach (var file in paths.SelectMany(p => files.Find(p, literal)))
        {
            using var reader = LogEventReader.Open(file, tally);
            while (samples.Count < MaxEvents && reader?.TryRead(out var entry) == true)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file.Name)} #{entry.Number}");
                samples.Add(new(name, Encoding.UTF8.GetString(entry.Message), true));
            }
        }

        return samples;
    }
}
