namespace LogDelivery.Gateways;

/// <summary>Reads and writes SNS topics.</summary>
internal interface ITopicGateway
{
    /// <summary>The policy of a topic.</summary>
    /// <param name="topicArn">The topic; its ARN names the Region to call.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<string>> GetPolicyAsync(string topicArn, CancellationToken cancellationToken);

    /// <summary>Replaces the policy of a topic. Not retried.</summary>
    /// <param name="topicArn">The topic.</param>
    /// <param name="policy">The whole document.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutPolicyAsync(string topicArn, string policy, CancellationToken cancellationToken);
}
