namespace LogDelivery.Gateways;

/// <summary>Reads and writes the event selectors of a trail.</summary>
internal interface IDataEventGateway
{
    /// <summary>The selectors of a trail.</summary>
    /// <param name="trailArn">The trail; its ARN names the Region to call.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<EventSelection>> GetAsync(string trailArn, CancellationToken cancellationToken);

    /// <summary>Replaces the selectors of a trail.</summary>
    /// <param name="trailArn">The trail.</param>
    /// <param name="selection">All of its selectors; either basic or advanced ones.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutAsync(string trailArn, EventSelection selection, CancellationToken cancellationToken);
}
