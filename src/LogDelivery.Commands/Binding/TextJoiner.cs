using System.Text;
using System.Text.Json;

namespace LogDelivery.Commands;

/// <summary>
/// Makes documents of piped text, whether they come whole (<c>Get-Content -Raw</c>, an AWS cmdlet) or line by line
/// (<c>Get-Content</c>): a document ends where its braces do.
/// </summary>
internal sealed class TextJoiner
{
    private readonly StringBuilder text = new();
    private bool hasPiece;
    private bool isJson;
    private bool hasEmitted;
    private bool inString;
    private bool isEscaped;
    private int depth;

    /// <summary>Whether the beginning of a document waits for its end.</summary>
    public bool IsOpen => hasPiece && isJson;

    /// <summary>Takes one piece and gives the documents that it completes.</summary>
    public IEnumerable<string> Add(string piece)
    {
        var begins = piece.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("{", StringComparison.Ordinal);
        if (hasPiece && begins && (!isJson || IsWholePolicy(piece)) && Flush() is { } broken)
        {
            // What waits will not be completed: a text that is no JSON, or a document whose end never came.
            yield return broken;
        }

        isJson = isJson || begins;
        Append(piece);
        if (isJson && depth <= 0)
        {
            yield return Take();
        }
    }

    /// <summary>What is left when no more comes: a document that is cut off, or no JSON at all.</summary>
    public string? Flush() => !hasPiece || (hasEmitted && string.IsNullOrWhiteSpace(text.ToString())) ? null : Take();

    private void Append(string piece)
    {
        if (hasPiece)
        {
            text.Append('\n');
        }

        hasPiece = true;
        text.Append(piece);
        foreach (var c in piece)
        {
            if (isEscaped)
            {
                isEscaped = false;
            }
            else if (inString)
            {
                isEscaped = c == '\\';
                inString = c != '"';
            }
            else
            {
                inString = c == '"';
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            }
        }
    }

    private string Take()
    {
        var taken = text.ToString();
        text.Clear();
        (hasPiece, isJson, inString, isEscaped, depth) = (false, false, false, false, 0);
        hasEmitted = true;
        return taken;
    }

    // A line of a document is never a policy by itself, so a piece that is one stands alone.
    private static bool IsWholePolicy(string piece)
    {
        try
        {
            using var json = JsonDocument.Parse(piece);
            return json.RootElement.EnumerateObject().Any(p => p.Name.Equals("Statement", StringComparison.OrdinalIgnoreCase));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
