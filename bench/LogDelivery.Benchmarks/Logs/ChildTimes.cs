using System.Globalization;

namespace LogDelivery.Benchmarks.Logs;

/// <summary>The CPU time of ended child processes, and theirs, as Linux counts it.</summary>
internal static class ChildTimes
{
    private const double TicksPerSecond = 100;

    public static double Seconds()
    {
        const string Stat = "/proc/self/stat";
        if (!File.Exists(Stat))
        {
            return 0;
        }

        // Behind the name, which may hold anything: cutime and cstime are the 14th and 15th. Source: proc(5).
        var fields = File.ReadAllText(Stat).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
