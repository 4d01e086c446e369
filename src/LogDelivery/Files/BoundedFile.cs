using System.Globalization;

namespace LogDelivery.Files;

/// <summary>
/// Reads files that others may have written: asks what a path is before it is opened, and reads no more than a limit. A
/// regular file and a pipe that the user names are read; devices and sockets are not.
/// </summary>
internal static class BoundedFile
{
    /// <summary>Opens a file; reading it past its limit throws.</summary>
    /// <param name="path">The path.</param>
    /// <param name="limit">How large it may be.</param>
    /// <exception cref="FileRefusedException">It is none that is read, or too large.</exception>
    public static Stream Open(string path, FileLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        var status = PathStatus.Of(path);
        if (status.Kind is not (PathKind.File or PathKind.Pipe or PathKind.Missing))
        {
            throw new FileRefusedException($"{path} is {PathStatus.NameOf(status.Kind)}, not {limit.Kind}. Give the path of a file.");
        }

        if (status.Length > limit.MaxBytes)
        {
            throw TooLarge(path, limit);
        }

        return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), path, limit);
    }

    /// <summary>Reads a stream, standard input for example, up to a limit.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="limit">How much of it may be read.</param>
    public static Stream Open(Stream stream, string name, FileLimit limit) => new LimitedStream(stream, name, limit);

    /// <summary>The content of a file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="limit">How large it may be.</param>
    /// <exception cref="FileRefusedException">It is none that is read, or too large.</exception>
    public static byte[] ReadBytes(string path, FileLimit limit)
    {
        using var stream = Open(path, limit);
        return ReadBytes(stream);
    }

    /// <summary>The rest of a stream.</summary>
    /// <param name="stream">One that was opened here.</param>
    public static byte[] ReadBytes(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    /// <summary>The text of a file: UTF-8, or what its mark says.</summary>
    /// <param name="path">The path.</param>
    /// <param name="limit">How large it may be.</param>
    /// <exception cref="FileRefusedException">It is none that is read, or too large.</exception>
    public static string ReadText(string path, FileLimit limit)
    {
        using var reader = new StreamReader(Open(path, limit));
        return reader.ReadToEnd();
    }

    internal static FileRefusedException TooLarge(string name, FileLimit limit)
        => new($"{name} is larger than {limit.Kind} may be ({limit.MaxBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes). {limit.Remedy}") { IsTooLarge = true };

    internal static FileRefusedException LineTooLong(string name, FileLimit limit)
        => new($"{name} has a line that is longer than one of {limit.Kind} may be ({limit.MaxLineBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes); the rest is not read. Give one value a line.") { IsTooLarge = true };
}
