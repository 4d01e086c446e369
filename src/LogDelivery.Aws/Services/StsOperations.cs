using System.Xml.Linq;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of AWS STS.</summary>
internal static class StsOperations
{
    public static QueryOperation<GetCallerIdentityInput, GetCallerIdentityOutput> GetCallerIdentity { get; } = new(
        ServiceModels.Sts,
        _ => [],
        e => new(e.Text("Account"), e.Text("Arn"), e.Text("UserId")));

    public static QueryOperation<AssumeRoleInput, AssumeRoleOutput> AssumeRole { get; } = new(
        ServiceModels.Sts,
        i =>
        [
            ("RoleArn", i.RoleArn),
            ("RoleSessionName", i.RoleSessionName),
            ("ExternalId", i.ExternalId),
            ("DurationSeconds", QueryFields.Number(i.DurationSeconds)),
            ("SerialNumber", i.SerialNumber),
            ("TokenCode", i.TokenCode),
            ("SourceIdentity", i.SourceIdentity),
            ("Policy", i.Policy),
        ],
        ReadRole);

    public static QueryOperation<AssumeRoleWithWebIdentityInput, AssumeRoleOutput> AssumeRoleWithWebIdentity { get; } = new(
        ServiceModels.Sts,
        i =>
        [
            ("RoleArn", i.RoleArn),
            ("RoleSessionName", i.RoleSessionName),
            ("WebIdentityToken", i.WebIdentityToken),
            ("DurationSeconds", QueryFields.Number(i.DurationSeconds)),
        ],
        ReadRole);

    public static IReadOnlyList<IServiceOperation> All { get; } = [GetCallerIdentity, AssumeRole, AssumeRoleWithWebIdentity];

    private static AssumeRoleOutput ReadRole(XElement e)
    {
        var credentials = e.Member("Credentials");
        return new(
            new(credentials.Text("AccessKeyId"), credentials.Text("SecretAccessKey"), credentials.Text("SessionToken"), credentials.Time("Expiration")),
            e.Member("AssumedRoleUser").Text("Arn"));
    }
}

internal sealed record GetCallerIdentityInput;

internal sealed record GetCallerIdentityOutput(string? Account, string? Arn, string? UserId);

internal sealed record AssumeRoleInput(string RoleArn, string RoleSessionName)
{
    public string? ExternalId { get; init; }

    public int? DurationSeconds { get; init; }

    public string? SerialNumber { get; init; }

    public string? TokenCode { get; init; }

    public string? SourceIdentity { get; init; }

    public string? Policy { get; init; }

    public override string ToString() => $"{nameof(AssumeRoleInput)} {RoleArn}";
}

internal sealed record AssumeRoleWithWebIdentityInput(string RoleArn, string RoleSessionName, string WebIdentityToken, int? DurationSeconds = null)
{
    public override string ToString() => $"{nameof(AssumeRoleWithWebIdentityInput)} {RoleArn}";
}

internal sealed record AssumeRoleOutput(TemporaryCredentials Credentials, string? AssumedRoleArn);

internal sealed record TemporaryCredentials(string? AccessKeyId, string? SecretAccessKey, string? SessionToken, DateTime? Expiration)
{
    public override string ToString() => $"{nameof(TemporaryCredentials)} {AccessKeyId}";
}
