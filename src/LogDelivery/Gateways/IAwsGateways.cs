namespace LogDelivery.Gateways;

/// <summary>The calls to AWS with one set of credentials. Thread-safe.</summary>
internal interface IAwsGateways
{
    /// <summary>Trails.</summary>
    ITrailGateway Trails { get; }

    /// <summary>Buckets.</summary>
    IBucketGateway Buckets { get; }

    /// <summary>Keys.</summary>
    IKeyGateway Keys { get; }

    /// <summary>Topics.</summary>
    ITopicGateway Topics { get; }

    /// <summary>Log groups.</summary>
    ILogGroupGateway LogGroups { get; }

    /// <summary>Roles.</summary>
    IRoleGateway Roles { get; }

    /// <summary>The account.</summary>
    IAccountGateway Account { get; }
}
