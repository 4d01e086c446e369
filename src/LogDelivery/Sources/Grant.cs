using System.Text.Json.Nodes;
using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>A condition of a <see cref="Grant"/>.</summary>
/// <param name="Operator">The operator, such as <c>ArnLike</c>.</param>
/// <param name="Key">The condition key.</param>
/// <param name="Values">The values, one of which must match.</param>
public sealed record GrantCondition(string Operator, string Key, IReadOnlyList<string> Values);

/// <summary>
/// A statement that a delivery needs: the smallest that its documentation gives for one account, one prefix and one
/// configuring resource. Immutable.
/// </summary>
public sealed class Grant
{
    internal Grant(
        PolicyTarget target,
        string sid,
        RequestPrincipal principal,
        IReadOnlyList<string> actions,
        string resource,
        IReadOnlyList<GrantCondition> conditions,
        bool isOptional)
    {
        Target = target;
        Sid = sid;
        Principal = principal;
        Actions = actions;
        Resource = resource;
        Conditions = conditions;
        IsOptional = isOptional;
    }

    /// <summary>The document that the statement belongs into.</summary>
    public PolicyTarget Target { get; }

    /// <summary>The statement's id as the documentation has it.</summary>
    public string Sid { get; }

    /// <summary>Who is granted access.</summary>
    public RequestPrincipal Principal { get; }

    /// <summary>The actions.</summary>
    public IReadOnlyList<string> Actions { get; }

    /// <summary>The resource: a bucket's ARN, a pattern of object ARNs, or <c>*</c> in a key policy.</summary>
    public string Resource { get; }

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<GrantCondition> Conditions { get; }

    /// <summary>Whether the grant only silences noise; deliveries arrive without it.</summary>
    public bool IsOptional { get; }

    /// <summary>
    /// The permission that the documentation asks for in the bucket's ACL instead of a statement in its policy, such as
    /// <c>FULL_CONTROL</c>; <see langword="null"/> for a policy statement.
    /// </summary>
    public string? AclPermission { get; init; }

    /// <summary>The statement as JSON.</summary>
    /// <param name="indented">Whether to break it into lines.</param>
    public string ToJson(bool indented = false) => ToJsonNode().ToJsonString(indented ? PolicyJson.Indented : PolicyJson.Compact);

    internal JsonObject ToJsonNode(string? sid = null)
    {
        var statement = new JsonObject
        {
            ["Sid"] = sid ?? Sid,
            ["Effect"] = "Allow",
        };

        // A role's own policy is about the role, and its trust policy is on the role: neither says so again.
        if (Target != PolicyTarget.Role)
        {
            statement["Principal"] = new JsonObject { [PrincipalName(Principal.Type)] = Principal.Id };
        }

        statement["Action"] = PolicyJson.OneOrMany(Actions);
        if (Target != PolicyTarget.RoleTrust)
        {
            statement["Resource"] = Resource;
        }

        if (Conditions.Count > 0)
        {
            var block = new JsonObject();
            foreach (var byOperator in Conditions.GroupBy(c => c.Operator))
            {
                var keys = new JsonObject();
                foreach (var condition in byOperator)
                {
                    keys[condition.Key] = PolicyJson.OneOrMany(condition.Values);
                }

                block[byOperator.Key] = keys;
            }

            statement["Condition"] = block;
        }

        return statement;
    }

    internal static string PrincipalName(PrincipalType type) => type == PrincipalType.Aws ? "AWS" : type.ToString();
}
