namespace LogDelivery.Logs.Files;

/// <summary>
/// The bytes of a stream from the beginning, for who finds damage in it and has to look twice. A file that is damaged everywhere is
/// not read once more for each place.
/// </summary>
/// <param name="open">Gives them; <see langword="null"/> where they come only once.</param>
internal sealed class BytesAgain(Func<Stream>? open)
{
    private int left = 100;

    /// <summary>Gives the bytes.</summary>
    /// <returns><see langword="null"/> where they cannot be had, or have been often enough.</returns>
    public Stream? TryOpen() => open is not null && left-- > 0 ? open() : null;
}
