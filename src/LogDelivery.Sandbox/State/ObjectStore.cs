namespace LogDelivery.Sandbox.State;

/// <summary>An object. Immutable.</summary>
internal sealed record SandboxObject(string Key, byte[] Content, DateTimeOffset LastModified, string ContentType)
{
    private string? etag;

    /// <summary>The entity tag without its quotes.</summary>
    public string ETag
    {
        get => etag ??= Convert.ToHexString(EntityTag.Md5(Content)).ToLowerInvariant();
        init => etag = value;
    }

    public string? ContentEncoding { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>The key that it is encrypted with; <see langword="null"/> for SSE-S3.</summary>
    public string? KmsKeyArn { get; init; }
}

/// <summary>The objects of a bucket in the order of their keys, so that listing a page costs no more than the page.</summary>
internal sealed class ObjectStore
{
    private readonly SortedList<string, SandboxObject> objects = new(StringComparer.Ordinal);

    public int Count => objects.Count;

    public void Put(SandboxObject item) => objects[item.Key] = item;

    public bool Remove(string key) => objects.Remove(key);

    public SandboxObject? Find(string key) => objects.GetValueOrDefault(key);

    /// <summary>The objects from a key on.</summary>
    /// <param name="key">The first key, which need not be there.</param>
    public IEnumerable<SandboxObject> From(string key)
    {
        var values = objects.Values;
        for (var i = LowerBound(key); i < values.Count; i++)
        {
            yield return values[i];
        }
    }

    private int LowerBound(string key)
    {
        var keys = objects.Keys;
        var (low, high) = (0, keys.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(keys[middle], key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
