namespace LogDelivery.Sources;

/// <summary>
/// The management calls, as CloudTrail logs them, that set, end or describe the destination of a source. Where
/// <see cref="Members"/> says how to read them, nothing else is needed; otherwise each call has a reader in
/// Logs/Destinations/Calls, bound to it by service and name. Immutable.
/// </summary>
/// <param name="Service">The service, as actions name it: <c>cloudtrail</c>.</param>
internal sealed record ManagementCallSet(string Service)
{
    /// <summary>The calls of which each sets the destination, so that a refused one says so even where its parameters were not logged.</summary>
    public string[] AlwaysSets { get; init; } = [];

    /// <summary>The calls that set the destination, or end it, where their parameters say so.</summary>
    public string[] Sets { get; init; } = [];

    /// <summary>The calls that turn the source off or delete it.</summary>
    public string[] Ends { get; init; } = [];

    /// <summary>The calls that turn the source on again, or describe what delivers.</summary>
    public string[] Others { get; init; } = [];

    /// <summary>Where request and response have the destination; <see langword="null"/> where only code can read them.</summary>
    public DestinationMembers? Members { get; init; }

    /// <summary>All calls.</summary>
    public IEnumerable<string> All => [.. AlwaysSets, .. Sets, .. Ends, .. Others];
}
