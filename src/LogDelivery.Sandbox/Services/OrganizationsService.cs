using System.Text.Json.Nodes;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>Organizations: the operations that find the organization of an account.</summary>
internal sealed class OrganizationsService : JsonService
{
    private readonly SandboxState state;

    public OrganizationsService(SandboxState state)
        : base("organizations", "AWSOrganizationsV20161128")
    {
        this.state = state;
        On("DescribeOrganization", DescribeOrganization);
        On("ListAccounts", ListAccounts);
    }

    public override ApiException Throttled() => new("TooManyRequestsException", "Rate exceeded");

    private SandboxOrganization Own(JsonCall call)
        => state.Organization is { } organization && organization.Contains(call.Account)
            ? organization
            : throw new ApiException("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");

    private JsonObject DescribeOrganization(JsonCall call)
    {
        var organization = Own(call);
        return new JsonObject
        {
            ["Organization"] = new JsonObject
            {
                ["Id"] = organization.Id,
                ["Arn"] = $"arn:aws:organizations::{organization.ManagementAccount}:organization/{organization.Id}",
                ["FeatureSet"] = "ALL",
                ["MasterAccountArn"] = $"arn:aws:organizations::{organization.ManagementAccount}:account/{organization.Id}/{organization.ManagementAccount}",
                ["MasterAccountId"] = organization.ManagementAccount,
                ["MasterAccountEmail"] = "management@example.com",
                ["AvailablePolicyTypes"] = new JsonArray(),
            },
        };
    }

    private JsonObject ListAccounts(JsonCall call)
    {
        var organization = Own(call);
        if (organization.ManagementAccount != call.Account)
        {
            throw ApiException.AccessDenied(call.Request.Caller, "organizations:ListAccounts");
        }

        return new JsonObject
        {
            ["Accounts"] = new JsonArray([.. organization.AllAccounts.Select(a => new JsonObject
            {
                ["Id"] = a,
                ["Arn"] = $"arn:aws:organizations::{organization.ManagementAccount}:account/{organization.Id}/{a}",
                ["Email"] = $"{a}@example.com",
                ["Name"] = $"account-{a}",
                ["Status"] = "ACTIVE",
                ["JoinedMethod"] = a == organization.ManagementAccount ? "INVITED" : "CREATED",
            })]),
        };
    }
}
