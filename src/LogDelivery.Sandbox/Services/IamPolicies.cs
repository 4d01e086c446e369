using System.Globalization;
using System.Xml.Linq;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>IAM's customer managed policies. AWS managed policies are not available.</summary>
internal sealed class IamPolicies(SandboxState state)
{
    // Source: IAM user guide, reference_iam-quotas.
    private const int MaxVersions = 5;

    public ManagedPolicy Find(string arn) => state.FindPolicy(arn) ?? throw IamService.NoSuchEntity($"Policy {arn} does not exist or is not attachable.");

    public IEnumerable<XElement> Create(QueryCall call)
    {
        var policy = new ManagedPolicy(call.Required("PolicyName"), call.Text("Path") ?? "/", call.Account, state.Now);
        var policies = state.AccountOf(call.Account).Policies;
        if (policies.ContainsKey(policy.Arn))
        {
            throw new ApiException("EntityAlreadyExists", $"A policy called {policy.Name} already exists. Duplicate names are not allowed.", 409);
        }

        policy.Versions[1] = IamService.CheckedPolicy(call.Required("PolicyDocument"));
        policies.Add(policy.Arn, policy);
        return [call.Element("Policy", Describe(call, policy))];
    }

    public IEnumerable<XElement> Get(QueryCall call) => [call.Element("Policy", Describe(call, Named(call)))];

    public IEnumerable<XElement> List(QueryCall call)
        => [call.Element("IsTruncated", "false"), call.Element("Policies", state.AccountOf(call.Account).Policies.Values.Select(p => call.Element("member", Describe(call, p))))];

    public IEnumerable<XElement> Delete(QueryCall call)
    {
        var policy = Named(call);
        if (AttachmentsOf(policy) > 0)
        {
            throw new ApiException("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
        }

        state.AccountOf(call.Account).Policies.Remove(policy.Arn);
        return [];
    }

    public IEnumerable<XElement> CreateVersion(QueryCall call)
    {
        var policy = Named(call);
        if (policy.Versions.Count >= MaxVersions)
        {
            throw new ApiException("LimitExceeded", "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.", 409);
        }

        var number = policy.Versions.Keys.Max() + 1;
        policy.Versions[number] = IamService.CheckedPolicy(call.Required("PolicyDocument"));
        if (call.Flag("SetAsDefault"))
        {
            policy.DefaultVersion = number;
        }

        return [call.Element("PolicyVersion", Describe(call, policy, number))];
    }

    public IEnumerable<XElement> GetVersion(QueryCall call)
    {
        var policy = Named(call);
        var number = VersionOf(call, policy);
        return [call.Element("PolicyVersion", Describe(call, policy, number).Append(call.Element("Document", Uri.EscapeDataString(policy.Versions[number]))))];
    }

    public IEnumerable<XElement> ListVersions(QueryCall call)
    {
        var policy = Named(call);
        return [call.Element("IsTruncated", "false"), call.Element("Versions", policy.Versions.Keys.Reverse().Select(n => call.Element("member", Describe(call, policy, n))))];
    }

    public IEnumerable<XElement> SetDefaultVersion(QueryCall call)
    {
        var policy = Named(call);
        policy.DefaultVersion = VersionOf(call, policy);
        return [];
    }

    private static int VersionOf(QueryCall call, ManagedPolicy policy)
        => call.Required("VersionId") is ['v', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && policy.Versions.ContainsKey(number)
            ? number
            : throw IamService.NoSuchEntity($"Policy {policy.Arn} version {call.Text("VersionId")} does not exist or is not attachable.");

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number}");

    private static IEnumerable<XElement> Describe(QueryCall call, ManagedPolicy policy, int number) =>
    [
        call.Element("VersionId", Id(number)),
        call.Element("IsDefaultVersion", XmlValues.Flag(number == policy.DefaultVersion)),
        call.Element("CreateDate", XmlValues.Time(policy.Created)),
    ];

    private ManagedPolicy Named(QueryCall call) => state.FindPolicy(call.Required("PolicyArn")) ?? throw IamService.NoSuchEntity($"Policy {call.Text("PolicyArn")} was not found.");

    private int AttachmentsOf(ManagedPolicy policy) => state.Accounts.SelectMany(a => a.Roles.Values).Count(r => r.AttachedPolicies.Contains(policy.Arn));

    private IEnumerable<XElement> Describe(QueryCall call, ManagedPolicy policy) =>
    [
        call.Element("PolicyName", policy.Name),
        call.Element("PolicyId", $"ANPA{GeneratedNames.Hex(policy.Arn, 16).ToUpperInvariant()}"),
        call.Element("Arn", policy.Arn),
        call.Element("Path", policy.Path),
        call.Element("DefaultVersionId", Id(policy.DefaultVersion)),
        call.Element("AttachmentCount", AttachmentsOf(policy)),
        call.Element("IsAttachable", "true"),
        call.Element("CreateDate", XmlValues.Time(policy.Created)),
        call.Element("UpdateDate", XmlValues.Time(policy.Created)),
    ];
}
