using LogDelivery.Policies;

namespace LogDelivery.Cli;

/// <summary>Reads what the command line names: files, or - for standard input.</summary>
internal static class InputFile
{
    public static PolicyDocument ReadPolicy(string path, PolicyKind kind)
    {
        try
        {
            return PolicyDocument.Parse(ReadBytes(path), kind);
        }
        catch (PolicyFormatException exception)
        {
            string[] problems = [.. exception.Problems.Where(p => p.Severity == PolicyProblemSeverity.Error).Select(p => $"{Name(path)}: {p}")];
            throw new UserException(problems);
        }
    }

    public static byte[] ReadBytes(string path)
    {
        try
        {
            if (path != "-")
            {
                return File.ReadAllBytes(Named(path));
            }

            using var input = Console.OpenStandardInput();
            using var buffer = new MemoryStream();
            input.CopyTo(buffer);
            return buffer.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{Name(path)}: {exception.Message}");
        }
    }

    /// <summary>A file that is read line by line.</summary>
    public static TextReader OpenText(string path)
    {
        try
        {
            return path == "-" ? Console.In : new StreamReader(Named(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{Name(path)}: {exception.Message}");
        }
    }

    /// <summary>The path, if it is one.</summary>
    /// <exception cref="UserException">It is empty, as that of a variable which is not set.</exception>
    public static string Named(string path) => !string.IsNullOrWhiteSpace(path) ? path : throw new UserException("The name of a file is empty. Give a path, or - for standard input or output.");

    /// <summary>The path for rows; <see langword="null"/> where the text came by standard input.</summary>
    public static string? PathOf(string path) => path == "-" ? null : path;

    public static string Name(string path) => path == "-" ? "standard input" : path;
}
