using System.Text;

namespace LogDelivery.Patterns;

/// <summary>Text between double quotes, where <c>\"</c> is a quote and <c>\\</c> a backslash; before anything else a backslash is itself.</summary>
internal static class QuotedText
{
    public static string Parse(PatternReader reader)
    {
        var open = reader.Position++;
        var text = new StringBuilder();
        while (reader.Current != '"')
        {
            if (reader.AtEnd)
            {
                throw reader.Error(open, "the quote that begins here has no closing '\"'.");
            }

            if (reader.Current == '\\' && reader.Next is '"' or '\\')
            {
                reader.Position++;
            }

            text.Append(reader.Text[reader.Position++]);
        }

        reader.Position++;
        return text.ToString();
    }

    /// <summary>The text in quotes, in the shortest way that reads back the same.</summary>
    public static string Write(string text)
    {
        var result = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            // A backslash needs another only where it would be taken for an escape.
            if (text[i] == '"' || (text[i] == '\\' && (i + 1 == text.Length || text[i + 1] is '"' or '\\')))
            {
                result.Append('\\');
            }

            result.Append(text[i]);
        }

        return result.Append('"').ToString();
    }
}
