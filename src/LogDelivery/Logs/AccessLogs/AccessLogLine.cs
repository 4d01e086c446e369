using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace LogDelivery.Logs.AccessLogs;

/// <summary>
/// One reading of a line of an S3 server access log: the position of each field in the bytes, and typed fields as values.
/// Fields are copied only on access.
/// </summary>
internal ref struct AccessLogLine
{
    private ReadOnlySpan<byte> bytes;
    private FieldRanges ranges;

    /// <summary>The number of fields that the line has: 24 to 27 today, fewer before 2020, more some day.</summary>
    public int FieldCount { get; internal set; }

    /// <summary>The time when the request was received, in ticks of UTC.</summary>
    internal long Ticks { get; set; }

    /// <summary>The zero-based byte offset in the line where parsing failed.</summary>
    public int ProblemOffset { get; internal set; }

    /// <summary>The text that was expected there; <see langword="null"/> when the line can be parsed.</summary>
    public string? Problem { get; internal set; }

    /// <summary>The time when the request was received, in UTC.</summary>
    public readonly DateTimeOffset Time => new(Ticks, TimeSpan.Zero);

    /// <summary>The HTTP status; <see langword="null"/> for <c>-</c>.</summary>
    public readonly int? HttpStatus => (int?)Number(AccessLogField.HttpStatus);

    /// <summary>The bytes of the answer; <see langword="null"/> for <c>-</c>.</summary>
    public readonly long? BytesSent => Number(AccessLogField.BytesSent);

    /// <summary>The size of the object in bytes; <see langword="null"/> for <c>-</c>.</summary>
    public readonly long? ObjectSize => Number(AccessLogField.ObjectSize);

    /// <summary>The milliseconds until the last byte of the response; <see langword="null"/> for <c>-</c>.</summary>
    public readonly long? TotalTime => Number(AccessLogField.TotalTime);

    /// <summary>The milliseconds until the first byte of the response; <see langword="null"/> for <c>-</c>.</summary>
    public readonly long? TurnAroundTime => Number(AccessLogField.TurnAroundTime);

    /// <summary>The key, decoded; <see langword="null"/> for <c>-</c>.</summary>
    public readonly string? Key
    {
        get
        {
            var encoded = GetText(AccessLogField.Key);
            return encoded is null || !encoded.Contains('%', StringComparison.Ordinal) ? encoded : AccessLogKey.Decode(encoded, GetText(AccessLogField.RequestUri));
        }
    }

    /// <summary>Whether S3 refused the request or could not do it: a status of 400 or more, or an error code.</summary>
    public readonly bool IsError => Has(AccessLogField.ErrorCode) || HttpStatus >= 400;

    /// <summary>The bytes of a field, without quotes; empty where the line ends before it.</summary>
    /// <param name="field">The field.</param>
    public readonly ReadOnlySpan<byte> this[AccessLogField field]
    {
        get
        {
            var range = ranges[(int)field];
            return bytes.Slice(range.Start, range.Length);
        }
    }

    /// <summary>Whether a field is there and says something.</summary>
    /// <param name="field">The field.</param>
    public readonly bool Has(AccessLogField field)
    {
        var text = this[field];
        return text.Length > 0 && !AccessLogText.IsDash(text);
    }

    /// <summary>A field as text; <see langword="null"/> for <c>-</c> and where the line ends before it.</summary>
    /// <param name="field">The field.</param>
    public readonly string? GetText(AccessLogField field) => Has(field) ? Encoding.UTF8.GetString(this[field]) : null;

    internal void Begin(ReadOnlySpan<byte> line)
    {
        bytes = line;
        ranges = default;
        FieldCount = 0;
        Problem = null;
        ProblemOffset = 0;
    }

    internal void Set(AccessLogField field, int start, int end) => ranges[(int)field] = new(start, end - start);

    internal readonly (int Start, int End) RangeOf(AccessLogField field)
    {
        var range = ranges[(int)field];
        return (range.Start, range.Start + range.Length);
    }

    private readonly long? Number(AccessLogField field)
        => Utf8Parser.TryParse(this[field], out long value, out var used) && used == this[field].Length ? value : null;

    private readonly record struct FieldRange(int Start, int Length);

    [InlineArray((int)AccessLogField.SourceRegion + 1)]
    private struct FieldRanges
    {
        private FieldRange first;
    }
}
