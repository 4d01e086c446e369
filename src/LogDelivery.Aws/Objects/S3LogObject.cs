using LogDelivery.Logs.Files;

namespace LogDelivery.Aws.Objects;

/// <summary>One log object of S3. Its download may have begun before it is opened.</summary>
internal sealed class S3LogObject(S3Bucket bucket, string key, long length, CancellationToken cancellationToken) : LogObject, IDisposable
{
    private Task<PooledStream>? download;
    private DownloadBudget? budget;

    public override string Name => $"s3://{bucket.Name}/{key}";

    public override long? Length => length;

    /// <summary>Starts the download, if the budget allows.</summary>
    public void Begin(DownloadBudget from)
    {
        if (from.TryTake(length))
        {
            budget = from;
            download = Task.Run(DownloadAsync, CancellationToken.None);
        }
    }

    public override Stream Open()
    {
        if (Interlocked.Exchange(ref download, null) is { } begun)
        {
            return begun.GetAwaiter().GetResult();
        }

        var stream = new S3ObjectStream(bucket, key, cancellationToken);
        try
        {
            stream.OpenAsync().GetAwaiter().GetResult();
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Abandons a download that is no longer needed.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref download, null) is { } begun)
        {
            _ = begun.ContinueWith(t => t.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            _ = begun.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private async Task<PooledStream> DownloadAsync()
    {
        var result = new PooledStream((int)length, () => budget!.Return(length));
        try
        {
            using var stream = new S3ObjectStream(bucket, key, cancellationToken);
            await stream.OpenAsync().ConfigureAwait(false);
            await result.FillAsync(stream, cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }
}
