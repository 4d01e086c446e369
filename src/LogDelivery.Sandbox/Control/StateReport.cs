using System.Text.Json.Nodes;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Control;

/// <summary>The state as JSON, for tests and for people: <c>GET /_sandbox/state</c>.</summary>
internal static class StateReport
{
    public static JsonObject Of(SandboxState state) => new()
    {
        ["time"] = Iso(state.Now),
        ["account"] = state.DefaultAccount,
        ["region"] = state.DefaultRegion,
        ["regions"] = Texts(state.EnabledRegions),
        ["organization"] = state.Organization is { } o ? new JsonObject { ["id"] = o.Id, ["managementAccount"] = o.ManagementAccount, ["members"] = Texts(o.Members) } : null,
        ["buckets"] = new JsonArray([.. state.Buckets.Values.Select(b => Of(state, b))]),
        ["trails"] = new JsonArray([.. state.Accounts.SelectMany(a => a.Trails.Values).Select(Of)]),
        ["flowLogs"] = new JsonArray([.. state.Accounts.SelectMany(a => a.FlowLogs.Values).Select(Of)]),
        ["deliveries"] = new JsonArray([.. state.Deliveries.Select(Of)]),
        ["keys"] = new JsonArray([.. state.Accounts.SelectMany(a => a.Keys.Values).Select(k => new JsonObject { ["arn"] = k.Arn, ["state"] = k.KeyState })]),
        ["topics"] = new JsonArray([.. state.Accounts.SelectMany(a => a.Topics.Values).Select(t => new JsonObject { ["arn"] = t.Arn, ["messages"] = t.Messages.Count, ["subscriptions"] = t.Subscriptions.Count })]),
        ["alarms"] = new JsonArray([.. state.Accounts.SelectMany(a => a.Alarms.Values).Select(a => new JsonObject { ["arn"] = a.Arn, ["state"] = a.State, ["reason"] = a.StateReason })]),
        ["roles"] = Texts(state.Accounts.SelectMany(a => a.Roles.Values).Select(r => r.Arn)),
        ["streams"] = new JsonArray([.. state.Accounts.SelectMany(a => a.Streams.Values).Select(Of)]),
        ["subscriptions"] = new JsonArray([.. state.Accounts.SelectMany(a => a.LogGroups.Values).SelectMany(g => g.SubscriptionFilters.Values.Select(f => Of(g, f)))]),
        ["logGroups"] = new JsonArray([.. state.Accounts.SelectMany(a => a.LogGroups.Values).Select(g => new JsonObject { ["arn"] = g.Arn, ["events"] = g.Streams.Values.Sum(s => s.Count) })]),
        ["calls"] = Counts(state),
    };

    private static JsonObject Counts(SandboxState state)
    {
        var counts = new JsonObject();
        foreach (var (action, count) in state.Calls.Counts)
        {
            counts[action] = count;
        }

        return counts;
    }

    private static JsonObject Of(SandboxState state, Bucket bucket) => new()
    {
        ["name"] = bucket.Name,
        ["account"] = bucket.Owner,
        ["region"] = bucket.Region,
        ["hasPolicy"] = bucket.Policy.Text is not null,
        ["visiblePolicyStatements"] = bucket.Policy.DocumentAt(state.Now).Statements.Count,
        ["objects"] = bucket.Objects.Count,
    };

    private static JsonObject Of(SandboxTrail trail) => new()
    {
        ["arn"] = trail.Arn,
        ["bucket"] = trail.BucketName,
        ["isLogging"] = trail.IsLogging,
        ["legs"] = new JsonArray([.. trail.Legs.Select(l => new JsonObject
        {
            ["account"] = l.Account,
            ["region"] = l.Region,
            ["logFiles"] = Of(l.LogFiles),
            ["digests"] = Of(l.Digests),
        })]),
    };

    private static JsonObject Of(SandboxFlowLog log) => new() { ["id"] = log.Id, ["bucket"] = log.BucketName, ["logFiles"] = Of(log.LogFiles) };

    private static JsonObject Of(FirehoseStream stream) => new()
    {
        ["arn"] = stream.Arn,
        ["status"] = stream.Status,
        ["buffered"] = stream.Buffer.Count,
        ["pending"] = stream.Pending.Count,
        ["delivered"] = stream.Delivered,
        ["lost"] = stream.Lost,
        ["error"] = stream.Failure?.Code,
        ["reason"] = stream.Failure?.Reason,
    };

    private static JsonObject Of(SandboxLogGroup group, SandboxSubscriptionFilter filter) => new()
    {
        ["logGroup"] = group.Name,
        ["name"] = filter.Name,
        ["sent"] = filter.Sent,
        ["skipped"] = filter.Skipped,
        ["error"] = filter.Error,
    };

    private static JsonObject Of(ConfiguredDelivery delivery) => new()
    {
        ["name"] = delivery.Name,
        ["source"] = delivery.Route.Template.Source.Id,
        ["bucket"] = delivery.Route.Template.BucketName,
        ["logFiles"] = Of(delivery.LogFiles),
    };

    private static JsonObject Of(DeliveryQueue queue) => new()
    {
        ["delivered"] = queue.Delivered,
        ["pending"] = queue.PendingCount,
        ["lost"] = queue.Lost,
        ["oldestPending"] = queue.OldestPending is { } oldest ? Iso(oldest) : null,
        ["lastSuccess"] = queue.LastSuccess is { } success ? Iso(success) : null,
        ["lastAttempt"] = queue.LastAttempt is { } attempt ? Iso(attempt) : null,
        ["error"] = queue.Failure?.Code,
        ["reason"] = queue.Failure?.Reason,
    };

    private static string Iso(DateTimeOffset time) => GeneratedNames.Iso(time);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
