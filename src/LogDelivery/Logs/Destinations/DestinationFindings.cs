using System.Globalization;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Logs.Destinations;

/// <summary>
/// What is wrong with the destinations of log sources, as the calls that set them show it.
/// </summary>
internal static class DestinationFindings
{
    /// <summary>What is wrong with a destination.</summary>
    /// <param name="row">The destination.</param>
    /// <param name="filter">What is expected.</param>
    /// <param name="watch">What was delivered.</param>
    public static IReadOnlyList<Finding> Of(DestinationRow row, DestinationFilter filter, ExpectedBucketWrites watch)
    {
        if (row.IsRefused)
        {
            return row.IsSettled || RefusalCauses.IsPassing(row.Logged.ErrorCode!) ? [] : [RefusalOf(row)];
        }

        var findings = new List<Finding>();
        var isExpected = filter.Expects(row.BucketName);
        if (row.IsCurrent && isExpected == false)
        {
            findings.Add(Elsewhere(row.Subject, row.Place, filter.ExpectedBucketNames, ByWhom(row)));
        }

        // Where each call is shown, the one that moved it has the finding; otherwise what came of it has.
        var moved = filter.IncludeAll ? row : row.Origin;
        if (moved.Previous is { IsCurrent: false } previous && filter.Expects(previous.BucketName) == true && isExpected != true && row.State.Destination is not null)
        {
            findings.Add(Moved(row.Subject, previous.Place, row.Place, ByWhom(moved)));
        }

        if (row.IsCurrent && isExpected == true && MissesDelivery(row, watch) is { } until)
        {
            findings.Add(NothingCame(row.Subject, row.Place, row.Logged.Call.Time, until));
        }

        return findings;
    }

    // Only where writes into the bucket are logged for long enough does their absence tell anything. A delivery destination
    // of CloudWatch Logs by itself delivers nothing.
    private static DateTime? MissesDelivery(DestinationRow row, ExpectedBucketWrites watch)
    {
        var (bucket, since) = (row.BucketName!, row.Logged.Call.Time);
        return row.State.DeliversByItself
            && SourceCatalog.Find(row.State.Source)?.FirstObjectWithin is { } patience
            && watch.LastWrite(bucket) is { } until
            && until >= since + patience
            && !watch.HasAttempt(bucket, row.State.Source, row.AccountId, since) ? until : null;
    }

    private static Finding RefusalOf(DestinationRow row)
        => Refused(
            row.State.Source,
            row.BucketName is { } bucket ? $"{row.Subject} to {bucket}" : row.Subject,
            row.Logged.Call.Action,
            row.Logged.ErrorCode!,
            row.Logged.ErrorMessage,
            RefusalCauses.Of(row.Logged.Call.Service, row.Logged.ErrorCode!, row.Logged.ErrorMessage));

    private static readonly FindingKind ElsewhereKind = new("LD0150", "The source delivers into an unexpected bucket", FindingSeverity.Warning, AwsPages.CloudTrailRecords);

    public static Finding Elsewhere(string subject, string place, IEnumerable<string> expected, string byWhom) => Report(
        ElsewhereKind,
        $"{subject} delivers to {place}, which is not among the expected buckets ({string.Join(", ", expected)}). It was set {byWhom}.",
        $"Give the source the right bucket, after that one's policy lets it in (Test-LogDeliveryBucketPolicy). What it delivered since then lies in {place}. Should {place} be right, name it among the expected ones.");

    private static readonly FindingKind RefusedKind = new("LD0151", "Setting the destination was refused", FindingSeverity.Blocks, AwsPages.CloudTrailBucketPolicy);

    public static Finding Refused(string source, string subject, string action, string code, string? message, string cause) => Report(
        RefusedKind,
        $"{subject}: {action} was refused with {code}{(string.IsNullOrWhiteSpace(message) ? "." : $": {message.TrimEnd()}")} {cause}".TrimEnd(),
        "Mend the cause, then make the call again: until then the source delivers where it did before, or nowhere. Test-LogDeliveryBucketPolicy and Repair-LogDeliveryPolicy take this object.") with
    {
        Documentation = SourceCatalog.Find(source)?.Documentation ?? RefusedKind.Documentation,
    };

    private static readonly FindingKind MovedKind = new("LD0152", "The destination was changed from an expected bucket to another", FindingSeverity.Warning, AwsPages.CloudTrailRecords);

    public static Finding Moved(string subject, string from, string to, string byWhom) => Report(
        MovedKind,
        $"{subject} delivered to {from}, and was pointed at {to} {byWhom}.",
        $"Find out whether that was meant. If not, point the source back to {from}, look at what else was done by the same principal, and fetch what was delivered to {to} meanwhile.");

    private static readonly FindingKind NothingCameKind = new("LD0153", "Nothing was delivered into the expected bucket", FindingSeverity.Warning, AwsPages.CloudTrailDataEvents);

    public static Finding NothingCame(string subject, string place, DateTime since, DateTime until) => Report(
        NothingCameKind,
        $"{subject} delivers to {place} since {Show(since)}, but among the writes into {place} that these files hold until {Show(until)} there is none by this source for this account, not even a refused one.",
        "Ask the source for its status where it has one (Get-LogDeliverySource), and see whether it is turned on, and whether there was anything to log. Data events that leave out some callers or keys may also leave out the deliveries.");

    private static string ByWhom(DestinationRow row) => row.State.Kind == DestinationChangeKind.Confirms
        ? $"before {row.Logged.Call.Action} told of it at {Show(row.Logged.Call.Time)}; who set it is not in these files"
        : $"by {row.Logged.Call.Principal ?? "somebody"} with {row.Logged.Call.Action} at {Show(row.Logged.Call.Time)}";

    private static string Show(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Finding Report(FindingKind kind, string evidence, string remedy) => kind.Report(OneLine(evidence), OneLine(remedy));

    // Names and messages are what somebody wrote into a request; they shall not move the cursor of a terminal.
    private static string OneLine(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
