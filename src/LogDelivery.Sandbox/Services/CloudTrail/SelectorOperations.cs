using System.Text.Json.Nodes;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.CloudTrail;

/// <summary>Event and insight selectors.</summary>
internal sealed class SelectorOperations(TrailFinder finder)
{
    public JsonObject PutEvents(JsonCall call)
    {
        var trail = finder.Own(call, call.Text("TrailName"));
        var (basic, advanced) = (call.Copy("EventSelectors"), call.Copy("AdvancedEventSelectors"));
        if ((basic is null) == (advanced is null))
        {
            throw new ApiException("InvalidEventSelectorsException", "Specify either event selectors or advanced event selectors, but not both.");
        }

        (trail.EventSelectors, trail.AdvancedEventSelectors) = (basic, advanced);
        return Events(trail);
    }

    public JsonObject GetEvents(JsonCall call) => Events(finder.Visible(call, call.Text("TrailName")));

    public JsonObject PutInsights(JsonCall call)
    {
        var trail = finder.Own(call, call.Text("TrailName"));
        var selectors = call.Copy("InsightSelectors") ?? [];
        if (selectors.Any(s => (string?)s?["InsightType"] is not ("ApiCallRateInsight" or "ApiErrorRateInsight")))
        {
            throw new ApiException("InvalidInsightSelectorsException", "The insight type is ApiCallRateInsight or ApiErrorRateInsight.");
        }

        trail.InsightSelectors = selectors;
        return Insights(trail);
    }

    public JsonObject GetInsights(JsonCall call)
    {
        var trail = finder.Visible(call, call.Text("TrailName"));
        return trail.InsightSelectors is { Count: > 0 }
            ? Insights(trail)
            : throw new ApiException("InsightNotEnabledException", $"Trail {trail.Name} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.");
    }

    private static JsonObject Insights(SandboxTrail trail) => new() { ["TrailARN"] = trail.Arn, ["InsightSelectors"] = trail.InsightSelectors?.DeepClone() };

    private static JsonObject Events(SandboxTrail trail)
    {
        var answer = new JsonObject { ["TrailARN"] = trail.Arn };
        if (trail.AdvancedEventSelectors is { } advanced)
        {
            return answer.With("AdvancedEventSelectors", advanced.DeepClone());
        }

        // Without any of its own a trail records every management event and no data event.
        return answer.With("EventSelectors", trail.EventSelectors?.DeepClone() ?? new JsonArray(new JsonObject
        {
            ["ReadWriteType"] = "All",
            ["IncludeManagementEvents"] = true,
            ["DataResources"] = new JsonArray(),
            ["ExcludeManagementEventSources"] = new JsonArray(),
        }));
    }
}
