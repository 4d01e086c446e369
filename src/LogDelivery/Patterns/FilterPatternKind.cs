namespace LogDelivery.Patterns;

/// <summary>The three languages of filter patterns, distinguished by the first character.</summary>
internal enum FilterPatternKind
{
    /// <summary>Terms, phrases and regular expressions looked for in the event as text.</summary>
    Text,

    /// <summary><c>{ ... }</c>: conditions on the properties of a JSON event.</summary>
    Json,

    /// <summary><c>[ ... ]</c>: conditions on the fields of a space-delimited event.</summary>
    Delimited,
}
