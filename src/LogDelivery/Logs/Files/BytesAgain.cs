namespace LogDelivery.Logs.Files;

/// <summary>
/// Reads the bytes of a stream again from the beginning, to recover data after damage. A file with damage in many places is
/// not read again for each.
/// </summary>
/// <param name="open">Gives them; <see langword="null"/> where they come only once.</param>
internal sealed class BytesAgain(Func<Stream>? open)
{
    private int left = 100;

    /// <summary>Opens the stream again.</summary>
    /// <returns>The stream; <see langword="null"/> when it cannot be opened again or was opened often enough.</returns>
    public Stream? TryOpen() => open is not null && left-- > 0 ? open() : null;
}
