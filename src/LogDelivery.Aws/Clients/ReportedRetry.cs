using System.Globalization;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace LogDelivery.Aws.Clients;

/// <summary>
/// The SDK's standard retries, with two differences. An endpoint where nobody listens is given up after a second: it is wrong
/// far more often than late, and the SDK would try for half a minute. And each wait is told, so that throttling is seen.
/// </summary>
internal sealed class ReportedRetry(IClientConfig config, ClientSettings settings) : StandardRetryPolicy(config)
{
    /// <summary>Where an exception that was met on the way keeps the endpoint.</summary>
    public const string Endpoint = "LogDelivery.Endpoint";

    private const int UnreachableRetries = 2;

    private static readonly TimeSpan UnreachableWait = TimeSpan.FromMilliseconds(400);

    public override async Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception)
    {
        var context = executionContext.RequestContext;
        exception.Data[Endpoint] = context.Request?.Endpoint;
        context.ContextAttributes[nameof(ReportedRetry)] = exception;
        return !(IsUnreachable(exception) && context.Retries >= UnreachableRetries)
            && await base.RetryForExceptionAsync(executionContext, exception).ConfigureAwait(false);
    }

    public override Task WaitBeforeRetryAsync(IExecutionContext executionContext)
    {
        var context = executionContext.RequestContext;
        var exception = context.ContextAttributes.TryGetValue(nameof(ReportedRetry), out var met) ? met as Exception : null;
        var why = exception switch
        {
            null => "no answer",
            AmazonServiceException { ErrorCode.Length: > 0 } service when IsThrottlingError(service) => $"throttled ({service.ErrorCode})",
            AmazonServiceException { ErrorCode.Length: > 0 } service => service.ErrorCode,
            _ => exception.Message,
        };
        settings.OnRetry?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"{context.ServiceMetaData.ServiceId} {OperationOf(context)} at {context.Request?.Endpoint?.Host}: {why}; attempt {context.Retries + 1} of {settings.MaxAttempts} follows."));
        return exception is not null && IsUnreachable(exception) ? Task.Delay(UnreachableWait, executionContext.RequestContext.CancellationToken) : base.WaitBeforeRetryAsync(executionContext);
    }

    private static string OperationOf(IRequestContext context)
        => context.Request?.Headers.TryGetValue("X-Amz-Target", out var target) == true ? target[(target.LastIndexOf('.') + 1)..]
            : context.Request?.Parameters.TryGetValue("Action", out var action) == true ? action
            : context.RequestName is { } name && name.EndsWith("Request", StringComparison.Ordinal) ? name[..^"Request".Length] : context.RequestName;

    private static bool IsUnreachable(Exception exception) => AwsErrors.CausesOf(exception).OfType<SocketException>().Any(e
        => e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData or SocketError.NetworkUnreachable or SocketError.HostUnreachable);
}
