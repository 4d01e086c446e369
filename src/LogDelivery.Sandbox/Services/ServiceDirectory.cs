using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.Services.CloudTrail;
using LogDelivery.Sandbox.Services.S3;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>
/// Finds the service that a request is for: by X-Amz-Target, by the service it is signed for, by the form's Action and
/// Version. All other requests go to S3.
/// </summary>
internal sealed class ServiceDirectory
{
    private readonly S3Service s3;
    private readonly Dictionary<string, JsonService> byTarget = new(StringComparer.Ordinal);
    private readonly List<QueryService> queryServices;
    private readonly Dictionary<string, QueryService> bySigningName = new(StringComparer.Ordinal);

    public ServiceDirectory(SandboxState state)
    {
        s3 = new S3Service(state);
        var cloudWatch = new CloudWatchService(state);
        foreach (var service in new JsonService[]
        {
            new CloudTrailService(state),
            new KmsService(state),
            new LogsService(state),
            new OrganizationsService(state),
            new FirehoseService(state),
            new CloudWatchJsonService(cloudWatch),
        })
        {
            byTarget.Add(service.Target, service);
        }

        queryServices = [new StsService(state), new SnsService(state), new IamService(state), new Ec2Service(state), cloudWatch];
        foreach (var service in queryServices)
        {
            bySigningName.Add(service.SigningName, service);
        }
    }

    public IApiService Find(ApiRequest request)
    {
        if (request.Header("X-Amz-Target") is { } target)
        {
            var dot = target.LastIndexOf('.');
            return dot > 0 && byTarget.TryGetValue(target[..dot], out var json) ? json : new UnknownService(target);
        }

        if (request.Signature is { } signature && bySigningName.TryGetValue(signature.Service, out var query))
        {
            return query;
        }

        if (request.Method == "POST" && request.RawPath == "/" && request.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
        {
            var parameters = QueryCall.ParametersOf(request);
            var version = parameters.FirstOrDefault(p => p.Key == "Version").Value;
            var action = parameters.FirstOrDefault(p => p.Key == "Action").Value ?? string.Empty;
            return queryServices.FirstOrDefault(s => s.Version == version)
                ?? queryServices.FirstOrDefault(s => s.Knows(action))
                ?? (IApiService)new UnknownService(action);
        }

        return request.Signature is { Service: not ("s3" or "s3express") and var name } ? new UnknownService(name) : s3;
    }

    /// <summary>Handles requests for unsupported services.</summary>
    private sealed class UnknownService(string name) : JsonService("unknown", name)
    {
        public override ApiException Throttled() => new("ThrottlingException", "Rate exceeded");
    }
}
