using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>One AWS service: it names the operation of a request, carries it out, and speaks its protocol's errors.</summary>
internal interface IApiService
{
    /// <summary>The prefix of the service's IAM actions, such as <c>s3</c>.</summary>
    string Prefix { get; }

    /// <summary>The operation that a request asks for, or <see langword="null"/> when it cannot be told.</summary>
    string? OperationOf(ApiRequest request);

    /// <summary>Carries a request out. The caller holds the host's lock.</summary>
    ApiResponse Handle(ApiRequest request, string operation);

    /// <summary>An error in the form of the protocol.</summary>
    ApiResponse Error(ApiRequest request, ApiException error);

    /// <summary>What the service says to a caller that is too fast.</summary>
    ApiException Throttled();

    /// <summary>What the service says when it fails.</summary>
    ApiException Failed();

    /// <summary>What the service says to a caller who is not allowed to do what he asks for.</summary>
    ApiException Denied(RequestCaller caller, string action);
}
