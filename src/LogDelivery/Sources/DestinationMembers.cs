namespace LogDelivery.Sources;

/// <summary>
/// Where the request and the response of a call have a destination. Names are those of the API reference; the case of letters
/// does not matter. Immutable.
/// </summary>
/// <param name="Identity">
/// What tells this configuration from all others, with the placeholders <c>{account}</c>, <c>{region}</c>, <c>{resource}</c>
/// and <c>{call}</c>: a later call of the same identity takes the place of the earlier one.
/// </param>
internal sealed record DestinationMembers(string Identity)
{
    /// <summary>
    /// The object in the request that is the destination, such as <c>brokerLogs.s3</c>. The first name is looked for at any depth;
    /// <see langword="null"/> is the request itself.
    /// </summary>
    public string? Place { get; init; }

    /// <summary>The member of the destination that names the bucket, by name or ARN.</summary>
    public required string Bucket { get; init; }

    /// <summary>The member of the destination that is the key prefix.</summary>
    public required string Prefix { get; init; }

    /// <summary>The member of the destination, at any depth, that names the KMS key; <see langword="null"/> where there is none.</summary>
    public string? KmsKey { get; init; }

    /// <summary>The member of the destination that turns it off when it is false; <see langword="null"/> where there is none.</summary>
    public string? Enabled { get; init; }

    /// <summary>Whether a call without the destination ends it, as the call has the whole configuration.</summary>
    public bool EndsWhenAbsent { get; init; }

    /// <summary>The members of the request that name what delivers, such as <c>clusterName</c> or <c>deliveryChannel.name</c>.</summary>
    public string[] Resource { get; init; } = [];

    /// <summary>The member of the response that names what delivers, where it says more than the request.</summary>
    public string? ResponseResource { get; init; }

    /// <summary>The member of the response that is the id which AWS gave to the configuration.</summary>
    public string? ConfigurationId { get; init; }
}
