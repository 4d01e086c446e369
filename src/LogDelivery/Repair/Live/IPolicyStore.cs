using LogDelivery.Gateways;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>Reads and replaces one policy document in AWS.</summary>
internal interface IPolicyStore
{
    /// <summary>The kind of document.</summary>
    PolicyTarget Target { get; }

    /// <summary>The ARN of the resource that the document is attached to.</summary>
    string Resource { get; }

    /// <summary>The name of the document, for a policy that is one of several of a role; <see langword="null"/> otherwise.</summary>
    string? PolicyName { get; }

    /// <summary>Reads the document exactly as AWS stores it; missing when there is none.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">AWS does not answer, or there is nothing that a policy could be attached to.</exception>
    Task<Readable<string>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the document. Not retried.</summary>
    /// <param name="text">The whole document; <see langword="null"/> takes it away.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">AWS refuses it, or does not answer.</exception>
    Task WriteAsync(string? text, CancellationToken cancellationToken);
}
