using System.Text.Json.Nodes;

namespace LogDelivery.Templates;

/// <summary>Log groups in templates.</summary>
internal static class LogGroups
{
    // Source: CloudWatch Logs API reference, PutRetentionPolicy.
    private static readonly int[] Days = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    public static JsonObject Retention() => new() { ["AllowedValues"] = new JsonArray([.. Days.Select(d => JsonValue.Create(d))]) };

    /// <summary>A log group; the parameter <c>LogGroupDays</c> says how long it keeps its events.</summary>
    public static JsonObject Resource(JsonNode name)
    {
        var group = Cfn.Resource("AWS::Logs::LogGroup", new JsonObject { ["LogGroupName"] = name, ["RetentionInDays"] = Cfn.Ref("LogGroupDays") });
        group["DeletionPolicy"] = "Delete";
        group["UpdateReplacePolicy"] = "Delete";
        return group;
    }
}
