namespace LogDelivery.Sandbox.State;

/// <summary>One part of an upload.</summary>
internal sealed record StoredPart(int Number, byte[] Content, DateTimeOffset LastModified)
{
    /// <summary>The entity tag without its quotes.</summary>
    public string ETag { get; } = Convert.ToHexString(EntityTag.Md5(Content)).ToLowerInvariant();
}

/// <summary>An upload in parts that is not complete yet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Item">The resulting object, without content.</param>
internal sealed record MultipartUpload(string Id, SandboxObject Item)
{
    public SortedDictionary<int, StoredPart> Parts { get; } = [];
}
