namespace LogDelivery.Gateways;

/// <summary>The calls to AWS for alarms, with one set of credentials in one Region. Thread-safe.</summary>
internal interface IAlarmGateways
{
    /// <summary>The Region; alarms, log groups and topics of others do not work together.</summary>
    string Region { get; }

    /// <summary>The account.</summary>
    IAccountGateway Account { get; }

    /// <summary>Log groups and their metric filters.</summary>
    IMetricFilterGateway MetricFilters { get; }

    /// <summary>Alarms on metrics.</summary>
    IMetricAlarmGateway MetricAlarms { get; }

    /// <summary>Topics and their subscriptions.</summary>
    IAlarmTopicGateway AlarmTopics { get; }

    /// <summary>Trails.</summary>
    ITrailGateway Trails { get; }

    /// <summary>The data events that trails record.</summary>
    IDataEventGateway DataEvents { get; }
}
