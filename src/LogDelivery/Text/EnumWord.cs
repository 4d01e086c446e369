namespace LogDelivery.Text;

/// <summary>
/// The words that rows show in place of enumerations. ConvertTo-Json, Export-Clixml and remoting would make numbers of the values
/// of an enumeration, which nobody reads; a word stays a word.
/// </summary>
internal static class EnumWord
{
    /// <summary>The value that a word stands for. Case does not matter, as in PowerShell.</summary>
    /// <exception cref="ArgumentException">It is none of the words.</exception>
    public static T Parse<T>(string word)
        where T : struct, Enum
        => Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new ArgumentException($"'{VisibleText.Of(word)}' is none of the words {string.Join(", ", Enum.GetNames<T>())}.", nameof(word));
}
