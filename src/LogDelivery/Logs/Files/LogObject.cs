namespace LogDelivery.Logs.Files;

/// <summary>
/// One file or object that holds logs. Opening it returns the stored bytes; <see cref="LogContent"/> converts them to text.
/// </summary>
internal abstract class LogObject
{
    /// <summary>The name as the user knows it: a path, an <c>s3://</c> URL, or <c>standard input</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The number of stored bytes; <see langword="null"/> when it is not known before they are read.</summary>
    public virtual long? Length => null;

    /// <summary>Whether the bytes can be read more than once, which allows recovering more of damaged data.</summary>
    public virtual bool CanOpenAgain => true;

    /// <summary>Opens the stored bytes for one pass from the beginning. The caller disposes the stream.</summary>
    /// <exception cref="IOException">The object cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Reading it is not permitted.</exception>
    public abstract Stream Open();

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
