namespace LogDelivery.Requests;

/// <summary>
/// Optional texts. An object of another module carries nothing as an empty text, and so does a variable of a shell that is not
/// set; a blank text therefore counts as not given.
/// </summary>
internal static class RequestText
{
    /// <summary>The text, or <see langword="null"/> when it is blank.</summary>
    /// <param name="text">The text.</param>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>The texts without the blank ones.</summary>
    /// <param name="texts">The texts.</param>
    public static IReadOnlyList<string> OrEmpty(IEnumerable<string?>? texts) => [.. (texts ?? []).OfType<string>().Where(t => !string.IsNullOrWhiteSpace(t))];
}
