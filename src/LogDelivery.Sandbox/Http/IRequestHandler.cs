using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Http;

/// <summary>Answers the requests that the HTTP side reads.</summary>
internal interface IRequestHandler
{
    /// <summary>The Region of requests that are not signed for one.</summary>
    string DefaultRegion { get; }

    /// <summary>Simulated time, for the Date header.</summary>
    DateTimeOffset Now { get; }

    string NextRequestId();

    /// <summary>Finds the caller of an access key.</summary>
    RequestCaller CallerOf(string? accessKeyId);

    /// <exception cref="CutConnectionException">A fault cuts the connection.</exception>
    Task<ApiResponse> ServeAsync(ApiRequest request);
}
