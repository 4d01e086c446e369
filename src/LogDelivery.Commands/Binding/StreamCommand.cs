using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Requests;
using LogDelivery.Streams;

namespace LogDelivery.Commands;

/// <summary>What cmdlets share that look at chains from a log group through Firehose into S3: which chains are meant, and where they are.</summary>
public abstract class StreamCommand : RegionalCommand
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

    /// <summary>What progress is called.</summary>
    private protected abstract string Activity { get; }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        var targets = new StreamRequest { Streams = OrEmpty(DeliveryStreamName), LogGroupName = LogGroupName, Region = Region }.Resolve();
        Report(targets.Problems);
        foreach (var target in targets.Items.Where(t => t.StreamName is null || IsNew(t.Given)))
        {
            Handle(target);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteProgress(new(0, Activity, "Done") { RecordType = ProgressRecordType.Completed });

    /// <summary>Whether a stream that is named is not one that was handled before.</summary>
    private protected virtual bool IsNew(string name) => true;

    /// <summary>Does the work of one stream, or of the streams of one log group.</summary>
    /// <exception cref="AwsCallException">It cannot be told how they are set up.</exception>
    private protected abstract void Handle(AwsSession session, StreamQuery query, string target);

    private void Handle(StreamTarget target)
    {
        var session = Open(OptionsFor(target.Region));
        WriteProgress(new(0, Activity, target.Given));
        try
        {
            Handle(session, target.QueryIn(session.Region), target.Given);
        }
        catch (AwsCallException exception)
        {
            Report(exception, target.Given, null);
        }
    }
}
