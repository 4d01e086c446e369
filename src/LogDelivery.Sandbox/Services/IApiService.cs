using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>One AWS service: it identifies the operation of a request, runs it, and writes errors in its protocol.</summary>
internal interface IApiService
{
    /// <summary>The prefix of the service's IAM actions, such as <c>s3</c>.</summary>
    string Prefix { get; }

    /// <summary>Gets the operation of a request; <see langword="null"/> when it is unknown.</summary>
    string? OperationOf(ApiRequest request);

    /// <summary>Handles a request. The caller holds the host's lock.</summary>
    ApiResponse Handle(ApiRequest request, string operation);

    /// <summary>An error in the form of the protocol.</summary>
    ApiResponse Error(ApiRequest request, ApiException error);

    /// <summary>The error for a throttled caller.</summary>
    ApiException Throttled();

    /// <summary>The error for an internal failure.</summary>
    ApiException Failed();

    /// <summary>The error for a caller that lacks the permission for an action.</summary>
    ApiException Denied(RequestCaller caller, string action);
}
