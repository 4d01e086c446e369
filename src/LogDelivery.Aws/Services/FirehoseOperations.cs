using System.Text.Json.Serialization;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of Amazon Data Firehose.</summary>
internal static class FirehoseOperations
{
    public static JsonOperation<DescribeDeliveryStreamInput, DescribeDeliveryStreamOutput> DescribeDeliveryStream { get; } = new(ServiceModels.Firehose, FirehoseJson.Default);

    public static IReadOnlyList<IServiceOperation> All { get; } = [DescribeDeliveryStream];
}

internal sealed record DescribeDeliveryStreamInput(string DeliveryStreamName);

internal sealed record DescribeDeliveryStreamOutput(DeliveryStreamEntry? DeliveryStreamDescription);

internal sealed record DeliveryStreamEntry
{
    public string? DeliveryStreamName { get; init; }

    [JsonPropertyName("DeliveryStreamARN")]
    public string? DeliveryStreamArn { get; init; }

    public string? DeliveryStreamStatus { get; init; }

    public FailureEntry? FailureDescription { get; init; }

    public StreamEncryptionEntry? DeliveryStreamEncryptionConfiguration { get; init; }

    public string? DeliveryStreamType { get; init; }

    public string? VersionId { get; init; }

    public DateTime? CreateTimestamp { get; init; }

    public StreamSourceEntry? Source { get; init; }

    public IReadOnlyList<DestinationEntry>? Destinations { get; init; }
}

internal sealed record FailureEntry(string? Type, string? Details);

internal sealed record StreamEncryptionEntry(
    [property: JsonPropertyName("KeyARN")] string? KeyArn, string? KeyType, string? Status, FailureEntry? FailureDescription);

internal sealed record StreamSourceEntry(KinesisSourceEntry? KinesisStreamSourceDescription);

internal sealed record KinesisSourceEntry(
    [property: JsonPropertyName("KinesisStreamARN")] string? KinesisStreamArn, [property: JsonPropertyName("RoleARN")] string? RoleArn);

/// <summary>A destination: of the others than S3 only whether they are there matters.</summary>
internal sealed record DestinationEntry
{
    public string? DestinationId { get; init; }

    public ExtendedS3DestinationEntry? ExtendedS3DestinationDescription { get; init; }

    public OtherDestinationEntry? RedshiftDestinationDescription { get; init; }

    public OtherDestinationEntry? ElasticsearchDestinationDescription { get; init; }

    [JsonPropertyName("AmazonopensearchserviceDestinationDescription")]
    public OtherDestinationEntry? OpenSearchDestinationDescription { get; init; }

    [JsonPropertyName("AmazonOpenSearchServerlessDestinationDescription")]
    public OtherDestinationEntry? OpenSearchServerlessDestinationDescription { get; init; }

    public OtherDestinationEntry? SplunkDestinationDescription { get; init; }

    public OtherDestinationEntry? HttpEndpointDestinationDescription { get; init; }

    public OtherDestinationEntry? SnowflakeDestinationDescription { get; init; }

    public OtherDestinationEntry? IcebergDestinationDescription { get; init; }

    public S3DestinationEntry? S3DestinationDescription { get; init; }
}

internal sealed record OtherDestinationEntry(ProcessingEntry? ProcessingConfiguration);

/// <summary>An S3 destination.</summary>
internal record S3DestinationEntry
{
    [JsonPropertyName("RoleARN")]
    public string? RoleArn { get; init; }

    [JsonPropertyName("BucketARN")]
    public string? BucketArn { get; init; }

    public string? Prefix { get; init; }

    public string? ErrorOutputPrefix { get; init; }

    public BufferingEntry? BufferingHints { get; init; }

    public string? CompressionFormat { get; init; }

    public S3EncryptionEntry? EncryptionConfiguration { get; init; }

    public StreamLoggingEntry? CloudWatchLoggingOptions { get; init; }
}

/// <summary>An S3 destination with the settings that newer API versions added.</summary>
internal sealed record ExtendedS3DestinationEntry : S3DestinationEntry
{
    public ProcessingEntry? ProcessingConfiguration { get; init; }

    public FormatConversionEntry? DataFormatConversionConfiguration { get; init; }

    public PartitioningEntry? DynamicPartitioningConfiguration { get; init; }

    public string? FileExtension { get; init; }

    public string? CustomTimeZone { get; init; }
}

internal sealed record BufferingEntry([property: JsonPropertyName("SizeInMBs")] int? SizeInMBs, int? IntervalInSeconds);

internal sealed record S3EncryptionEntry([property: JsonPropertyName("KMSEncryptionConfig")] KmsEncryptionEntry? KmsEncryptionConfig);

internal sealed record KmsEncryptionEntry([property: JsonPropertyName("AWSKMSKeyARN")] string? AwsKmsKeyArn);

internal sealed record StreamLoggingEntry(bool? Enabled, string? LogGroupName, string? LogStreamName);

internal sealed record ProcessingEntry(bool? Enabled, IReadOnlyList<ProcessorEntry>? Processors);

internal sealed record ProcessorEntry(string? Type, IReadOnlyList<ProcessorParameterEntry>? Parameters);

internal sealed record ProcessorParameterEntry(string? ParameterName, string? ParameterValue);

internal sealed record FormatConversionEntry(bool? Enabled);

internal sealed record PartitioningEntry(bool? Enabled);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochTimeConverter)])]
[JsonSerializable(typeof(DescribeDeliveryStreamInput))]
[JsonSerializable(typeof(DescribeDeliveryStreamOutput))]
internal sealed partial class FirehoseJson : JsonSerializerContext;
