namespace LogDelivery.Aws.Objects;

/// <summary>Limits the bytes of downloaded objects that wait in memory to be read.</summary>
internal sealed class DownloadBudget(long bytes, long largest)
{
    private long left = bytes;

    /// <summary>Reserves memory for an object; a large object is streamed instead.</summary>
    public bool TryTake(long length)
    {
        if (length > largest)
        {
            return false;
        }

        if (Interlocked.Add(ref left, -length) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref left, length);
        return false;
    }

    public void Return(long length) => Interlocked.Add(ref left, length);
}
