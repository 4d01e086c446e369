using System.Xml.Linq;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of AWS IAM.</summary>
internal static class IamOperations
{
    public static QueryOperation<RoleNameInput, GetRoleOutput> GetRole { get; } = new(
        ServiceModels.Iam,
        i => [("RoleName", i.RoleName)],
        e => new(
            e.Member("Role").Text("Arn"),
            Decode(e.Member("Role").Text("AssumeRolePolicyDocument")),
            e.Member("Role").Member("PermissionsBoundary").Text("PermissionsBoundaryArn")));

    public static QueryOperation<PolicyArnInput, GetPolicyOutput> GetPolicy { get; } = new(
        ServiceModels.Iam,
        i => [("PolicyArn", i.PolicyArn)],
        e => new(e.Member("Policy").Text("DefaultVersionId")));

    public static QueryOperation<GetPolicyVersionInput, GetPolicyVersionOutput> GetPolicyVersion { get; } = new(
        ServiceModels.Iam,
        i => [("PolicyArn", i.PolicyArn), ("VersionId", i.VersionId)],
        e => new(Decode(e.Member("PolicyVersion").Text("Document"))));

    public static QueryOperation<GetRolePolicyInput, GetRolePolicyOutput> GetRolePolicy { get; } = new(
        ServiceModels.Iam,
        i => [("RoleName", i.RoleName), ("PolicyName", i.PolicyName)],
        e => new(Decode(e.Text("PolicyDocument"))));

    public static QueryOperation<ListRolePoliciesInput, ListRolePoliciesOutput> ListRolePolicies { get; } = new(
        ServiceModels.Iam,
        i => [("RoleName", i.RoleName), ("Marker", i.Marker)],
        e => new(e.Texts("PolicyNames"), NextMarker(e)));

    public static QueryOperation<PutRolePolicyInput, NoOutput> PutRolePolicy { get; } = new(
        ServiceModels.Iam,
        i => [("RoleName", i.RoleName), ("PolicyName", i.PolicyName), ("PolicyDocument", i.PolicyDocument)],
        _ => new());

    public static QueryOperation<DeleteRolePolicyInput, NoOutput> DeleteRolePolicy { get; } = new(
        ServiceModels.Iam,
        i => [("RoleName", i.RoleName), ("PolicyName", i.PolicyName)],
        _ => new());

    public static QueryOperation<UpdateAssumeRolePolicyInput, NoOutput> UpdateAssumeRolePolicy { get; } = new(
        ServiceModels.Iam,
        i => [("RoleName", i.RoleName), ("PolicyDocument", i.PolicyDocument)],
        _ => new());

    public static QueryOperation<ListRolePoliciesInput, ListAttachedRolePoliciesOutput> ListAttachedRolePolicies { get; } = new(
        ServiceModels.Iam,
        i => [("RoleName", i.RoleName), ("Marker", i.Marker)],
        e => new([.. e.List("AttachedPolicies").Select(p => p.Text("PolicyArn")).OfType<string>()], NextMarker(e)));

    public static IReadOnlyList<IServiceOperation> All { get; } =
    [
        GetRole, GetRolePolicy, ListRolePolicies, ListAttachedRolePolicies, GetPolicy, GetPolicyVersion, PutRolePolicy, DeleteRolePolicy, UpdateAssumeRolePolicy,
    ];

    private static string? NextMarker(XElement e) => e.Flag("IsTruncated") == true ? e.Text("Marker") : null;

    // Only IAM URL-encodes policies.
    private static string? Decode(string? policy) => policy is null ? null : Uri.UnescapeDataString(policy);
}

internal sealed record RoleNameInput(string RoleName);

internal sealed record GetRoleOutput(string? Arn, string? AssumeRolePolicyDocument, string? PermissionsBoundaryArn);

internal sealed record GetRolePolicyInput(string RoleName, string PolicyName);

internal sealed record GetRolePolicyOutput(string? PolicyDocument);

internal sealed record PutRolePolicyInput(string RoleName, string PolicyName, string PolicyDocument);

internal sealed record DeleteRolePolicyInput(string RoleName, string PolicyName);

internal sealed record UpdateAssumeRolePolicyInput(string RoleName, string PolicyDocument);

internal sealed record ListRolePoliciesInput(string RoleName, string? Marker = null);

internal sealed record ListRolePoliciesOutput(IReadOnlyList<string> PolicyNames, string? NextMarker);

internal sealed record ListAttachedRolePoliciesOutput(IReadOnlyList<string> PolicyArns, string? NextMarker);

internal sealed record PolicyArnInput(string PolicyArn);

internal sealed record GetPolicyOutput(string? DefaultVersionId);

internal sealed record GetPolicyVersionInput(string PolicyArn, string VersionId);

internal sealed record GetPolicyVersionOutput(string? Document);
