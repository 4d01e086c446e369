using LogDelivery.Gateways;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>One policy document in AWS: what it is attached to, what it says now, and a way to replace it.</summary>
public interface IPolicyStore
{
    /// <summary>The kind of document.</summary>
    PolicyTarget Target { get; }

    /// <summary>The ARN of what the document is attached to.</summary>
    string Resource { get; }

    /// <summary>The name of the document, for a policy that is one of several of a role; <see langword="null"/> otherwise.</summary>
    string? PolicyName { get; }

    /// <summary>The document exactly as AWS has it; missing where there is none.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">AWS does not answer, or there is nothing that a policy could be attached to.</exception>
    Task<Readable<string>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the document. Tried once.</summary>
    /// <param name="text">The whole document; <see langword="null"/> takes it away.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">AWS refuses it, or does not answer.</exception>
    Task WriteAsync(string? text, CancellationToken cancellationToken);
}
