using LogDelivery.Files;
using LogDelivery.Policies;

namespace LogDelivery.Cli;

/// <summary>Reads what the command line names: files, or - for standard input.</summary>
internal static class InputFile
{
    public static PolicyDocument ReadPolicy(string path, PolicyKind kind)
    {
        try
        {
            return PolicyDocument.Parse(ReadBytes(path, FileLimit.Policy), kind);
        }
        catch (PolicyFormatException exception)
        {
            string[] problems = [.. exception.Problems.Where(p => p.Severity == PolicyProblemSeverity.Error).Select(p => $"{Name(path)}: {p}")];
            throw new UserException(problems);
        }
    }

    public static byte[] ReadBytes(string path, FileLimit limit)
    {
        try
        {
            using var input = Open(path, limit);
            return BoundedFile.ReadBytes(input);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FileRefusedException)
        {
            throw Refused(path, exception);
        }
    }

    /// <summary>The lines of a file, read one by one.</summary>
    /// <exception cref="UserException">It cannot be read, or not read on.</exception>
    public static IEnumerable<string> ReadLines(string path, FileLimit limit)
    {
        using var reader = OpenText(path, limit);
        while (ReadLine(reader, path) is { } line)
        {
            yield return line;
        }
    }

    /// <summary>The path, if it is one.</summary>
    /// <exception cref="UserException">It is empty, as that of a variable which is not set.</exception>
    public static string Named(string path) => !string.IsNullOrWhiteSpace(path) ? path : throw new UserException("The name of a file is empty. Give a path, or - for standard input or output.");

    /// <summary>The path for rows; <see langword="null"/> where the text came by standard input.</summary>
    public static string? PathOf(string path) => path == "-" ? null : path;

    public static string Name(string path) => path == "-" ? "standard input" : path;

    private static Stream Open(string path, FileLimit limit)
        => path == "-" ? BoundedFile.Open(Console.OpenStandardInput(), Name(path), limit) : BoundedFile.Open(Named(path), limit);

    private static StreamReader OpenText(string path, FileLimit limit)
    {
        try
        {
            return new(Open(path, limit));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FileRefusedException)
        {
            throw Refused(path, exception);
        }
    }

    private static string? ReadLine(StreamReader reader, string path)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FileRefusedException)
        {
            throw Refused(path, exception);
        }
    }

    private static UserException Refused(string path, Exception exception)
        => new(exception is FileRefusedException ? exception.Message : $"{Name(path)}: {exception.Message}");
}
