namespace LogDelivery.Streams;

/// <summary>The links of the chain from a log group through Firehose into a bucket, in the order in which records pass them.</summary>
public enum StreamLink
{
    /// <summary>The log group that the records come from.</summary>
    LogGroup,

    /// <summary>The subscription filter that sends them on.</summary>
    SubscriptionFilter,

    /// <summary>The filter's pattern: is it valid, and does it match anything?</summary>
    FilterPattern,

    /// <summary>Whether CloudWatch Logs may take on the filter's role.</summary>
    SubscriptionTrust,

    /// <summary>Whether that role may put records into the stream.</summary>
    SubscriptionPermission,

    /// <summary>The Firehose stream: is it there, active, and open to records of others?</summary>
    Stream,

    /// <summary>Whether Firehose may take on the stream's role.</summary>
    StreamTrust,

    /// <summary>Whether the role's policies let it write into the bucket, below the prefix and the error prefix.</summary>
    BucketPermission,

    /// <summary>Whether the role's policies let it use the KMS key.</summary>
    KeyPermission,

    /// <summary>Whether the role's policies let it write the error log.</summary>
    ErrorLogPermission,

    /// <summary>Whether the role's policies let it call the Lambda function that transforms records.</summary>
    LambdaPermission,

    /// <summary>Whether the role's policies let it read the Kinesis stream that records come from.</summary>
    KinesisPermission,

    /// <summary>The bucket.</summary>
    Bucket,

    /// <summary>Whether the bucket's policy lets the role in, or denies it.</summary>
    BucketPolicy,

    /// <summary>The KMS key: its state and its Region.</summary>
    Key,

    /// <summary>Whether the key's policy lets the role in.</summary>
    KeyPolicy,

    /// <summary>How records are buffered, compressed and laid out.</summary>
    Format,

    /// <summary>Where Firehose writes what goes wrong.</summary>
    ErrorLog,

    /// <summary>What has arrived, and what AWS reports.</summary>
    Arrival,
}

/// <summary>How a link fares.</summary>
public enum StreamLinkState
{
    /// <summary>Nothing stops records here.</summary>
    Working,

    /// <summary>Records are stopped here.</summary>
    Broken,

    /// <summary>It cannot be told; the reason says why.</summary>
    Unknown,
}
