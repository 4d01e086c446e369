using System.Text.Json;
using LogDelivery.Json;
using LogDelivery.Logs.Events;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Scan;

/// <summary>
/// Extracts the records from log events within the records of a file, and from log events nested in these. Text that is not
/// a JSON object is ignored. Not thread-safe.
/// </summary>
internal sealed class NestedRecordScan(LogContent content, RecordFinder finder)
{
    // A topic's notification in the message of a queue, an event of a rule in that, and one more layer.
    private const int MostLayers = 4;

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly byte[][] buffers = [.. Enumerable.Repeat<byte[]>([], MostLayers + 1)];

    /// <summary>The number of events, without the control messages with which CloudWatch Logs tests a destination.</summary>
    public long Events { get; private set; }

    /// <summary>Whether one of them was a CloudTrail record or a request of an access log.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>A cheap check whether an object may contain records as text: the quotes of such text are escaped.</summary>
    public static bool MayBeOne(in LogRecord record) => record.HasBackslash && !KnownRecord.BeginsAsUsual(record.Bytes);

    /// <summary>Reads the records in one record of a file.</summary>
    /// <param name="record">The record.</param>
    /// <param name="shape">The shape of the file, which carries events.</param>
    public void Look(in LogRecord record, LogShape shape) => Look(record, shape, layer: 0);

    /// <summary>Reads the records in an object of another shape than its file, if it contains events.</summary>
    /// <returns>Whether it does.</returns>
    public bool TryLookAtOther(in LogRecord record)
    {
        var shape = ShapeDetection.Detect(record.Bytes);
        if (!shape.CarriesEvents())
        {
            return false;
        }

        LookWithin(record, shape, layer: 0);
        return true;
    }

    private void Look(in LogRecord record, LogShape shape, int layer)
    {
        var events = LogEventEnumerator.Of(record, shape);
        while (events.TryRead(out var entry))
        {
            if (entry.IsControl)
            {
                continue;
            }

            Events++;
            var message = JsonText.TrimStart(entry.Resolve(ref buffers[layer]));
            if (message is [(byte)'{', ..])
            {
                LookAtMessage(new(message, record.Offset, record.Number, hasBackslash: message.Contains((byte)'\\')) { IsCarried = true }, layer);
            }
        }

        if (!events.IsBroken || !TryLookAsOther(record, shape, layer))
        {
            events.ReportBroken(record, shape, content);
        }
    }

    // Files of several kinds may have been put one behind the other.
    private bool TryLookAsOther(in LogRecord record, LogShape shape, int layer)
    {
        var own = record.IsCutOff ? shape : ShapeDetection.Detect(record.Bytes);
        if (own == shape || (own == LogShape.JsonLines && !KnownRecord.IsOne(record.Bytes)))
        {
            return false;
        }

        Events++;
        LookAtMessage(record, own, layer);
        return true;
    }

    private void LookAtMessage(in LogRecord message, int layer) => LookAtMessage(message, ShapeDetection.Detect(message.Bytes), layer);

    private void LookAtMessage(in LogRecord message, LogShape shape, int layer)
    {
        if (layer < MostLayers && (shape == LogShape.CloudTrail || shape.CarriesEvents()))
        {
            LookWithin(message, shape, layer + 1);
            return;
        }

        var isRequest = shape == LogShape.AccessLogJson;
        IsKnown = IsKnown || isRequest || KnownRecord.IsOne(message.Bytes);
        finder.Look(message, isRequest ? LogShape.AccessLogJson : LogShape.JsonLines);
    }

    /// <summary>Reads the elements of a page, or a single object.</summary>
    private void LookWithin(in LogRecord record, LogShape shape, int layer)
    {
        if (FindElements(record, shape) is not { } elements)
        {
            LookAtElement(record, shape, layer);
            return;
        }

        foreach (var range in elements)
        {
            var place = record.IsCarried ? record.Offset : record.Offset + range.Start.Value;
            LookAtElement(new(record.Bytes[range], place, record.Number, record.HasBackslash) { IsCarried = record.IsCarried }, shape, layer);
        }
    }

    private void LookAtElement(in LogRecord element, LogShape shape, int layer)
    {
        if (shape != LogShape.CloudTrail)
        {
            Look(element, shape, layer);
            return;
        }

        IsKnown = IsKnown || KnownRecord.IsOne(element.Bytes);
        finder.Look(element, LogShape.JsonLines);
    }

    /// <returns>The position of the elements; <see langword="null"/> when the object is not a page.</returns>
    private List<Range>? FindElements(in LogRecord record, LogShape shape)
    {
        var layout = RecordLayout.Of(shape, record.Bytes);
        var reader = new Utf8JsonReader(record.Bytes, AnyDepth);
        List<Range>? elements = null;
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isPage = layout.IsNamedBy(record.Bytes[(int)reader.TokenStartIndex..(int)(reader.TokenStartIndex + reader.ValueSpan.Length + 2)]);
                reader.Read();
                if (!isPage || reader.TokenType != JsonTokenType.StartArray)
                {
                    reader.Skip();
                    continue;
                }

                elements ??= [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    elements.Add(start..(int)reader.BytesConsumed);
                }
            }
        }
        catch (JsonException) when (elements is not null)
        {
            content.Report(DamageKind.Malformed, record.Offset, "The list of events that begins here is not well-formed JSON; what follows the fault in it was passed over.");
        }
        catch (JsonException)
        {
            // A single object is reported when it is read.
        }

        return elements;
    }
}
