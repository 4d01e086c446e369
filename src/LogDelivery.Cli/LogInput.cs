using System.CommandLine;
using LogDelivery.Records;

namespace LogDelivery.Cli;

/// <summary>The logs that the command line names: files, folders, wildcards, and - for standard input.</summary>
internal static class LogInput
{
    public static Argument<string[]> Paths() => new("PATH")
    {
        Description = "Files, folders with all below them, wildcards; - for standard input. Compression and kind are told by the content.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static IEnumerable<LogObject> Find(IEnumerable<string> paths, ReadTally tally)
    {
        var files = new LogFiles(tally);
        foreach (var path in paths)
        {
            if (path == "-")
            {
                tally.AddFound();
                yield return new StandardInputObject();
                continue;
            }

            foreach (var file in files.Find(path))
            {
                yield return file;
            }
        }
    }
}
