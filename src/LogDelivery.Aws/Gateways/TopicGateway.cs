using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

/// <summary>Topics, by SNS.</summary>
internal sealed class TopicGateway(ClientPool clients, ClientPool writers) : ITopicGateway
{
    public Task<Readable<string>> GetPolicyAsync(string topicArn, CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
        {
            var region = GatewayArn.Parse(topicArn, "topic").Region;
            var output = await clients.CallAsync(SnsOperations.GetTopicAttributes, region, new(topicArn), cancellationToken).ConfigureAwait(false);
            return output.Attributes.GetValueOrDefault("Policy");
        });

    public Task PutPolicyAsync(string topicArn, string policy, CancellationToken cancellationToken)
        => writers.CallAsync(SnsOperations.SetTopicAttributes, GatewayArn.Parse(topicArn, "topic").Region, new(topicArn, "Policy", policy), cancellationToken);
}
