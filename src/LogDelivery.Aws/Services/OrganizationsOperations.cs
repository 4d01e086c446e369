using System.Text.Json.Serialization;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of AWS Organizations.</summary>
internal static class OrganizationsOperations
{
    public static JsonOperation<DescribeOrganizationInput, DescribeOrganizationOutput> DescribeOrganization { get; } = new(ServiceModels.Organizations, OrganizationsJson.Default);

    public static IReadOnlyList<IServiceOperation> All { get; } = [DescribeOrganization];
}

internal sealed record DescribeOrganizationInput;

internal sealed record DescribeOrganizationOutput(Organization? Organization);

internal sealed record Organization(string? Id, string? MasterAccountId);

[JsonSerializable(typeof(DescribeOrganizationInput))]
[JsonSerializable(typeof(DescribeOrganizationOutput))]
internal sealed partial class OrganizationsJson : JsonSerializerContext;
