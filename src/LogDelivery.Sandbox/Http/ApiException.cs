using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Http;

/// <summary>An error that a service answers with, in whatever form its protocol has for errors.</summary>
internal sealed class ApiException(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>Further elements of an S3 error document, such as BucketName.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];

    /// <summary>Further headers of the answer.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static ApiException AccessDenied(RequestCaller caller, string action, string? resource = null)
        => new(
            "AccessDeniedException",
            $"User: {caller.Arn} is not authorized to perform: {action}{(resource is null ? string.Empty : $" on resource: {resource}")} because no identity-based policy allows the {action} action",
            400);
}

/// <summary>The connection is to be cut without an answer.</summary>
internal sealed class CutConnectionException : Exception
{
}
