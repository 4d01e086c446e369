namespace LogDelivery.Aws.Clients;

/// <summary>The properties that distinguish one AWS service from another on the wire.</summary>
/// <param name="ServiceId">The id that endpoint variables and profiles use: <c>CloudWatch Logs</c> is AWS_ENDPOINT_URL_CLOUDWATCH_LOGS.</param>
/// <param name="EndpointPrefix">The first part of the host name, and the name in signatures.</param>
/// <param name="ApiVersion">The version of the API.</param>
internal sealed record ServiceModel(string ServiceId, string EndpointPrefix, string ApiVersion)
{
    /// <summary>The prefix of the operation in the <c>X-Amz-Target</c> header of JSON services.</summary>
    public string TargetPrefix { get; init; } = string.Empty;

    /// <summary>The prefix of the service's actions in IAM.</summary>
    public string IamPrefix { get; init; } = EndpointPrefix;

    /// <summary>The one endpoint that a partition has; empty for services with an endpoint in every Region.</summary>
    public IReadOnlyDictionary<string, GlobalEndpoint> GlobalEndpoints { get; init; } = new Dictionary<string, GlobalEndpoint>();
}

/// <summary>The endpoint of a service that a partition has only one of.</summary>
/// <param name="Host">The host name without its suffix.</param>
/// <param name="SigningRegion">The Region that requests are signed for.</param>
internal sealed record GlobalEndpoint(string Host, string SigningRegion);
