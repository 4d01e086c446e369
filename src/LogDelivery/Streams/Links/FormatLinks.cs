using LogDelivery.Gateways;

namespace LogDelivery.Streams.Links;

/// <summary>How objects are made, and where errors go.</summary>
internal static class FormatLinks
{
    public static StreamLinkRow InspectFormat(StreamPicture picture, StreamDestination destination, StreamDelivery delivery)
    {
        var report = new LinkReport(StreamLink.Format, picture.StreamArn);
        var format = destination.CompressionFormat ?? "UNCOMPRESSED";
        var comesFromLogs = picture.Subscriptions.Any(s => s.FilterTo(picture.StreamArn) is not null);
        if (comesFromLogs && format != "UNCOMPRESSED" && !destination.Decompresses && destination.LambdaArn is null && !destination.ConvertsFormat)
        {
            report.Break(StreamFindings.CompressedTwice(format, destination.Decompresses), "CompressionFormat");
        }

        if (destination.Decompresses && destination.Find("AppendDelimiterToRecord") is null && destination.LambdaArn is null)
        {
            report.Note(StreamFindings.GluedTogether("The stream decompresses without AppendDelimiterToRecord"), "ProcessingConfiguration");
        }

        foreach (var (setting, prefix) in new[] { ("Prefix", delivery.Prefix), ("ErrorOutputPrefix", delivery.ErrorPrefix) })
        {
            if (prefix.Doubts.Count > 0)
            {
                report.Note(StreamFindings.OtherTimePattern($"{setting} {prefix}", prefix.Doubts), setting);
            }
        }

        report.At("BufferingHints");
        report.Say(FormattableString.Invariant(
            $"An object is written every {destination.BufferIntervalInSeconds ?? 300} seconds or at {destination.BufferSizeInMBs ?? 5} MiB, whichever comes first; {format}{(destination.Decompresses ? ", decompressed on the way" : comesFromLogs ? ", members of gzip as CloudWatch Logs sends them" : string.Empty)}."));
        return report.ToRow(picture);
    }

    public static StreamLinkRow InspectErrorLog(StreamPicture picture, StreamDestination destination)
    {
        var report = new LinkReport(StreamLink.ErrorLog, destination.ErrorLogGroup ?? picture.StreamArn);
        if (destination is not { LogsErrors: true, ErrorLogGroup: { Length: > 0 } group, ErrorLogStream: { Length: > 0 } stream })
        {
            report.Break(StreamFindings.LogsNoErrors(picture.StreamName), "CloudWatchLoggingOptions");
        }
        else if (picture.ErrorLog.IsMissing)
        {
            report.Break(StreamFindings.NoErrorLog(group, stream), "CloudWatchLoggingOptions");
        }
        else if (picture.ErrorLog.Value is null)
        {
            report.Doubt(picture.ErrorLog, $"The log group {group}");
        }
        else
        {
            report.At("CloudWatchLoggingOptions");
            report.Say($"Errors go to {stream} of {group}.");
        }

        return report.ToRow(picture);
    }
}
