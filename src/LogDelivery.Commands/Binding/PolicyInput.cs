namespace LogDelivery.Commands;

/// <summary>A document as it came in, before it is parsed.</summary>
/// <param name="Text">The text.</param>
/// <param name="Path">The file that it came from, if any.</param>
/// <param name="Subject">What the user named: the path as given, or the text.</param>
internal sealed record PolicyInput(string Text, string? Path, object Subject)
{
    /// <summary>The document in messages.</summary>
    public override string ToString() => Path ?? "the given document";
}
