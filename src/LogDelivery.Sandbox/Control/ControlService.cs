using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Control;

/// <summary>
/// The sandbox's own interface below <c>/_sandbox/</c>, so that tests in any language can control it. Requests
/// have the control token instead of a signature, and faults do not apply.
/// </summary>
internal sealed class ControlService(ISandboxControls host)
{
    public const string Path = "/_sandbox/";

    /// <summary>Answers one instruction. The caller holds the host's lock.</summary>
    public ApiResponse Handle(ApiRequest request)
    {
        var state = host.State;
        var name = request.RawPath[Path.Length..].TrimEnd('/');
        try
        {
            switch (request.Method, name)
            {
                case ("GET", "state"):
                    return Json(StateReport.Of(state));
                case ("GET", "calls"):
                    return Json(new JsonObject { ["calls"] = new JsonArray([.. state.Calls.Recent.Select(Of)]) });
                case ("GET", "faults"):
                    return Json(JsonSerializer.SerializeToNode(state.Faults, Scenario.Json)!.AsObject());
                case ("POST", "advance"):
                    host.Advance(TimeSpan.FromMinutes(MinutesOf(request)));
                    return Json(new JsonObject { ["time"] = GeneratedNames.Iso(state.Now) });
                case ("POST", "reset"):
                    host.Reset();
                    return Json(new JsonObject { ["time"] = GeneratedNames.Iso(host.State.Now) });
                case ("POST", "faults"):
                    state.Faults = ReadFaults(request.BodyText);
                    return Json([]);
                case ("DELETE", "faults"):
                    state.Faults = new FaultSet();
                    return Json([]);
                case ("POST", "scenario"):
                    host.LoadScenario(Scenario.Read<Scenario>(request.BodyText));
                    return Json(StateReport.Of(host.State));
                case ("POST", "deliveries"):
                    host.Loader.Add(Scenario.Read<ScenarioDelivery>(request.BodyText));
                    return Json([]);
                case ("DELETE", "deliveries"):
                    state.Deliveries.Clear();
                    return Json([]);
                case ("POST", "insights"):
                    host.Loader.Add(Scenario.Read<ScenarioInsight>(request.BodyText));
                    return Json([]);
                case ("POST", "evidence"):
                    host.Loader.SetEvidence(Scenario.Read<ScenarioEvidence>(request.BodyText));
                    return Json([]);
                case ("DELETE", "evidence"):
                    host.Loader.SetEvidence(null);
                    return Json([]);
                default:
                    return Json(new JsonObject { ["error"] = $"There is no {request.Method} {request.RawPath}. There are: GET state, calls, faults; POST advance, reset, faults, scenario, deliveries, insights, evidence; DELETE faults, deliveries, evidence." }, 404);
            }
        }
        catch (Exception exception) when (exception is ScenarioException or ArgumentException or InvalidOperationException or ApiException)
        {
            return Json(new JsonObject { ["error"] = exception.Message }, 400);
        }
    }

    /// <summary>The answer to whom the sandbox does not listen.</summary>
    public static ApiResponse Refusal(string reason) => Json(new JsonObject { ["error"] = reason }, 403);

    /// <summary>Reads faults: the whole set, or a single rule for short.</summary>
    public static FaultSet ReadFaults(string json)
    {
        JsonNode? node;
        try
        {
            ScenarioText.Check(json);
            node = JsonNode.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new ScenarioException($"The faults are not JSON: {exception.Message}", exception);
        }

        string[] ofSet = ["rules", "policyChanges", "policyDelayMinutes", "policyDelayReads", "seed"];
        if (node is not JsonObject document)
        {
            throw new ScenarioException("The faults are an object.");
        }

        // Members of a rule beside those of the set are a rule for short.
        var rule = new JsonObject();
        foreach (var (name, value) in document.Where(m => !ofSet.Contains(m.Key, StringComparer.OrdinalIgnoreCase)).ToArray())
        {
            document.Remove(name);
            rule[name] = value;
        }

        if (rule.Count > 0)
        {
            var rules = document["rules"] as JsonArray ?? [];
            document.Remove("rules");
            rules.Add(rule);
            document["rules"] = rules;
        }

        var faults = Scenario.Read<FaultSet>(document.ToJsonString());
        foreach (var change in faults.PolicyChanges)
        {
            if (change.Policy is { } policy && !Policies.PolicyDocument.TryParse(policy.ToJsonString(), Policies.PolicyKind.Bucket, out _, out var problems))
            {
                throw new ScenarioException($"The policy for {change.Bucket} is not valid: {problems[0]}");
            }
        }

        return faults;
    }

    private static double MinutesOf(ApiRequest request)
    {
        JsonNode? node;
        try
        {
            node = request.Body.Length == 0 ? null : JsonNode.Parse(request.Body);
        }
        catch (JsonException)
        {
            node = null;
        }

        return node is JsonObject body && body["minutes"] is JsonValue value && value.TryGetValue<double>(out var minutes) && minutes is >= 0 and <= DeliveryClock.MaxMinutes
            ? minutes
            : throw new ScenarioException($"Specify the duration: {{\"minutes\": 5}}, at most {DeliveryClock.MaxMinutes}.");
    }

    private static JsonObject Of(RecordedCall call) => new()
    {
        ["time"] = GeneratedNames.Iso(call.Time),
        ["action"] = call.Action,
        ["account"] = call.Account,
        ["region"] = call.Region,
        ["status"] = call.Status,
        ["error"] = call.ErrorCode,
    };

    private static ApiResponse Json(JsonObject body, int status = 200)
        => ApiResponse.Json(status, body.ToJsonString(WireJson.Relaxed), "application/json");
}
