using System.Text.Json.Nodes;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>CloudWatch Logs: groups, events, and filters that are kept.</summary>
internal sealed class LogsService : JsonService
{
    private readonly SandboxState state;
    private readonly SubscriptionDelivery subscriptions;

    public LogsService(SandboxState state)
        : base("logs", "Logs_20140328")
    {
        this.state = state;
        subscriptions = new SubscriptionDelivery(state);
        On("CreateLogGroup", CreateLogGroup);
        On("DeleteLogGroup", DeleteLogGroup);
        On("DescribeLogGroups", DescribeLogGroups);
        On("PutRetentionPolicy", PutRetentionPolicy);
        On("CreateLogStream", CreateLogStream);
        On("DescribeLogStreams", DescribeLogStreams);
        On("PutLogEvents", PutLogEvents);
        On("FilterLogEvents", FilterLogEvents);
        On("GetLogEvents", GetLogEvents);
        var filters = new MetricFilterCalls(state, GroupOf, GroupsIn);
        On("PutMetricFilter", filters.Put);
        On("DescribeMetricFilters", filters.Describe);
        On("DeleteMetricFilter", filters.Delete);
        On("TestMetricFilter", MetricFilterCalls.Test);
        var subscriptionFilters = new SubscriptionFilterOperations(state, GroupOf);
        On("PutSubscriptionFilter", subscriptionFilters.Put);
        On("DescribeSubscriptionFilters", subscriptionFilters.Describe);
        On("DeleteSubscriptionFilter", subscriptionFilters.Delete);
    }

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static ApiException NotFound(string what) => new("ResourceNotFoundException", $"The specified {what} does not exist.");

    private static string NameOf(JsonCall call)
    {
        var name = call.Text("logGroupName") ?? call.Text("logGroupIdentifier") ?? throw new ApiException("InvalidParameterException", "The log group's name is missing.");
        return Policies.Arn.TryParse(name, out var arn) ? arn.Resource["log-group:".Length..].TrimEnd('*').TrimEnd(':') : name;
    }

    private SandboxLogGroup GroupOf(JsonCall call)
        => state.AccountOf(call.Account).LogGroups.GetValueOrDefault($"{call.Region}/{NameOf(call)}") ?? throw NotFound("log group");

    private IEnumerable<SandboxLogGroup> GroupsIn(JsonCall call)
        => state.AccountOf(call.Account).LogGroups.Where(g => g.Key.StartsWith($"{call.Region}/", StringComparison.Ordinal)).Select(g => g.Value);

    private JsonObject? CreateLogGroup(JsonCall call)
    {
        var name = NameOf(call);
        return state.AccountOf(call.Account).LogGroups.TryAdd($"{call.Region}/{name}", new SandboxLogGroup(name, call.Account, call.Region, state.Now) { LogClass = call.Text("logGroupClass") ?? "STANDARD" })
            ? null
            : throw new ApiException("ResourceAlreadyExistsException", "The specified log group already exists");
    }

    private JsonObject? DeleteLogGroup(JsonCall call)
    {
        GroupOf(call);
        state.AccountOf(call.Account).LogGroups.Remove($"{call.Region}/{NameOf(call)}");
        return null;
    }

