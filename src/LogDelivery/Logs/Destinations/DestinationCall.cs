namespace LogDelivery.Logs.Destinations;

/// <summary>A call that sets, tells of or ends a destination, with what reads it.</summary>
/// <param name="Service">The service, as actions name it.</param>
/// <param name="Name">The name of the API, which is the event's.</param>
/// <param name="Read">Reads what a call does.</param>
internal sealed record DestinationCall(string Service, string Name, Func<ManagementCall, IEnumerable<DestinationChange>> Read)
{
    /// <summary>
    /// The source whose destination each such call sets, so that a refused one says so even where its parameters were not logged;
    /// <see langword="null"/> where only the parameters tell.
    /// </summary>
    public string? AlwaysSets { get; init; }
}
