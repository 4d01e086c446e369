using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

/// <summary>Streams, by Firehose.</summary>
internal sealed class StreamGateway(ClientPool clients) : IStreamGateway
{
    public Task<Readable<StreamDescription>> DescribeAsync(string region, string name, CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
        {
            var output = await clients.CallAsync(FirehoseOperations.DescribeDeliveryStream, region, new(name), cancellationToken).ConfigureAwait(false);
            return output.DeliveryStreamDescription is { DeliveryStreamArn: { } arn } entry ? From(entry, arn, name) : null;
        });

    private static StreamDescription From(DeliveryStreamEntry entry, string arn, string name)
    {
        var destination = entry.Destinations is [var first, ..] ? first : null;
        var source = entry.Source?.KinesisStreamSourceDescription;
        var encryption = entry.DeliveryStreamEncryptionConfiguration;
        return new(entry.DeliveryStreamName ?? name, arn)
        {
            Status = entry.DeliveryStreamStatus ?? "ACTIVE",
            Failure = Text(entry.FailureDescription),
            Type = entry.DeliveryStreamType ?? "DirectPut",
            VersionId = entry.VersionId ?? "1",
            Created = entry.CreateTimestamp,
            KinesisStreamArn = source?.KinesisStreamArn,
            KinesisRoleArn = source?.RoleArn,
            EncryptionStatus = encryption?.Status,
            EncryptionKeyArn = encryption?.KeyArn,
            EncryptionFailure = Text(encryption?.FailureDescription),
            Destination = destination is null ? null : From(destination),
            DestinationKind = destination is null ? "none" : KindOf(destination),
        };
    }

    private static string? Text(FailureEntry? failure) => failure is null ? null : $"{failure.Type}{(string.IsNullOrEmpty(failure.Details) ? string.Empty : $": {failure.Details}")}";

    // The other destinations have an S3 destination beside them, for what they refuse.
    private static string KindOf(DestinationEntry entry) => entry switch
    {
        { ExtendedS3DestinationDescription: not null } => "S3",
        { RedshiftDestinationDescription: not null } => "Redshift",
        { ElasticsearchDestinationDescription: not null } => "Elasticsearch",
        { OpenSearchDestinationDescription: not null } or { OpenSearchServerlessDestinationDescription: not null } => "OpenSearch",
        { SplunkDestinationDescription: not null } => "Splunk",
        { HttpEndpointDestinationDescription: not null } => "HttpEndpoint",
        { SnowflakeDestinationDescription: not null } => "Snowflake",
        { IcebergDestinationDescription: not null } => "Iceberg",
        _ => "S3",
    };

    private static StreamDestination? From(DestinationEntry entry)
    {
        var extended = entry.ExtendedS3DestinationDescription;
        if (KindOf(entry) != "S3" || (extended ?? entry.S3DestinationDescription) is not { RoleArn: { } role, BucketArn: { } bucket } s3)
        {
            return null;
        }

        return new(role, bucket)
        {
            Prefix = OrNull(s3.Prefix),
            ErrorOutputPrefix = OrNull(s3.ErrorOutputPrefix),
            BufferSizeInMBs = s3.BufferingHints?.SizeInMBs,
            BufferIntervalInSeconds = s3.BufferingHints?.IntervalInSeconds,
            CompressionFormat = s3.CompressionFormat,
            KmsKeyArn = OrNull(s3.EncryptionConfiguration?.KmsEncryptionConfig?.AwsKmsKeyArn),
            LogsErrors = s3.CloudWatchLoggingOptions?.Enabled == true,
            ErrorLogGroup = OrNull(s3.CloudWatchLoggingOptions?.LogGroupName),
            ErrorLogStream = OrNull(s3.CloudWatchLoggingOptions?.LogStreamName),
            Processors = extended?.ProcessingConfiguration is { Enabled: true, Processors: { } processors } ? [.. processors.Select(From)] : [],
            ConvertsFormat = extended?.DataFormatConversionConfiguration is { } conversion && conversion.Enabled != false,
            PartitionsDynamically = extended?.DynamicPartitioningConfiguration?.Enabled == true,
            FileExtension = OrNull(extended?.FileExtension),
            TimeZone = OrNull(extended?.CustomTimeZone),
        };
    }

    private static StreamProcessor From(ProcessorEntry entry)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in entry.Parameters ?? [])
        {
            parameters[parameter.ParameterName ?? string.Empty] = parameter.ParameterValue ?? string.Empty;
        }

        return new(entry.Type ?? string.Empty, parameters);
    }

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
