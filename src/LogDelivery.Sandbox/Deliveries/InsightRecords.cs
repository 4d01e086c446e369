using System.Text.Json.Nodes;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>
/// Insights events. CloudTrail writes them at an unusual rate of calls or errors; here a test creates them. Source:
/// CloudTrail user guide, cloudtrail-insights-fields.
/// </summary>
internal static class InsightRecords
{
    /// <summary>The two events of an insight: it starts, and a minute later it ends.</summary>
    public static IEnumerable<JsonObject> Of(TrailLeg leg, DateTimeOffset time, string eventSource, string eventName, string insightType, string? errorCode)
    {
        var shared = GeneratedNames.Guid($"insight/{leg.Account}/{leg.Region}/{time.ToUnixTimeSeconds()}/{eventSource}/{eventName}/{errorCode}");
        foreach (var (state, at) in new[] { ("Start", time), ("End", time.AddMinutes(1)) })
        {
            var statistics = new JsonObject { ["baseline"] = new JsonObject { ["average"] = 0.0017 }, ["insight"] = new JsonObject { ["average"] = 12.5 } };
            if (state == "End")
            {
                statistics["insightDuration"] = 1;
            }

            statistics["baselineDuration"] = 10_080;
            var details = new JsonObject { ["state"] = state, ["eventSource"] = eventSource, ["eventName"] = eventName, ["insightType"] = insightType };
            if (errorCode is not null)
            {
                details["errorCode"] = errorCode;
            }

            details["insightContext"] = new JsonObject { ["statistics"] = statistics, ["attributions"] = new JsonArray() };
            yield return new JsonObject
            {
                ["eventVersion"] = "1.11",
                ["eventTime"] = GeneratedNames.Iso(at),
                ["awsRegion"] = leg.Region,
                ["eventID"] = GeneratedNames.Guid($"{shared}/{state}"),
                ["eventType"] = "AwsCloudTrailInsight",
                ["recipientAccountId"] = leg.Account,
                ["sharedEventID"] = shared,
                ["insightDetails"] = details,
                ["eventCategory"] = "Insight",
            };
        }
    }
}
