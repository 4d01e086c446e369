using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

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
