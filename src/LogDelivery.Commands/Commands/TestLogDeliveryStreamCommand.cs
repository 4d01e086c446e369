using System.Management.Automation;
using LogDelivery.Health;
using LogDelivery.Streams;

namespace LogDelivery.Commands;

/// <summary><c>Test-LogDeliveryStream</c>: which link of a chain from a log group through Firehose into S3 is broken?</summary>
[Cmdlet(VerbsDiagnostic.Test, "LogDeliveryStream")]
[OutputType(typeof(StreamLinkRow), typeof(bool))]
public sealed class TestLogDeliveryStreamCommand : AwsCommand
{
    private const string Activity = "Looking at the links of streams";

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

    /// <summary>Whether to answer with one Boolean: true when every link works.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private bool passes = true;
    private bool hasRows;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var names = OrEmpty(DeliveryStreamName);
        if (names.Count == 0 && OrNull(LogGroupName) is null)
        {
            Report("InvalidRequest", ErrorCategory.InvalidArgument, null, "Neither a stream nor a log group is given.", "Give DeliveryStreamName, LogGroupName, or both.");
            return;
        }

        if (names.Count == 0)
        {
            Test(null, LogGroupName!);
        }

        foreach (var name in names)
        {
            Test(StreamName.Parse(name), name);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WriteProgress(new(0, Activity, "Done") { RecordType = ProgressRecordType.Completed });
        if (Quiet)
        {
            WriteObject(hasRows && passes && !HadError);
        }
    }

    private void Test(StreamName? stream, string target)
    {
        var session = Open(OptionsFor(OrNull(Region) ?? stream?.Region));
        WriteProgress(new(0, Activity, target));
        var query = new StreamQuery { Region = session.Region, StreamName = stream?.Name, LogGroupName = OrNull(LogGroupName) };
        try
        {
            foreach (var picture in Pump.Wait(new StreamPictureReader(session).ReadAsync(query, Pump.Token)))
            {
                Write(StreamTest.Run(picture));
            }
        }
        catch (AwsCallException exception)
        {
            passes = false;
            Report(exception, target, null);
        }
    }

    private void Write(IReadOnlyList<StreamLinkRow> rows)
    {
        hasRows = true;
        passes &= rows.All(r => r.State == StreamLinkState.Working);
        if (!Quiet)
        {
            WriteObject(rows, enumerateCollection: true);
        }
    }
}
