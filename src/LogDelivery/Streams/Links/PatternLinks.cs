using System.Globalization;
using LogDelivery.Gateways;
using LogDelivery.Patterns;

namespace LogDelivery.Streams.Links;

/// <summary>The pattern of a subscription filter: is it valid, and does it match anything?</summary>
internal static class PatternLinks
{
    public static void Inspect(LinkReport report, SubscriptionFilter filter, Readable<IReadOnlyList<LogGroupEvent>> events)
    {
        report.At("filterPattern");
        if (!FilterPattern.TryParse(filter.Pattern, out var pattern, out var error))
        {
            report.Break(StreamFindings.InvalidPattern(filter.Name, filter.Pattern, error.Message));
            return;
        }

        var matching = Matching(filter, events).ToArray();
        if (filter.Pattern.Trim().Length == 0)
        {
            report.Say("The pattern is empty, so every event is sent.");
        }
        else if (events.Value is not { } known)
        {
            report.Doubt(events, "The events of the log group");
        }
        else if (known.Count == 0)
        {
            report.Say($"The pattern {filter.Pattern} is valid; there are no events that it could match.");
        }
        else if (matching.Length == 0)
        {
            var notice = pattern.Notices.Count > 0 ? pattern.Notices[0].Message : null;
            var finding = StreamFindings.MatchesNothing(filter.Pattern, known.Count, notice);
            report.Note(finding);
            report.Doubt(finding.Evidence);
        }
        else
        {
            report.Say(string.Create(CultureInfo.InvariantCulture, $"The pattern {filter.Pattern} matches {matching.Length:N0} of the newest {known.Count:N0} events."));
            report.Observed = $"Newest match: {Words.At(matching.Max(e => e.Timestamp))}.";
        }
    }

    /// <summary>The events that the filter sends on.</summary>
    public static IEnumerable<LogGroupEvent> Matching(SubscriptionFilter filter, Readable<IReadOnlyList<LogGroupEvent>> events)
        => FilterPattern.TryParse(filter.Pattern, out var pattern, out _) ? (events.Value ?? []).Where(e => pattern.Matches(e.Message)) : [];
}
