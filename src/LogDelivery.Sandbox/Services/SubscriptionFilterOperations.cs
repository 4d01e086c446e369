using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>Subscription filters of log groups. Source: CloudWatch Logs API reference, PutSubscriptionFilter.</summary>
internal sealed class SubscriptionFilterOperations(SandboxState state, Func<JsonCall, SandboxLogGroup> groupOf)
{
    private const int MaxFilters = 2;

    public JsonObject? Put(JsonCall call)
    {
        var group = groupOf(call);
        var name = call.Text("filterName") ?? throw Invalid("filterName is missing.");
        var destination = call.Text("destinationArn") ?? throw Invalid("destinationArn is missing.");
        var pattern = MetricFilterCalls.PatternOf(call);
        if (group.LogClass != "STANDARD")
        {
            throw Invalid("Only log groups of the class STANDARD take subscription filters.");
        }

        if (!group.SubscriptionFilters.ContainsKey(name) && group.SubscriptionFilters.Count >= MaxFilters)
        {
            throw new ApiException("LimitExceededException", "Resource limit exceeded.");
        }

        var filter = new SandboxSubscriptionFilter(name, pattern, destination, call.Text("roleArn"), call.Text("distribution") ?? "ByLogStream", state.Now);
        Probe(call, group, filter);
        group.SubscriptionFilters[name] = filter;
        return null;
    }

    public JsonObject Describe(JsonCall call)
    {
        var prefix = call.Text("filterNamePrefix") ?? string.Empty;
        var group = groupOf(call);
        return new JsonObject
        {
            ["subscriptionFilters"] = new JsonArray([.. group.SubscriptionFilters.Values.Where(f => f.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(f => new JsonObject
            {
                ["filterName"] = f.Name,
                ["logGroupName"] = group.Name,
                ["filterPattern"] = f.Pattern.Text,
                ["destinationArn"] = f.DestinationArn,
                ["distribution"] = f.Distribution,
                ["creationTime"] = f.Created.ToUnixTimeMilliseconds(),
            }.With("roleArn", f.RoleArn))]),
        };
    }

    public JsonObject? Delete(JsonCall call)
        => groupOf(call).SubscriptionFilters.Remove(call.Text("filterName") ?? string.Empty)
            ? null
            : throw new ApiException("ResourceNotFoundException", "The specified subscription filter does not exist.");

    // A filter is taken only if its destination takes a message of CloudWatch Logs.
    private void Probe(JsonCall call, SandboxLogGroup group, SandboxSubscriptionFilter filter)
    {
        if (!Arn.TryParse(filter.DestinationArn, out var arn) || arn.Service != "firehose")
        {
            return;
        }

        if (filter.RoleArn is null)
        {
            throw Invalid("destinationArn for vendor firehose requires a roleArn");
        }

        if (state.FindStream(filter.DestinationArn) is not { Status: "ACTIVE", Type: "DirectPut" } stream)
        {
            throw Invalid("Could not deliver test message to specified Firehose stream. Check if the given Firehose stream is in ACTIVE state.");
        }

        if (RoleUse.ProblemOfLogs(state, group, call.Account, call.Region, filter.RoleArn, stream) is { } problem)
        {
            throw Invalid($"Could not deliver test message to specified Firehose stream. Check if the given Firehose stream is in ACTIVE state. (In the sandbox: {problem}.)");
        }

        stream.Buffer.Add(new(state.Now, SubscriptionDelivery.ControlMessage(state.Now)));
    }

    private static ApiException Invalid(string message) => new("InvalidParameterException", message);
}
