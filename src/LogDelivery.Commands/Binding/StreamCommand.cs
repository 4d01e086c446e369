using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Streams;

namespace LogDelivery.Commands;

/// <summary>What cmdlets share that look at chains from a log group through Firehose into S3: which chains are meant, and where they are.</summary>
public abstract class StreamCommand : AwsCommand
{
    private protected StreamCommand()
    {
    }

    /// <summary>The streams, by name or ARN; those that the log group sends to when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StreamName", "DeliveryStreamARN", "DestinationArn")]
    [TextOnly]
    public string[]? DeliveryStreamName { get; set; }

    /// <summary>The log group that sends to the stream, or should; looked for when not given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? LogGroupName { get; set; }

    /// <summary>The Region.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>What progress is called.</summary>
    private protected abstract string Activity { get; }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        var names = OrEmpty(DeliveryStreamName);
        if (names.Count == 0 && OrNull(LogGroupName) is null)
        {
            Report("InvalidRequest", ErrorCategory.InvalidArgument, null, "Neither a stream nor a log group is given.", "Give DeliveryStreamName, LogGroupName, or both.");
            return;
        }

        if (names.Count == 0)
        {
            Handle(null, LogGroupName!);
        }

        foreach (var name in names.Where(IsNew))
        {
            Handle(StreamName.Parse(name), name);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteProgress(new(0, Activity, "Done") { RecordType = ProgressRecordType.Completed });

    /// <summary>Whether a stream that is named is not one that was handled before.</summary>
    private protected virtual bool IsNew(string name) => true;

    /// <summary>Does the work of one stream, or of the streams of one log group.</summary>
    /// <exception cref="AwsCallException">It cannot be told how they are set up.</exception>
    private protected abstract void Handle(AwsSession session, StreamQuery query, string target);

    private void Handle(StreamName? stream, string target)
    {
        var session = Open(OptionsFor(OrNull(Region) ?? stream?.Region));
        WriteProgress(new(0, Activity, target));
        try
        {
            Handle(session, new() { Region = session.Region, StreamName = stream?.Name, LogGroupName = OrNull(LogGroupName) }, target);
        }
        catch (AwsCallException exception)
        {
            Report(exception, target, null);
        }
    }
}
