namespace LogDelivery.Patterns;

internal enum RegexPieceKind
{
    /// <summary><c>^</c>: the start of the text.</summary>
    Start,

    /// <summary><c>$</c>: the end of the text.</summary>
    End,

    /// <summary>A character, one of a set.</summary>
    Set,
}

/// <summary>One piece of a regular expression with its repetition; without a maximum it may repeat any number of times.</summary>
internal readonly record struct RegexPiece(RegexPieceKind Kind, CharacterSet? Set = null)
{
    public int Minimum { get; init; } = 1;

    public int? Maximum { get; init; } = 1;
}
