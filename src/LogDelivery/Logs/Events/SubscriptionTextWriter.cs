using System.Globalization;
using System.Text;
using LogDelivery.Json;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Events;

/// <summary>Writes each event as people read it: time, log stream and message on a line; control characters are escaped.</summary>
/// <param name="target">The stream that the lines are written to. It stays open.</param>
internal sealed class SubscriptionTextWriter(Stream target) : ISubscriptionSink, IDisposable
{
    private readonly JsonOutput output = new(target);

    /// <inheritdoc/>
    public void Take(in SubscriptionEntry entry, LogContent content, long offset)
    {
        var known = entry.ToEvent();
        var prefix = known.Timestamp is { } time ? $"{time:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} " : string.Empty;
        var stream = known.LogStream is { } name ? $"{name} " : string.Empty;
        output.Raw(Encoding.UTF8.GetBytes(string.Concat(prefix, stream, OnOneLine(known.Message.TrimEnd('\r', '\n')))));
        output.EndLine();
    }

    /// <summary>Writes the remaining output.</summary>
    public void Dispose() => output.Dispose();

    // What a message holds must not steer a terminal.
    private static string OnOneLine(string message)
    {
        if (!message.Any(IsUnsafe))
        {
            return message;
        }

        var line = new StringBuilder();
        foreach (var character in message)
        {
            _ = character switch
            {
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                _ when IsUnsafe(character) => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => line.Append(character),
            };
        }

        return line.ToString();
    }

    private static bool IsUnsafe(char character) => char.IsControl(character) && character != '\t';
}
