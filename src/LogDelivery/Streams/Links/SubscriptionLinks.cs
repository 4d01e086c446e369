using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Streams.Links;

/// <summary>From the log group to the stream: the filter, its pattern, its role.</summary>
internal static class SubscriptionLinks
{
    public static IEnumerable<StreamLinkRow> Inspect(StreamPicture picture, SubscriptionPicture subscription)
    {
        var group = new LinkReport(StreamLink.LogGroup, subscription.LogGroupName);
        InspectGroup(group, subscription);
        yield return group.ToRow(picture, subscription.LogGroupName);
        if (subscription.Filters.IsMissing)
        {
            yield break;
        }

        var filter = subscription.FilterTo(picture.StreamArn);
        var link = new LinkReport(StreamLink.SubscriptionFilter, filter?.Name ?? subscription.LogGroupName);
        InspectFilter(link, picture, subscription, filter);
        yield return link.ToRow(picture, subscription.LogGroupName);
        if (filter is null)
        {
            yield break;
        }

        var pattern = new LinkReport(StreamLink.FilterPattern, filter.Name);
        PatternLinks.Inspect(pattern, filter, subscription.Events);
        yield return pattern.ToRow(picture, subscription.LogGroupName);

        var requests = new StreamRequests(picture);
        var subject = filter.RoleArn ?? filter.Name;
        var trust = new LinkReport(StreamLink.SubscriptionTrust, subject);
        var permission = new LinkReport(StreamLink.SubscriptionPermission, subject);
        if (filter.RoleArn is not { } roleArn || subscription.Role.IsMissing)
        {
            trust.Break(StreamFindings.NoSubscriptionRole(filter.RoleArn), "roleArn");
            permission.Doubt("There is no role that could be allowed anything.");
        }
        else
        {
            InspectTrust(trust, picture, requests, subscription, roleArn);
            InspectPermission(permission, picture, requests, subscription, roleArn);
        }

        yield return trust.ToRow(picture, subscription.LogGroupName);
        yield return permission.ToRow(picture, subscription.LogGroupName);
    }

    private static void InspectGroup(LinkReport report, SubscriptionPicture subscription)
    {
        if (subscription.Filters.IsMissing)
        {
            report.Break(StreamFindings.NoLogGroup(subscription.LogGroupName), "logGroupName");
            return;
        }

        if (subscription.Filters.IsUnreadable)
        {
            report.Doubt(subscription.Filters, $"The log group {subscription.LogGroupName}");
            return;
        }

        if (subscription.Events.Value is { Count: > 0 } events)
        {
            report.Observed = $"Newest event: {Words.At(events.Max(e => e.Timestamp))}.";
            report.Say("It exists, and events arrive in it.");
        }
        else
        {
            report.Say(subscription.Events.IsUnreadable ? "It exists." : "It exists, and there are no events in it.");
        }
    }

    private static void InspectFilter(LinkReport report, StreamPicture picture, SubscriptionPicture subscription, SubscriptionFilter? filter)
    {
        if (subscription.Filters.IsUnreadable)
        {
            report.Doubt(subscription.Filters, "The subscription filters");
        }
        else if (filter is null)
        {
            report.Break(StreamFindings.NoFilter(subscription.LogGroupName, picture.StreamArn, [.. subscription.Filters.Value!.Select(f => f.DestinationArn)]), "destinationArn");
        }
        else
        {
            report.At("destinationArn");
            report.Say($"The filter {filter.Name} sends to the stream.");
        }
    }

    private static void InspectTrust(LinkReport report, StreamPicture picture, StreamRequests requests, SubscriptionPicture subscription, string roleArn)
    {
        if (subscription.Role.Value is not { } role)
        {
            report.Doubt(subscription.Role, $"The role {roleArn}");
            return;
        }

        RoleLinks.InspectTrust(
            report,
            role,
            requests.TrustOfLogs(roleArn, subscription.LogGroupName),
            (reason, path) => StreamFindings.SubscriptionTrustRefuses(reason, StreamGrants.SubscriptionTrust(picture, roleArn).ToJson(), path),
            "aws:SourceArn or aws:SourceAccount");
    }

    private static void InspectPermission(LinkReport report, StreamPicture picture, StreamRequests requests, SubscriptionPicture subscription, string roleArn)
    {
        var policies = RoleAccess.Of(subscription.Role, roleArn) with { ResourceAccountId = picture.AccountId };
        AccessPart PartOf(StreamCall call) => AccessEvaluation.Explain(call.Request, policies).Identity;
        var one = requests.PutRecord(roleArn);
        var part = PartOf(one);
        if (part.Does == Truth.False && PartOf(requests.PutRecordBatch(roleArn)).Does == Truth.True)
        {
            report.Doubt($"{part.Reason} firehose:PutRecordBatch is allowed; no page says that CloudWatch Logs uses it.");
            return;
        }

        report.Judge([(one.Name, one.Request, part)], reason => StreamFindings.SubscriptionMayNotPut(reason, StreamGrants.SubscriptionPermission(picture, roleArn).ToJson()));
    }
}
