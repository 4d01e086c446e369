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
            return await FindAsync(clients, arn.Region, name, cancellationToken).ConfigureAwait(false) is { } found
                ? new LogGroup(TrimArn(found.Arn ?? logGroupArn), name, found.KmsKeyId)
                : null;
        });

    /// <summary>Finds the log group of exactly this name; <see langword="null"/> when there is none.</summary>
    public static async Task<LogGroupEntry?> FindAsync(ClientPool clients, string region, string name, CancellationToken cancellationToken)
    {
        // DescribeLogGroups searches by prefix.
        var pages = Pages.ReadAsync(
            next => clients.CallAsync(LogsOperations.DescribeLogGroups, region, new(name, next), cancellationToken), p => p.NextToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            if ((page.LogGroups ?? []).FirstOrDefault(g => g.LogGroupName == name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The ARN of a log group without the <c>:*</c> that stands for its streams.</summary>
    public static string TrimArn(string arn) => arn.EndsWith(":*", StringComparison.Ordinal) ? arn[..^2] : arn;
}
