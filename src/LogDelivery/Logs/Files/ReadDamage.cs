namespace LogDelivery.Logs.Files;

/// <summary>The kind of damage that kept something from being read.</summary>
internal enum DamageKind
{
    /// <summary>The file, folder or object does not exist, or no file matches a wildcard.</summary>
    NotFound,

    /// <summary>Reading it is not permitted.</summary>
    NoPermission,

    /// <summary>The disk or the network failed.</summary>
    Unreadable,

    /// <summary>The file holds nothing.</summary>
    Empty,

    /// <summary>The file ends too early: the gzip stream has no end, or the text stops within a record.</summary>
    Truncated,

    /// <summary>Compressed data that cannot be decompressed, or whose checksum does not match.</summary>
    Corrupt,

    /// <summary>Bytes after the end of the gzip stream that are not another gzip stream.</summary>
    TrailingBytes,

    /// <summary>The content is not a supported log: HTML, XML or another format.</summary>
    NotALog,

    /// <summary>The text is not well-formed JSON, or a line has not the form of an access log's.</summary>
    Malformed,

    /// <summary>Bytes that are not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>One record is larger than any that AWS writes, and was skipped.</summary>
    RecordTooLarge,
}

/// <summary>Data that could not be read. The data before it was read and, where possible, the data after it.</summary>
/// <param name="File">The name of the file or object, or the path of the folder.</param>
/// <param name="Offset">
/// Where in the decompressed text, in bytes from 0; <see langword="null"/> where nothing was read at all. For damage of the
/// compressed bytes the message tells their own offset too.
/// </param>
/// <param name="Kind">The kind of damage.</param>
/// <param name="Message">One sentence that describes the problem, without the file's name.</param>
internal sealed record ReadDamage(string File, long? Offset, DamageKind Kind, string Message)
{
    /// <summary>File, offset and message in one line.</summary>
    public override string ToString() => Offset is { } offset ? $"{File}, offset {offset}: {Message}" : $"{File}: {Message}";
}
