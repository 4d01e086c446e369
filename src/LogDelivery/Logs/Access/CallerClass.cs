using System.Net;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Logs.Access;

/// <summary>
/// Classifies callers. Fields that AWS writes decide first: the identity, the service, the endpoint. The user agent decides
/// only afterwards, because nothing else distinguishes a console from a browser or a function from a script.
/// </summary>
internal readonly record struct CallerClass(S3CallerKind Kind, string? Name)
{
    private const string AthenaService = "athena.amazonaws.com";

    public static CallerClass Of(S3Request request)
    {
        if (request.IsAnonymous)
        {
            return new(S3CallerKind.Anonymous, null);
        }

        if (request.ServiceName == AthenaService || request.SourceAddress == AthenaService)
        {
            return new(S3CallerKind.Athena, AthenaService);
        }

        if ((request.ServiceName ?? (DeliveryPrincipals.OfAccount(request.AccountId) is [var source, ..] ? source.Id : null)) is { } service)
        {
            return new(S3CallerKind.Service, service);
        }

        if (request.IsCrossAccount == true)
        {
            return new(S3CallerKind.CrossAccount, request.AccountId ?? request.Arn);
        }

        return OfUserAgent(request) ?? OfAddress(request);
    }

    // exec-env/CloudShell, exec-env/AWS_Lambda_python3.12, S3Console/0.4.
    private static CallerClass? OfUserAgent(S3Request request)
    {
        var agent = request.UserAgent ?? string.Empty;
        if (agent.Contains("CloudShell", StringComparison.OrdinalIgnoreCase))
        {
            return new(S3CallerKind.CloudShell, null);
        }

        if (agent.Contains("AWS_Lambda_", StringComparison.Ordinal))
        {
            return new(S3CallerKind.Lambda, FunctionOf(request));
        }

        return request.IsFromConsole || agent.Contains("S3Console/", StringComparison.Ordinal) || agent.Contains("console.amazonaws.com", StringComparison.Ordinal)
            ? new(S3CallerKind.Console, null)
            : null;
    }

    private static CallerClass OfAddress(S3Request request)
    {
        if (request.VpcEndpointId is { } endpoint)
        {
            return new(S3CallerKind.VpcEndpoint, endpoint);
        }

        // Requests through an endpoint keep the address within the VPC.
        return !IPAddress.TryParse(request.SourceAddress, out var address) ? new(S3CallerKind.Unknown, null)
            : IsPrivate(address) ? new(S3CallerKind.VpcEndpoint, null)
            : new(S3CallerKind.PublicAddress, null);
    }

    // Lambda names the session of its role after the function.
    private static string? FunctionOf(S3Request request)
        => Arn.TryParse(request.Arn, out var arn) && arn.AssumedRoleName is { } role && arn.Resource.LastIndexOf('/') is var slash && slash > "assumed-role/".Length + role.Length - 1
            ? arn.Resource[(slash + 1)..]
            : request.UserName;

    private static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        return bytes is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [100, >= 64 and <= 127, ..] && bytes.Length == 4
            || bytes is [0xfc or 0xfd, ..] && bytes.Length == 16;
    }
}
