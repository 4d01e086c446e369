using System.Xml.Linq;
using LogDelivery.Policies;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>IAM: roles with their trust and inline policies.</summary>
internal sealed class IamService : QueryService
{
    private readonly SandboxState state;
    private readonly IamPolicies policies;

    public IamService(SandboxState state)
        : base("iam", "2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/")
    {
        this.state = state;
        On("CreateRole", CreateRole);
        On("GetRole", call => [call.Element("Role", Describe(call, RoleOf(call)))]);
        On("DeleteRole", DeleteRole);
        On("ListRoles", call => [call.Element("IsTruncated", "false"), call.Element("Roles", Roles(call).Values.Select(r => call.Element("member", Describe(call, r))))]);
        On("UpdateAssumeRolePolicy", UpdateAssumeRolePolicy);
        On("PutRolePolicy", PutRolePolicy);
        On("GetRolePolicy", GetRolePolicy);
        On("DeleteRolePolicy", DeleteRolePolicy);
        On("ListRolePolicies", call => [call.Element("IsTruncated", "false"), call.Element("PolicyNames", RoleOf(call).Policies.Keys.Select(n => call.Element("member", n)))]);
        policies = new IamPolicies(state);
        On("CreatePolicy", policies.Create);
        On("GetPolicy", policies.Get);
        On("DeletePolicy", policies.Delete);
        On("ListPolicies", policies.List);
        On("CreatePolicyVersion", policies.CreateVersion);
        On("GetPolicyVersion", policies.GetVersion);
        On("ListPolicyVersions", policies.ListVersions);
        On("SetDefaultPolicyVersion", policies.SetDefaultVersion);
        On("AttachRolePolicy", AttachRolePolicy);
        On("DetachRolePolicy", DetachRolePolicy);
        On("ListAttachedRolePolicies", ListAttachedRolePolicies);
        On("PutRolePermissionsBoundary", PutRolePermissionsBoundary);
        On("DeleteRolePermissionsBoundary", DeleteRolePermissionsBoundary);
        On("ListAccountAliases", call => [call.Element("IsTruncated", "false"), call.Element("AccountAliases")]);
    }

    internal static ApiException NoSuchEntity(string message) => new("NoSuchEntity", message, 404);

    internal static string CheckedPolicy(string text)
    {
        try
        {
            return System.Text.Json.Nodes.JsonNode.Parse(text) is System.Text.Json.Nodes.JsonObject ? text : throw Malformed();
        }
        catch (System.Text.Json.JsonException)
        {
            throw Malformed();
        }
    }

    private static IEnumerable<XElement> Describe(QueryCall call, Role role) =>
    [
        call.Element("Path", role.Path),
        call.Element("RoleName", role.Name),
        call.Element("RoleId", $"AROA{GeneratedNames.Hex(role.Arn, 16).ToUpperInvariant()}"),
        call.Element("Arn", role.Arn),
        call.Element("CreateDate", XmlValues.Time(role.Created)),
        call.Element("AssumeRolePolicyDocument", Uri.EscapeDataString(role.TrustPolicy)),
        call.Element("MaxSessionDuration", "3600"),
        .. role.PermissionsBoundary is { } boundary
            ? [call.Element("PermissionsBoundary", call.Element("PermissionsBoundaryType", "Policy"), call.Element("PermissionsBoundaryArn", boundary))]
            : Array.Empty<XElement>(),
    ];

    private static ApiException Malformed() => new("MalformedPolicyDocument", "The policy is not in the valid JSON format.");

    private static string CheckedTrust(string text)
        => PolicyDocument.TryParse(text, PolicyKind.Any, out _, out var problems)
            ? text
            : throw new ApiException("MalformedPolicyDocument", problems.First(p => p.Severity == PolicyProblemSeverity.Error).ToString());

    private SortedDictionary<string, Role> Roles(QueryCall call) => state.AccountOf(call.Account).Roles;

    private Role RoleOf(QueryCall call)
        => Roles(call).GetValueOrDefault(call.Required("RoleName")) ?? throw NoSuchEntity($"The role with name {call.Text("RoleName")} cannot be found.");

    private IEnumerable<XElement> CreateRole(QueryCall call)
    {
        var name = call.Required("RoleName");
        if (Roles(call).ContainsKey(name))
        {
            throw new ApiException("EntityAlreadyExists", $"Role with name {name} already exists.", 409);
        }

        var role = new Role(name, call.Text("Path") ?? "/", call.Account, state.Now) { TrustPolicy = CheckedTrust(call.Required("AssumeRolePolicyDocument")) };
        Roles(call).Add(name, role);
        return [call.Element("Role", Describe(call, role))];
    }

    private IEnumerable<XElement> DeleteRole(QueryCall call)
    {
        var role = RoleOf(call);
        if (role.Policies.Count > 0)
        {
            throw new ApiException("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
        }

        if (role.AttachedPolicies.Count > 0)
        {
            throw new ApiException("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
        }

        Roles(call).Remove(role.Name);
        return [];
    }

    private IEnumerable<XElement> UpdateAssumeRolePolicy(QueryCall call)
    {
        RoleOf(call).TrustPolicy = CheckedTrust(call.Required("PolicyDocument"));
        return [];
    }

    private IEnumerable<XElement> PutRolePolicy(QueryCall call)
    {
        RoleOf(call).Policies[call.Required("PolicyName")] = CheckedPolicy(call.Required("PolicyDocument"));
        return [];
    }

    private IEnumerable<XElement> GetRolePolicy(QueryCall call)
    {
        var role = RoleOf(call);
        var name = call.Required("PolicyName");
        var text = role.Policies.GetValueOrDefault(name) ?? throw NoSuchEntity($"The role policy with name {name} cannot be found.");
        return [call.Element("RoleName", role.Name), call.Element("PolicyName", name), call.Element("PolicyDocument", Uri.EscapeDataString(text))];
    }

    private IEnumerable<XElement> DeleteRolePolicy(QueryCall call)
        => RoleOf(call).Policies.Remove(call.Required("PolicyName")) ? [] : throw NoSuchEntity($"The role policy with name {call.Text("PolicyName")} cannot be found.");

    private IEnumerable<XElement> AttachRolePolicy(QueryCall call)
    {
        RoleOf(call).AttachedPolicies.Add(policies.Find(call.Required("PolicyArn")).Arn);
        return [];
    }

    private IEnumerable<XElement> DetachRolePolicy(QueryCall call)
        => RoleOf(call).AttachedPolicies.Remove(call.Required("PolicyArn")) ? [] : throw NoSuchEntity($"Policy {call.Text("PolicyArn")} was not found.");

    private IEnumerable<XElement> ListAttachedRolePolicies(QueryCall call)
    {
        var attached = RoleOf(call).AttachedPolicies.Select(arn => call.Element(
            "member", call.Element("PolicyName", arn[(arn.LastIndexOf('/') + 1)..]), call.Element("PolicyArn", arn)));
        return [call.Element("IsTruncated", "false"), call.Element("AttachedPolicies", attached)];
    }

    private IEnumerable<XElement> PutRolePermissionsBoundary(QueryCall call)
    {
        RoleOf(call).PermissionsBoundary = policies.Find(call.Required("PermissionsBoundary")).Arn;
        return [];
    }

    private IEnumerable<XElement> DeleteRolePermissionsBoundary(QueryCall call)
    {
        RoleOf(call).PermissionsBoundary = null;
        return [];
    }
}
