using System.Buffers;
using System.Globalization;
using Amazon.S3.Model;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Objects;

/// <summary>
/// Reads the bytes of one object. When a connection breaks or stalls, the read resumes where it stopped, a few times, as
/// long as the object is unchanged.
/// </summary>
internal sealed class S3ObjectStream(S3Bucket bucket, string key, CancellationToken cancellationToken) : Stream
{
    // So many failures in a row, with less than this many bytes between them, and the download is given up.
    private const int MostFailures = 3;
    private const long Progress = 1 << 20;

    private GetObjectResponse? response;
    private Stream? body;
    private string? etag;
    private long length = -1;
    private long position;
    private int failures;
    private long lastFailure;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <summary>Requests the object.</summary>
    /// <exception cref="IOException">There is no such object, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Reading it is not permitted.</exception>
    public async Task OpenAsync()
    {
        try
        {
            response = await bucket.GetAsync(key, position, etag, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsCallException exception)
        {
            throw S3Failure.Of(exception, S3Failure.ReadPermission);
        }

        body = response.ResponseStream;
        etag ??= response.ETag;
        length = length < 0 ? response.ContentLength : length;
    }

    public override int Read(byte[] buffer, int offset, int count)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask().GetAwaiter().GetResult();

    public override int Read(Span<byte> buffer)
    {
        var array = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            var read = Read(array, 0, buffer.Length);
            array.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                if (body is null)
                {
                    await OpenAsync().ConfigureAwait(false);
                }

                var read = await ReadOnceAsync(buffer, cancellationToken).ConfigureAwait(false);
                position += read;
                if (read > 0 || position >= length || buffer.IsEmpty)
                {
                    return read;
                }

                throw new IOException("The connection was closed.");
            }
            catch (Exception exception) when (IsPassing(exception) && !cancellationToken.IsCancellationRequested)
            {
                HangUp();
                failures = position - lastFailure > Progress ? 1 : failures + 1;
                lastFailure = position;
                if (failures >= MostFailures)
                {
                    throw new IOException(string.Create(CultureInfo.InvariantCulture, $"The download broke off at byte {position} of {length}, {failures} times: {exception.Message}"), exception);
                }
            }
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            HangUp();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken token)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(token);
        silence.CancelAfter(bucket.Silence);
        try
        {
            return await body!.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!token.IsCancellationRequested)
        {
            throw new IOException($"Nothing came for {bucket.Silence.TotalSeconds} seconds.", exception);
        }
    }

    // What S3 itself answered is not asked again; the client has done so where it helps.
    private static bool IsPassing(Exception exception)
        => exception is IOException and not FileNotFoundException and not S3RefusedException or HttpRequestException or Amazon.Runtime.AmazonClientException;

    private void HangUp()
    {
        body = null;
        response?.Dispose();
        response = null;
    }
}
