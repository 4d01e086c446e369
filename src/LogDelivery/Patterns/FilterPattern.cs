using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LogDelivery.Logs.Events;

namespace LogDelivery.Patterns;

/// <summary>
/// A CloudWatch Logs filter pattern, as metric filters, subscription filters, FilterLogEvents and Live Tail accept it,
/// evaluated offline.
/// </summary>
/// <remarks>
/// <para>Source: CloudWatch Logs user guide, FilterAndPatternSyntax. Where that page says nothing,
/// docs/concepts/filter-patterns.md explains the choice made here.</para> <para>A pattern is immutable and thread-safe.
/// Matching takes time linear in the event.</para>
/// </remarks>
internal sealed class FilterPattern
{
    private FilterPattern(string text, PatternBody body)
    {
        Text = text;
        Body = body;
    }

    /// <summary>The text of the pattern.</summary>
    public string Text { get; }

    /// <summary>The language of the pattern, one of three.</summary>
    public FilterPatternKind Kind => Body.Kind;

    /// <summary>Parts of the pattern that may not do what its author expects.</summary>
    public IReadOnlyList<PatternNotice> Notices => PatternNotices.Of(this);

    internal PatternBody Body { get; }

    /// <summary>Parses a pattern. An empty one matches every event.</summary>
    /// <param name="text">The pattern, 1,024 characters at most; blanks around it are skipped.</param>
    /// <exception cref="FilterPatternException">CloudWatch Logs rejects the pattern; the message names the column and what was expected.</exception>
    public static FilterPattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var length = text.EnumerateRunes().Count();
        if (length > PatternLimits.Length)
        {
            throw new FilterPatternException(
                text,
                PatternLimits.Length + 1,
                $"the pattern has {length} characters, and {PatternLimits.Length} are the most that CloudWatch Logs takes.");
        }

        var reader = new PatternReader(text);
        reader.SkipBlanks();
        PatternBody body = reader.Current switch
        {
            '{' => JsonPatternParser.Parse(reader),
            '[' => DelimitedPatternParser.Parse(reader),
            _ => TextPatternParser.Parse(reader),
        };
        return new(text, body);
    }

    /// <summary>Parses a pattern; returns the error when it is not valid.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="pattern">The pattern, when it is one.</param>
    /// <param name="error">The error, when the pattern is not valid.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out FilterPattern? pattern, [NotNullWhen(false)] out FilterPatternException? error)
    {
        try
        {
            (pattern, error) = (Parse(text), null);
            return true;
        }
        catch (FilterPatternException exception)
        {
            (pattern, error) = (null, exception);
            return false;
        }
    }

    /// <summary>Whether the pattern matches an event's message.</summary>
    /// <param name="message">The message.</param>
    public bool Matches(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(message.Length));
        try
        {
            return Body.Matches(buffer.AsSpan(0, Encoding.UTF8.GetBytes(message, buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Whether the pattern matches an event's message.</summary>
    /// <param name="message">The message as UTF-8.</param>
    public bool Matches(ReadOnlySpan<byte> message) => Body.Matches(message);

    /// <summary>Whether the pattern matches an event that was read from a file.</summary>
    /// <param name="entry">The event.</param>
    public bool Matches(LogEventEntry entry) => Body.MayMatch(entry.Message, entry.HasBackslash) && Body.Matches(entry.Message);

    /// <summary>
    /// The values that a space-delimited pattern reads from an event, by <c>$name</c>, or <c>$1</c>, <c>$2</c> and so on for fields without a name;
    /// empty for the other kinds, and for an event that does not match. TestMetricFilter reports the same as <c>extractedValues</c>.
    /// </summary>
    /// <param name="message">The event's message.</param>
    public IReadOnlyDictionary<string, string> Extract(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Extract(Encoding.UTF8.GetBytes(message));
    }

    /// <inheritdoc cref="Extract(string)"/>
    public IReadOnlyDictionary<string, string> Extract(ReadOnlySpan<byte> message)
        => Body.Matches(message) ? Body.Extract(message) : new Dictionary<string, string>();

    /// <summary>Whether the pattern matches an event's message, and if not, the first part of it that does not hold.</summary>
    /// <param name="message">The message.</param>
    public FilterExplanation Explain(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Body.Explain(Encoding.UTF8.GetBytes(message));
    }

    /// <inheritdoc cref="Explain(string)"/>
    public FilterExplanation Explain(ReadOnlySpan<byte> message) => Body.Explain(message);

    /// <summary>
    /// The pattern in canonical form, with blanks, quotes and parentheses only where needed. It matches the same events,
    /// and its own canonical form is the same text.
    /// </summary>
    public override string ToString()
    {
        var text = Body.Write(compact: false);
        return text.EnumerateRunes().Count() <= PatternLimits.Length ? text : Body.Write(compact: true);
    }
}