    private JsonObject DescribeLogGroups(JsonCall call)
    {
        var prefix = call.Text("logGroupNamePrefix") ?? string.Empty;
        return new JsonObject
        {
            ["logGroups"] = new JsonArray([.. GroupsIn(call).Where(g => g.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(g => new JsonObject
            {
                ["logGroupName"] = g.Name,
                ["creationTime"] = Milliseconds(g.Created),
                ["metricFilterCount"] = g.MetricFilters.Count,
                ["arn"] = g.Arn,
                ["logGroupArn"] = g.Arn[..^2],
                ["storedBytes"] = 0,
                ["logGroupClass"] = g.LogClass,
            }.With("retentionInDays", g.RetentionInDays))]),
        };
    }

    private JsonObject? PutRetentionPolicy(JsonCall call)
    {
        GroupOf(call).RetentionInDays = call.Number("retentionInDays");
        return null;
    }

    private JsonObject? CreateLogStream(JsonCall call)
        => GroupOf(call).Streams.TryAdd(call.Text("logStreamName") ?? string.Empty, [])
            ? null
            : throw new ApiException("ResourceAlreadyExistsException", "The specified log stream already exists");

    private JsonObject DescribeLogStreams(JsonCall call)
    {
        var prefix = call.Text("logStreamNamePrefix") ?? string.Empty;
        var streams = GroupOf(call).Streams.Where(s => s.Key.StartsWith(prefix, StringComparison.Ordinal));
        var ordered = call.Text("orderBy") == "LastEventTime" ? streams.OrderBy(s => s.Value.Count == 0 ? DateTimeOffset.MinValue : s.Value[^1].Timestamp) : streams;
        return new JsonObject
        {
            ["logStreams"] = new JsonArray([.. (call.Flag("descending") == true ? ordered.Reverse() : ordered).Take(call.Number("limit") ?? 50).Select(s => new JsonObject
            {
                ["logStreamName"] = s.Key,
            }.With("lastEventTimestamp", s.Value.Count == 0 ? null : Milliseconds(s.Value[^1].Timestamp)))]),
        };
    }

    private JsonObject PutLogEvents(JsonCall call)
    {
        var group = GroupOf(call);
        var stream = call.Text("logStreamName") ?? string.Empty;
        if (!group.Streams.TryGetValue(stream, out var present))
        {
            throw NotFound("log stream");
        }

        foreach (var item in (call.Input["logEvents"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var message = (string?)item["message"] ?? string.Empty;
            var time = DateTimeOffset.FromUnixTimeMilliseconds((long?)item["timestamp"] ?? Milliseconds(state.Now));
            group.Add(stream, new StoredEvent(GeneratedNames.Hex($"{stream}/{present.Count}/{message}", 56), time, state.Now, message));
        }

        // What a subscription selects is on its way at once.
        subscriptions.Run();
        return new JsonObject { ["nextSequenceToken"] = "0" };
    }

    private JsonObject GetLogEvents(JsonCall call)
    {
        var events = GroupOf(call).Streams.GetValueOrDefault(call.Text("logStreamName") ?? string.Empty) ?? throw NotFound("log stream");
        var (start, end) = (call.LongNumber("startTime") ?? long.MinValue, call.LongNumber("endTime") ?? long.MaxValue);
        var chosen = events.Where(e => Milliseconds(e.Timestamp) >= start && Milliseconds(e.Timestamp) < end).OrderBy(e => e.Timestamp).ToArray();
        var limit = call.Number("limit") ?? 10_000;
        return new JsonObject
        {
            ["events"] = new JsonArray([.. (call.Flag("startFromHead") == true ? chosen.Take(limit) : chosen.TakeLast(limit)).Select(e => new JsonObject
            {
                ["timestamp"] = Milliseconds(e.Timestamp),
                ["message"] = e.Message,
                ["ingestionTime"] = Milliseconds(e.Ingestion),
            })]),
            ["nextForwardToken"] = "f/0",
            ["nextBackwardToken"] = "b/0",
        };
    }

    private JsonObject FilterLogEvents(JsonCall call)
    {
        var streams = call.Texts("logStreamNames");
        var (start, end) = (call.LongNumber("startTime") ?? long.MinValue, call.LongNumber("endTime") ?? long.MaxValue);
        var pattern = MetricFilterCalls.PatternOf(call);
        var events = GroupOf(call).Streams
            .Where(s => streams.Count == 0 || streams.Contains(s.Key))
            .SelectMany(s => s.Value.Select(e => (Stream: s.Key, Event: e)))
            .Where(e => Milliseconds(e.Event.Timestamp) >= start && Milliseconds(e.Event.Timestamp) < end && pattern.Matches(e.Event.Message))
            .OrderBy(e => e.Event.Timestamp)
            .ToArray();

        // The token is the place to go on from.
        var limit = call.Number("limit") ?? 10_000;
        var skip = int.TryParse(call.Text("nextToken"), out var place) ? place : 0;
        return new JsonObject
        {
            ["events"] = new JsonArray([.. events.Skip(skip).Take(limit).Select(e => new JsonObject
            {
                ["logStreamName"] = e.Stream,
                ["timestamp"] = Milliseconds(e.Event.Timestamp),
                ["message"] = e.Event.Message,
                ["ingestionTime"] = Milliseconds(e.Event.Ingestion),
                ["eventId"] = e.Event.Id,
            })]),
            ["searchedLogStreams"] = new JsonArray(),
        }.With("nextToken", skip + limit < events.Length ? (skip + limit).ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }
}
