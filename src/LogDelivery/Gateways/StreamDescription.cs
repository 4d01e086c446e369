namespace LogDelivery.Gateways;

/// <summary>A Firehose stream as DescribeDeliveryStream reports it. Source: Firehose API reference, DeliveryStreamDescription.</summary>
/// <param name="Name">The name.</param>
/// <param name="Arn">The ARN.</param>
internal sealed record StreamDescription(string Name, string Arn)
{
    /// <summary><c>ACTIVE</c>, <c>CREATING</c>, <c>CREATING_FAILED</c>, <c>DELETING</c>...</summary>
    public string Status { get; init; } = "ACTIVE";

    /// <summary>The reason why creation or deletion failed, such as <c>KMS_ACCESS_DENIED: ...</c>; <see langword="null"/> when it did not fail.</summary>
    public string? Failure { get; init; }

    /// <summary><c>DirectPut</c>, <c>KinesisStreamAsSource</c>, <c>MSKAsSource</c>...</summary>
    public string Type { get; init; } = "DirectPut";

    /// <summary>The version of the configuration, which counts from 1 and is part of object names.</summary>
    public string VersionId { get; init; } = "1";

    /// <summary>The time when the stream was created, in UTC.</summary>
    public DateTime? Created { get; init; }

    /// <summary>The Kinesis stream that records come from, if any.</summary>
    public string? KinesisStreamArn { get; init; }

    /// <summary>The role that reads the Kinesis stream.</summary>
    public string? KinesisRoleArn { get; init; }

    /// <summary>The state of the stream's own encryption: <c>ENABLED</c>, <c>DISABLED</c>, <c>ENABLING_FAILED</c>...</summary>
    public string? EncryptionStatus { get; init; }

    /// <summary>The customer's key of the stream's own encryption, if any.</summary>
    public string? EncryptionKeyArn { get; init; }

    /// <summary>The reason why the stream's own encryption failed; <see langword="null"/> when it did not fail.</summary>
    public string? EncryptionFailure { get; init; }

    /// <summary>The S3 destination; <see langword="null"/> for a stream that delivers elsewhere.</summary>
    public StreamDestination? Destination { get; init; }

    /// <summary>The kind of destination: <c>S3</c>, <c>Redshift</c>, <c>Splunk</c>...</summary>
    public string DestinationKind { get; init; } = "S3";
}

/// <summary>The S3 destination of a stream. Source: Firehose API reference, ExtendedS3DestinationDescription.</summary>
/// <param name="RoleArn">The role that writes.</param>
/// <param name="BucketArn">The bucket.</param>
internal sealed record StreamDestination(string RoleArn, string BucketArn)
{
    /// <summary>The bucket's name.</summary>
    public string BucketName => BucketArn[(BucketArn.LastIndexOf(':') + 1)..];

    /// <summary>The prefix with its <c>!{...}</c> expressions; <see langword="null"/> for none.</summary>
    public string? Prefix { get; init; }

    /// <summary>The prefix of records that could not be processed; <see langword="null"/> when there is none.</summary>
    public string? ErrorOutputPrefix { get; init; }

    /// <summary>The buffer size in MiB: this much data is collected before an object is written.</summary>
    public int? BufferSizeInMBs { get; init; }

    /// <summary>The buffer interval in seconds: records are collected this long before an object is written.</summary>
    public int? BufferIntervalInSeconds { get; init; }

    /// <summary><c>UNCOMPRESSED</c>, <c>GZIP</c>, <c>ZIP</c>, <c>Snappy</c>, <c>HADOOP_SNAPPY</c>.</summary>
    public string? CompressionFormat { get; init; }

    /// <summary>The KMS key that the stream encrypts objects with; <see langword="null"/> uses the bucket's default encryption.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>Whether errors are logged.</summary>
    public bool LogsErrors { get; init; }

    /// <summary>The log group of the errors.</summary>
    public string? ErrorLogGroup { get; init; }

    /// <summary>The log stream of the errors.</summary>
    public string? ErrorLogStream { get; init; }

    /// <summary>The processors applied to records before they are written; empty when there are none.</summary>
    public IReadOnlyList<StreamProcessor> Processors { get; init; } = [];

    /// <summary>Whether records are converted to Parquet or ORC.</summary>
    public bool ConvertsFormat { get; init; }

    /// <summary>Whether objects are split by values in the records.</summary>
    public bool PartitionsDynamically { get; init; }

    /// <summary>The file extension of objects, such as <c>.json</c>; <see langword="null"/> for Firehose's default.</summary>
    public string? FileExtension { get; init; }

    /// <summary>The time zone of the prefixes, such as <c>Asia/Tokyo</c>; UTC when <see langword="null"/>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether CloudWatch Logs records are decompressed on the way.</summary>
    public bool Decompresses => Find("Decompression") is not null;

    /// <summary>The Lambda function that transforms records, if any.</summary>
    public string? LambdaArn => Find("Lambda")?.Parameters.GetValueOrDefault("LambdaArn");

    /// <summary>A processor by its type.</summary>
    /// <param name="type">Such as <c>Lambda</c> or <c>AppendDelimiterToRecord</c>.</param>
    public StreamProcessor? Find(string type) => Processors.FirstOrDefault(p => p.Type.Equals(type, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One step of a stream's processing.</summary>
/// <param name="Type"><c>Lambda</c>, <c>Decompression</c>, <c>CloudWatchLogProcessing</c>, <c>AppendDelimiterToRecord</c>...</param>
/// <param name="Parameters">Its parameters by name.</param>
internal sealed record StreamProcessor(string Type, IReadOnlyDictionary<string, string> Parameters);

/// <summary>A subscription filter of a log group. Source: CloudWatch Logs API reference, SubscriptionFilter.</summary>
/// <param name="LogGroupName">The log group.</param>
/// <param name="Name">The filter's name.</param>
/// <param name="Pattern">The pattern; empty for every event.</param>
/// <param name="DestinationArn">The ARN that matching events are sent to.</param>
/// <param name="RoleArn">The role that CloudWatch Logs assumes for it.</param>
internal sealed record SubscriptionFilter(string LogGroupName, string Name, string Pattern, string DestinationArn, string? RoleArn)
{
    /// <summary>The creation time in UTC.</summary>
    public DateTime? Created { get; init; }
}

/// <summary>An event in a log group.</summary>
/// <param name="LogStreamName">The log stream.</param>
/// <param name="Timestamp">The time of the event, in UTC.</param>
/// <param name="Message">The text.</param>
internal sealed record LogGroupEvent(string LogStreamName, DateTime Timestamp, string Message);

/// <summary>An object in a bucket.</summary>
/// <param name="Key">The key.</param>
/// <param name="LastModified">The time when it was written, in UTC.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record BucketObject(string Key, DateTime LastModified, long Size);
