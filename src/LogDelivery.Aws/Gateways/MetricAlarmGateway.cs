using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

/// <summary>Alarms on metrics, by CloudWatch.</summary>
internal sealed class MetricAlarmGateway(ClientPool clients, string region) : IMetricAlarmGateway
{
    public async Task<IReadOnlyList<MetricAlarm>> ListAsync(string? namePrefix, CancellationToken cancellationToken)
    {
        var alarms = new List<MetricAlarm>();
        var pages = Pages.ReadAsync(
            next => clients.CallAsync(CloudWatchOperations.DescribeAlarms, region, new(null, namePrefix, next), cancellationToken), p => p.NextToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            alarms.AddRange(page.MetricAlarms.Select(Convert));
        }

        return alarms;
    }

    public async Task<MetricAlarm?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var page = await clients.CallAsync(CloudWatchOperations.DescribeAlarms, region, new([name]), cancellationToken).ConfigureAwait(false);
        return page.MetricAlarms.Select(Convert).FirstOrDefault(a => a.Name == name);
    }

    public Task PutAsync(MetricAlarm alarm, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
        => clients.CallAsync(
            CloudWatchOperations.PutMetricAlarm,
            region,
            new(alarm.Name, alarm.EvaluationPeriods, alarm.ComparisonOperator ?? string.Empty)
            {
                AlarmDescription = alarm.Description,
                ActionsEnabled = alarm.ActionsEnabled,
                OKActions = alarm.OkActions,
                AlarmActions = alarm.AlarmActions,
                InsufficientDataActions = alarm.InsufficientDataActions,
                MetricName = alarm.MetricName,
                Namespace = alarm.MetricNamespace,
                Statistic = alarm.Statistic,
                Period = alarm.Period,
                DatapointsToAlarm = alarm.DatapointsToAlarm,
                Threshold = alarm.Threshold,
                TreatMissingData = alarm.TreatMissingData,
                Tags = tags,
            },
            cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
        => clients.CallAsync(CloudWatchOperations.DeleteAlarms, region, new([name]), cancellationToken);

    public Task<Readable<IReadOnlyDictionary<string, string>>> GetTagsAsync(string arn, CancellationToken cancellationToken)
        => Readable.AskAsync<IReadOnlyDictionary<string, string>>(async () =>
            await clients.CallAsync(CloudWatchOperations.ListTagsForResource, region, new(arn), cancellationToken).ConfigureAwait(false));

    public Task TagAsync(string arn, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
        => clients.CallAsync(CloudWatchOperations.TagResource, region, new(arn, tags), cancellationToken);

    private static MetricAlarm Convert(AlarmEntry entry) => new()
    {
        Name = entry.AlarmName ?? string.Empty,
        Arn = entry.AlarmArn ?? string.Empty,
        Description = entry.AlarmDescription,
        MetricNamespace = entry.Namespace,
        MetricName = entry.MetricName,
        Statistic = entry.Statistic,
        Period = entry.Period ?? 0,
        EvaluationPeriods = entry.EvaluationPeriods ?? 1,
        DatapointsToAlarm = entry.DatapointsToAlarm,
        Threshold = entry.Threshold ?? 0,
        ComparisonOperator = entry.ComparisonOperator,
        TreatMissingData = entry.TreatMissingData,
        ActionsEnabled = entry.ActionsEnabled ?? true,
        AlarmActions = entry.AlarmActions,
        OkActions = entry.OKActions,
        InsufficientDataActions = entry.InsufficientDataActions,
        State = entry.StateValue,
        StateReason = entry.StateReason,
        StateUpdatedAt = entry.StateUpdatedTimestamp,
    };
}
