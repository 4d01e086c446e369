using System.Globalization;

namespace LogDelivery.Aws.Clients;

/// <summary>A call to be made.</summary>
/// <param name="Service">The prefix of the service's actions in IAM.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Region">The Region that is called.</param>
/// <param name="Resource">The resource of the call, for messages; <see langword="null"/> when it adds nothing.</param>
internal sealed record AwsCall(string Service, string Operation, string Region, string? Resource = null)
{
    public override string ToString() => $"{Service}:{Operation}";

    /// <summary>
    /// Makes a call with a deadline and immediate cancellation, and converts failures into one kind of exception.
    /// </summary>
    public static async Task<T> RunAsync<T>(AwsCall call, ClientSettings settings, Func<CancellationToken, Task<T>> invoke, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        settings.Trace?.Invoke(call.Describe());
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(settings.Deadline);
        try
        {
            // The SDK asks for credentials without a token, and those may come from a process or a slow network.
            return await invoke(deadline.Token).WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw AwsErrors.Map(exception, call);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What fails while it is being given up does not matter any more.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    private string Describe() => Resource is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Service}:{Operation} in {Region}")
        : string.Create(CultureInfo.InvariantCulture, $"{Service}:{Operation} in {Region} for {Resource}");
}
