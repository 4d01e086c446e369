using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace LogDelivery.Benchmarks.Logs;

/// <summary>
/// Counts the failed deliveries of a corpus by tools that anyone can install, and by our command line: each is a process of its own,
/// so its start counts. All are asked for the same: what was refused of the writes of services.
/// </summary>
internal static class OtherTools
{
    private const string Columns = "{Records: 'STRUCT(errorCode VARCHAR, eventName VARCHAR, userIdentity STRUCT(\"type\" VARCHAR))[]'}";

    /// <summary>Our command line.</summary>
    public static long Cli(IReadOnlyList<string> files)
        => Run("dotnet", [CliPath(), "failures", "--output", "json", .. files])!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>zcat and jq; <see langword="null"/> when one of them is not on the PATH.</summary>
    public static Func<IReadOnlyList<string>, long>? Jq()
    {
        const string Query = ".Records[] | select(.userIdentity.type == \"AWSService\" and .errorCode != null and .eventName == \"PutObject\") | .requestID";
        return Run("jq", ["--version"]) is null || Run("zcat", ["--version"]) is null ? null
            : files => Number(Run("/bin/sh", ["-c", "query=$1; shift; zcat \"$@\" | jq -r \"$query\" | wc -l", "sh", Query, .. files]));
    }

    /// <summary>
    /// DuckDB: the program, or the package of Python or of Node.js (by NODE_PATH); <see langword="null"/> when none is there. Only the
    /// columns that matter are named, so that it infers no schema and builds nothing else.
    /// </summary>
    public static Func<IReadOnlyList<string>, int?, long>? DuckDb()
    {
        const string Python = "import duckdb, sys; print(duckdb.sql(sys.argv[1]).fetchall()[0][0])";
        const string Node = "require('@duckdb/node-api').DuckDBInstance.create().then(i => i.connect()).then(c => c.runAndReadAll(process.argv[1])).then(r => console.log(String(r.getRows()[0][0])))";
        string[][] ways = [["duckdb", "-noheader", "-list", "-c"], ["python3", "-c", Python], ["node", "-e", Node]];
        return Array.Find(ways, w => Run(w[0], [.. w[1..], "SELECT 42"])?.Trim() == "42") is not { } way ? null : (files, threads) =>
        {
            var names = string.Join(", ", files.Select(f => $"'{f}'"));
            var select = $"""
                SELECT count(*) FROM (SELECT unnest(Records) AS r FROM read_json([{names}], format = 'unstructured', maximum_object_size = 1000000000, columns = {Columns}))
                WHERE r.errorCode IS NOT NULL AND r.eventName = 'PutObject' AND r.userIdentity.type = 'AWSService'
                """;
            return Number(Run(way[0], [.. way[1..], threads is { } count ? $"SET threads = {count.ToString(CultureInfo.InvariantCulture)}; {select}" : select]));
        };
    }

    // It lies where it was built: bin/Release/net10.0 of its project, as this program does of its own.
    private static string CliPath()
    {
        var folder = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        return Path.GetFullPath(Path.Combine(folder, "../../../../../src/LogDelivery.Cli", Path.GetRelativePath(Path.Combine(folder, "../../.."), folder), "logdelivery.dll"));
    }

    private static long Number(string? text) => long.Parse(text ?? "0", CultureInfo.InvariantCulture);

    /// <summary>What a program writes; <see langword="null"/> when there is none, or it fails and writes nothing.</summary>
    private static string? Run(string program, IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output.Length == 0 && process.ExitCode != 0 ? null : output;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
