using LogDelivery.Gateways;

namespace LogDelivery.Streams.Links;

/// <summary>What has arrived and what AWS reports, joined with what the other links say.</summary>
internal static class ArrivalLink
{
    // What Firehose and S3 need beside the time that records are buffered.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(15);

    /// <summary>Makes the last row.</summary>
    /// <param name="picture">The chain.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="others">The rows of the other links.</param>
    public static StreamLinkRow Inspect(StreamPicture picture, StreamDestination destination, IReadOnlyList<StreamLinkRow> others)
    {
        var report = new LinkReport(StreamLink.Arrival, $"{destination.BucketArn}/{KeyPrefixExpression.ForData(destination.Prefix).Literal}");
        var errors = ErrorsOf(picture);
        var failed = picture.FailedRecords.Value ?? [];
        report.Observed = Describe(picture, errors, failed);
        if (failed.Count > 0)
        {
            report.Note(StreamFindings.RecordsSetAside(failed.Count, Prefix(destination), failed[^1].Code), "ErrorOutputPrefix");
        }

        // Where a link is broken, that nothing arrives is no news of its own.
        if (others.FirstOrDefault(r => r.StateValue == StreamLinkState.Broken && Stops(r.LinkValue)) is { } broken)
        {
            report.Doubt($"{broken.Link} is broken; what arrives is told again once it is mended.");
        }
        else
        {
            Judge(report, picture, destination, errors, others);
        }

        return report.ToRow(picture);
    }

    /// <summary>What AWS reported that a link may be to blame for.</summary>
    public static string? ErrorsFor(StreamPicture picture, StreamLink link)
    {
        var errors = ErrorsOf(picture).Where(e => Links(e.Code).Contains(link)).ToArray();
        return errors.Length == 0 ? null : $"{errors[^1].Code} at {Words.At(errors[^1].Time)}: {errors[^1].Message}";
    }

    private static bool Stops(StreamLink link) => link is not (StreamLink.ErrorLog or StreamLink.ErrorLogPermission or StreamLink.Format);

    private static void Judge(LinkReport report, StreamPicture picture, StreamDestination destination, IReadOnlyList<StreamError> errors, IReadOnlyList<StreamLinkRow> others)
    {
        var newest = picture.NewestObject.Value;
        if (errors is [.., var last] && (newest is null || last.Time > newest.LastModified))
        {
            var unread = others.Where(r => r.StateValue == StreamLinkState.Unknown && Links(last.Code).Contains(r.LinkValue)).Select(r => r.Link.ToString()).ToArray();
            report.Break(StreamFindings.ErrorsWithoutCause(last.Code, Words.At(last.Time), unread.Length == 0 ? null : string.Join(", ", unread)));
            return;
        }

        var waiting = Waiting(picture, destination);
        if (waiting.Length > 0 && picture.NewestObject is { IsUnreadable: false })
        {
            report.Break(StreamFindings.NothingArrives(waiting.Length, Words.At(waiting.Min(e => e.Timestamp))));
        }
        else if (picture.NewestObject.IsUnreadable)
        {
            report.Doubt(picture.NewestObject, "What has arrived");
        }
        else if (newest is null)
        {
            report.Doubt("Nothing has arrived so far, and no event is known that should have.");
        }
        else
        {
            report.Say($"The newest object was written at {Words.At(newest.LastModified)}.");
        }
    }

    /// <summary>Events that match and that should be in an object by now, but came after the newest one.</summary>
    private static LogGroupEvent[] Waiting(StreamPicture picture, StreamDestination destination)
    {
        var deadline = picture.Time.UtcDateTime - TimeSpan.FromSeconds(destination.BufferIntervalInSeconds ?? 300) - Slack;
        var since = picture.NewestObject.Value?.LastModified ?? DateTime.MinValue;
        return
        [
            .. picture.Subscriptions.SelectMany(s => s.FilterTo(picture.StreamArn) is { } filter
                ? PatternLinks.Matching(filter, s.Events).Where(e => e.Timestamp > (filter.Created ?? DateTime.MinValue))
                : [])
                .Where(e => e.Timestamp > since && e.Timestamp < deadline),
        ];
    }

    private static IReadOnlyList<StreamError> ErrorsOf(StreamPicture picture)
        => [.. (picture.ErrorLog.Value ?? []).Select(StreamError.From).OfType<StreamError>().OrderBy(e => e.Time)];

    private static string Prefix(StreamDestination destination) => KeyPrefixExpression.ForErrors(destination.ErrorOutputPrefix, destination.Prefix).Literal;

    private static string? Describe(StreamPicture picture, IReadOnlyList<StreamError> errors, IReadOnlyList<FailedRecord> failed)
    {
        var parts = new List<string>();
        if (picture.NewestObject.Value is { } newest)
        {
            parts.Add(FormattableString.Invariant($"Newest object {newest.Key} ({newest.Size:N0} bytes) at {Words.At(newest.LastModified)}."));
        }

        if (errors is [.., var last])
        {
            parts.Add(FormattableString.Invariant($"{errors.Count:N0} errors logged, the last {last.Code} at {Words.At(last.Time)}: {last.Message}"));
        }

        if (failed is [.., var record])
        {
            parts.Add(FormattableString.Invariant($"{failed.Count:N0} records set aside, the last in {record.Key}: {record.Code}, {record.Message}{(record.Attempts is { } attempts ? FormattableString.Invariant($", after {attempts} attempts") : string.Empty)}."));
        }

        return parts.Count == 0 ? null : string.Join(" ", parts);
    }

    // Source: Firehose developer guide, monitoring-with-cloudwatch-logs. AccessDenied also stands for a role that cannot be taken on.
    private static IReadOnlyList<StreamLink> Links(string code) => code switch
    {
        "S3.NoSuchBucket" => [StreamLink.Bucket],
        "S3.MethodNotAllowed" or "S3.InvalidPayer" => [StreamLink.Bucket, StreamLink.BucketPolicy],
        "S3.AccessDenied" => [StreamLink.StreamTrust, StreamLink.BucketPermission, StreamLink.KeyPermission, StreamLink.BucketPolicy, StreamLink.KeyPolicy],
        _ when code.StartsWith("S3.KMS.", StringComparison.Ordinal) => [StreamLink.Key, StreamLink.KeyPolicy],
        "Lambda.AssumeRoleAccessDenied" => [StreamLink.StreamTrust],
        _ when code.StartsWith("Lambda.", StringComparison.Ordinal) => [StreamLink.LambdaPermission],
        _ => [],
    };
}
