using System.Text.Json.Nodes;

namespace LogDelivery.Templates;

/// <summary>
/// CloudFormation's functions in their full form, which every YAML parser accepts; the short form (<c>!Ref</c>) needs
/// special support. Source: CloudFormation user guide, intrinsic-function-reference.
/// </summary>
internal static class Cfn
{
    public static JsonObject Ref(string name) => new() { ["Ref"] = name };

    /// <summary>A text in which <c>${Name}</c> and <c>${Resource.Attribute}</c> are put in.</summary>
    public static JsonObject Sub(string text) => new() { ["Fn::Sub"] = text };

    public static JsonObject Attribute(string resource, string attribute) => new() { ["Fn::GetAtt"] = new JsonArray(resource, attribute) };

    public static JsonObject IsNotEmpty(string parameter)
        => new() { ["Fn::Not"] = new JsonArray(new JsonObject { ["Fn::Equals"] = new JsonArray(Ref(parameter), string.Empty) }) };

    /// <summary>A resource.</summary>
    public static JsonObject Resource(string type, JsonObject properties) => new() { ["Type"] = type, ["Properties"] = properties };

    /// <summary>A statement of a policy.</summary>
    public static JsonObject Allow(string sid, string? service, JsonNode action, JsonNode resource, JsonObject? condition = null)
    {
        var statement = new JsonObject { ["Sid"] = sid, ["Effect"] = "Allow" };
        if (service is not null)
        {
            statement["Principal"] = new JsonObject { ["Service"] = service };
        }

        statement["Action"] = action;
        statement["Resource"] = resource;
        if (condition is not null)
        {
            statement["Condition"] = condition;
        }

        return statement;
    }

    public static JsonObject Policy(params JsonNode[] statements) => new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statements) };

    /// <summary>Builds the trust policy of a role that a service assumes.</summary>
    public static JsonObject Trust(string service) => Policy(new JsonObject
    {
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["Service"] = service },
        ["Action"] = "sts:AssumeRole",
    });
}
