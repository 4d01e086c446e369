using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>A policy that begins as the documentation has it and is then spoilt in one place.</summary>
internal sealed class PolicyDraft
{
    private readonly PolicyTarget target;
    private readonly List<JsonObject> statements;

    private PolicyDraft(PolicyTarget target, IEnumerable<JsonObject> statements)
    {
        this.target = target;
        this.statements = [.. statements];
    }

    /// <summary>The statements that the documentation gives for a delivery, in its order.</summary>
    public static PolicyDraft For(Delivery delivery, PolicyTarget target = PolicyTarget.Bucket)
        => new(target, delivery.Source.GetGrants(delivery).Where(g => g.Target == target).Select(g => g.ToJsonNode()));

    public static PolicyDraft Empty(PolicyTarget target = PolicyTarget.Bucket) => new(target, []);

    public PolicyDraft Without(int index)
    {
        statements.RemoveAt(index);
        return this;
    }

    public PolicyDraft Set(int index, string element, string json)
    {
        statements[index][element] = JsonNode.Parse(json);
        return this;
    }

    /// <summary>Replaces the condition block; none when null.</summary>
    public PolicyDraft Condition(int index, string? json)
    {
        statements[index].Remove("Condition");
        return json is null ? this : Set(index, "Condition", json);
    }

    public PolicyDraft Add(string json)
    {
        statements.Add(JsonNode.Parse(json)!.AsObject());
        return this;
    }

    public PolicyDraft Deny(string condition, string action = "s3:*", string principal = "\"Principal\":\"*\"")
        => Add($$"""{"Sid":"Deny","Effect":"Deny",{{principal}},"Action":"{{action}}","Resource":{{(target == PolicyTarget.Key ? "\"*\"" : """["arn:aws:s3:::amzn-s3-demo-bucket","arn:aws:s3:::amzn-s3-demo-bucket/*"]""")}}{{(condition.Length == 0 ? string.Empty : $",\"Condition\":{condition}")}}}""");

    public PolicyDocument Build()
    {
        var document = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements.Select(s => s.DeepClone())]) };
        return PolicyDocument.Parse(document.ToJsonString(PolicyJson.Compact), target == PolicyTarget.Key ? PolicyKind.Key : PolicyKind.Bucket);
    }
}
