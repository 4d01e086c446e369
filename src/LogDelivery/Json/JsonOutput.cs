using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace LogDelivery.Json;

/// <summary>Collects lines of JSON and writes them to a stream, whole lines at a time.</summary>
internal sealed class JsonOutput(Stream target) : IDisposable
{
    private const int Enough = 1 << 16;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> buffer = new(2 * Enough);
    private Utf8JsonWriter? encoder;

    /// <summary>Adds bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

    /// <summary>Adds the text between the quotes of a JSON string; bytes that are not UTF-8 become U+FFFD.</summary>
    public void Written(ReadOnlySpan<byte> text) => buffer.Write(Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text)));

    /// <summary>Adds plain UTF-8 as a JSON string with its quotes.</summary>
    public void Quoted(ReadOnlySpan<byte> text)
    {
        encoder ??= new(buffer, Relaxed);
        encoder.Reset(buffer);
        encoder.WriteStringValue(text);
        encoder.Flush();
    }

    /// <summary>Adds a JSON value on one line, however it was laid out.</summary>
    public void OnOneLine(ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            Written(value);
            return;
        }

        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = int.MaxValue });
        using var document = JsonDocument.ParseValue(ref reader);
        encoder ??= new(buffer, Relaxed);
        encoder.Reset(buffer);
        document.RootElement.WriteTo(encoder);
        encoder.Flush();
    }

    /// <summary>Adds a UTC time as ISO 8601 with milliseconds, in quotes.</summary>
    public void Time(DateTime time)
    {
        time.TryFormat(buffer.GetSpan(32), out var length, "'\"'yyyy-MM-dd'T'HH:mm:ss.fff'Z\"'", System.Globalization.CultureInfo.InvariantCulture);
        buffer.Advance(length);
    }

    /// <summary>Ends a line.</summary>
    public void EndLine()
    {
        buffer.Write("\n"u8);
        if (buffer.WrittenCount >= Enough)
        {
            Flush();
        }
    }

    /// <summary>Writes the collected text.</summary>
    public void Flush()
    {
        target.Write(buffer.WrittenSpan);
        target.Flush();
        buffer.ResetWrittenCount();
    }

    public void Dispose()
    {
        Flush();
        encoder?.Dispose();
    }
}
