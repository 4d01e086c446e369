namespace LogDelivery.Gateways;

/// <summary>Reads and writes CloudWatch metric alarms.</summary>
internal interface IMetricAlarmGateway
{
    /// <summary>Lists the metric alarms whose names have a prefix.</summary>
    /// <param name="namePrefix">The beginning; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<MetricAlarm>> ListAsync(string? namePrefix, CancellationToken cancellationToken);

    /// <summary>Finds an alarm by name; <see langword="null"/> when there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<MetricAlarm?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Creates an alarm, or replaces the one of its name. AWS takes the tags only of a new one.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="tags">The tags of a new alarm.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutAsync(MetricAlarm alarm, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>Deletes an alarm.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>The tags of an alarm.</summary>
    /// <param name="arn">Its ARN.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<IReadOnlyDictionary<string, string>>> GetTagsAsync(string arn, CancellationToken cancellationToken);

    /// <summary>Sets tags of an alarm; others stay.</summary>
    /// <param name="arn">Its ARN.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task TagAsync(string arn, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);
}

/// <summary>An alarm on one metric, as CloudWatch has it.</summary>
internal sealed record MetricAlarm
{
    /// <summary>The name, unique in its account and Region.</summary>
    public required string Name { get; init; }

    /// <summary>The ARN; empty before it is made.</summary>
    public string Arn { get; init; } = string.Empty;

    /// <summary>The description of the alarm.</summary>
    public string? Description { get; init; }

    /// <summary>The namespace of the metric; <see langword="null"/> for an alarm on an expression.</summary>
    public string? MetricNamespace { get; init; }

    /// <summary>The metric; <see langword="null"/> for an alarm on an expression.</summary>
    public string? MetricName { get; init; }

    /// <summary><c>Sum</c> and so on.</summary>
    public string? Statistic { get; init; }

    /// <summary>The length of a period in seconds.</summary>
    public int Period { get; init; }

    /// <summary>The number of periods that are evaluated.</summary>
    public int EvaluationPeriods { get; init; } = 1;

    /// <summary>The number of periods that must be breaching; <see langword="null"/> for all of them.</summary>
    public int? DatapointsToAlarm { get; init; }

    /// <summary>The threshold that the statistic is compared with.</summary>
    public double Threshold { get; init; }

    /// <summary><c>GreaterThanOrEqualToThreshold</c> and so on.</summary>
    public string? ComparisonOperator { get; init; }

    /// <summary>The treatment of a period without data: <c>missing</c>, <c>notBreaching</c>, <c>breaching</c> or <c>ignore</c>.</summary>
    public string? TreatMissingData { get; init; }

    /// <summary>Whether the actions are carried out at all.</summary>
    public bool ActionsEnabled { get; init; } = true;

    /// <summary>The ARNs notified when the alarm goes into ALARM; usually topics.</summary>
    public IReadOnlyList<string> AlarmActions { get; init; } = [];

    /// <summary>The ARNs notified when the alarm returns to OK.</summary>
    public IReadOnlyList<string> OkActions { get; init; } = [];

    /// <summary>The ARNs notified when the alarm goes into INSUFFICIENT_DATA.</summary>
    public IReadOnlyList<string> InsufficientDataActions { get; init; } = [];

    /// <summary><c>OK</c>, <c>ALARM</c> or <c>INSUFFICIENT_DATA</c>.</summary>
    public string? State { get; init; }

    /// <summary>The reason for the state, in CloudWatch's words.</summary>
    public string? StateReason { get; init; }

    /// <summary>The time of the last state change, in UTC.</summary>
    public DateTime? StateUpdatedAt { get; init; }
}
