using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;
using LogDelivery.Policies;

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

/// <summary>Log groups, by CloudWatch Logs.</summary>
internal sealed class LogGroupGateway(ClientPool clients) : ILogGroupGateway
{
    public Task<Readable<LogGroup>> FindAsync(string logGroupArn, CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
        {
            const string Prefix = "log-group:";
            var arn = GatewayArn.Parse(logGroupArn, "log group");
            var name = arn.Resource.StartsWith(Prefix, StringComparison.Ordinal) ? arn.Resource[Prefix.Length..] : arn.Resource;
            name = name.EndsWith(":*", StringComparison.Ordinal) ? name[..^2] : name;
            string? next = null;
            do
            {
                var output = await clients.CallAsync(LogsOperations.DescribeLogGroups, arn.Region, new(name, next), cancellationToken).ConfigureAwait(false);
                if ((output.LogGroups ?? []).FirstOrDefault(g => g.LogGroupName == name) is { } found)
                {
                    return new LogGroup(TrimArn(found.Arn ?? logGroupArn), name, found.KmsKeyId);
                }

                next = output.NextToken;
            }
            while (next is not null);
            return null;
        });

    private static string TrimArn(string arn) => arn.EndsWith(":*", StringComparison.Ordinal) ? arn[..^2] : arn;
}

/// <summary>Cuts the ARNs that name a Region or a resource to ask for.</summary>
internal static class GatewayArn
{
    public static Arn Parse(string text, string what) => Arn.TryParse(text, out var arn)
        ? arn
        : throw new AwsCallException(AwsErrorKind.Invalid, "InvalidArn", $"'{text}' is no ARN of a {what}.");
}
